// Schemes and the session: handlers are kept and asked by the window's requests or by a test.
import { EventEmitter } from 'node:events';
import { requireNotReady } from './app.ts';
import { recorded } from './settings.ts';

type SchemeHandler = (request: Request) => Promise<Response> | Response;
export const schemeHandlers = new Map<string, SchemeHandler>();

export const protocol = {
  registerSchemesAsPrivileged: (schemes: unknown[]) => {
    requireNotReady('protocol.registerSchemesAsPrivileged()');
    recorded.schemes.push(...schemes);
  },
  handle: (scheme: string, handler: SchemeHandler) => {
    schemeHandlers.set(scheme, handler);
  },
};

type RequestHandler = (
  contents: null,
  permission: string,
  answer: (granted: boolean) => void,
  details: { requestingUrl: string; isMainFrame: boolean },
) => void;
type CheckHandler = (contents: null, permission: string, requestingOrigin: string) => boolean;
type BeforeRequest = (details: { url: string }, answer: (response: { cancel?: boolean }) => void) => void;

export class Session extends EventEmitter {
  #request: RequestHandler | null = null;
  #check: CheckHandler | null = null;
  #device: ((details: unknown) => boolean) | null = null;
  #beforeRequest: { schemes: Set<string>; listener: BeforeRequest } | null = null;
  readonly protocol = protocol;
  readonly webRequest = {
    onBeforeRequest: (filter: { urls: string[] }, listener: BeforeRequest) => {
      const schemes = new Set(filter.urls.map((pattern) => pattern.slice(0, pattern.indexOf('://') + 1)));
      this.#beforeRequest = { schemes, listener };
    },
  };

  setPermissionRequestHandler(handler: RequestHandler): void {
    this.#request = handler;
  }
  setPermissionCheckHandler(handler: CheckHandler): void {
    this.#check = handler;
  }
  setDevicePermissionHandler(handler: (details: unknown) => boolean): void {
    this.#device = handler;
  }
  setSpellCheckerEnabled(enabled: boolean): void {
    recorded.spellChecker = enabled;
  }

  /** For tests: what the program would answer. Without a handler Electron grants. */
  ask(permission: string, address: string): { requested: boolean; checked: boolean; device: boolean } {
    let requested = this.#request === null;
    this.#request?.(null, permission, (granted) => (requested = granted), {
      requestingUrl: address,
      isMainFrame: true,
    });
    return {
      requested,
      checked: this.#check?.(null, permission, address) ?? true,
      device: this.#device?.({ deviceType: permission, origin: address, device: {} }) ?? true,
    };
  }

  /** Whether a request leaves the window at all. */
  lets(address: string): boolean {
    const { protocol: scheme } = new URL(address);
    if (this.#beforeRequest === null || !this.#beforeRequest.schemes.has(scheme)) return true;
    let isCancelled = false;
    this.#beforeRequest.listener({ url: address }, ({ cancel }) => (isCancelled = cancel === true));
    if (isCancelled) recorded.cancelledRequests.push(address);
    return !isCancelled;
  }
}

export const session = { defaultSession: new Session() };
