// Chooses once, at start, how this window reaches the workstation: a message port (Electron) or fetch (browser).
import type { ClientLink } from '@orpc/client';
import { RPCLink as FetchLink } from '@orpc/client/fetch';
import { RPCLink as MessagePortLink } from '@orpc/client/message-port';
import type { CallContext, TakeWatch } from '../domain/api.ts';
import { text } from '../texts/text.ts';
import { collectBody } from './collect-body.ts';
import { takeToken } from './session-token.ts';
import type { TokenPlaces } from './session-token.ts';

/** What the preload script exposes; nothing else crosses into the window. */
export type DesktopBridge = {
  kind: 'desktop';
  revealPack: (name: string) => unknown;
  revealExport: (name: string) => unknown;
  /** Hands on the addresses the program wants shown. */
  onShowPlace: (show: (address: string) => void) => unknown;
};

declare global {
  interface Window {
    readonly countersign?: DesktopBridge;
  }
}

/** The parts of a window a transport is made of. */
export type TransportHost = {
  readonly countersign?: DesktopBridge;
  readonly location: TokenPlaces['location'] & { origin: string };
  readonly history: TokenPlaces['history'];
  readonly sessionStorage: TokenPlaces['storage'];
  readonly document: Pick<Document, 'createElement'>;
  postMessage: (message: string, targetOrigin: string, transfer: MessagePort[]) => void;
  fetch: (request: Request | string, init: RequestInit) => Promise<Response>;
};

export type Transport = {
  kind: 'desktop' | 'browser';
  link: ClientLink<CallContext>;
  /** Shows a pack in its folder (desktop) or saves a copy of it (browser). Rejects with a sentence. */
  takePack: (name: string, watch?: TakeWatch) => Promise<void>;
  /** The same for an exported list, picture or document. */
  takeExport: (name: string) => Promise<void>;
};

/** Returns null when a browser window has no token. `onRefused` is called when the token is not accepted. */
export function openTransport(host: TransportHost, onRefused: () => void): Transport | null {
  const bridge = host.countersign;
  if (bridge?.kind === 'desktop') return openDesktop(host, bridge);
  const token = takeToken({
    location: host.location,
    history: host.history,
    storage: host.sessionStorage,
  });
  return token === null ? null : openBrowser(host, token, onRefused);
}

function openDesktop(host: TransportHost, bridge: DesktopBridge): Transport {
  const { port1, port2 } = new MessageChannel();
  host.postMessage('countersign:connect', '*', [port2]);
  const link = new MessagePortLink<CallContext>({ port: port1 });
  port1.start();
  return {
    kind: 'desktop',
    link,
    takePack: async (name) => {
      await bridge.revealPack(name);
    },
    takeExport: async (name) => {
      await bridge.revealExport(name);
    },
  };
}

function openBrowser(host: TransportHost, token: string, onRefused: () => void): Transport {
  const headers = { 'x-countersign-token': token };
  const send = async (request: Request | string, init: RequestInit): Promise<Response> => {
    const response = await host.fetch(request, init);
    if (response.status === 401) onRefused();
    return response;
  };
  const link = new FetchLink<CallContext>({
    url: `${host.location.origin}/rpc`,
    headers,
    fetch: (request, init) => send(request, init),
  });
  const take = async (area: 'packs' | 'exports', name: string, watch: TakeWatch = {}) => {
    const response = await send(`${host.location.origin}/${area}/${encodeURIComponent(name)}`, {
      headers,
      ...(watch.signal === undefined ? {} : { signal: watch.signal }),
    });
    if (!response.ok) {
      throw new Error(area === 'packs' ? text('app:notTaken.pack') : text('app:notTaken.export'));
    }
    saveFile(host.document, await collectBody(response, watch.onProgress), name);
  };
  return {
    kind: 'browser',
    link,
    takePack: (name, watch) => take('packs', name, watch),
    takeExport: (name) => take('exports', name),
  };
}

function saveFile(page: Pick<Document, 'createElement'>, content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const anchor = page.createElement('a');
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  // Some browsers read the blob only after the click has returned.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
