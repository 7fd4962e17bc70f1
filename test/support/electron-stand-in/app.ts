// The application object: start, quit, paths.
import { EventEmitter } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { z } from 'zod';
import { launchChromium } from '../chromium.ts';
import { recorded, settings } from './settings.ts';

let browser: Browser | null = null;
let isReady = false;

class App extends EventEmitter {
  readonly isPackaged = settings.isPackaged;
  readonly commandLine = {
    hasSwitch: (name: string) =>
      process.argv.some((part) => part === `--${name}` || part.startsWith(`--${name}=`)),
  };
  #name = '';
  #isQuitting = false;
  readonly #paths = new Map([
    ['appData', process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config')],
    ['userData', readSwitch('user-data-dir') ?? join(homedir(), '.config', 'unnamed')],
  ]);

  enableSandbox(): void {
    requireNotReady('app.enableSandbox()');
    recorded.sandboxEnabled = true;
  }
  setName(name: string): void {
    this.#name = name;
  }
  getName(): string {
    return this.#name;
  }
  getVersion(): string {
    const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
    return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
  }
  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }
  getPath(name: string): string {
    const path = this.#paths.get(name);
    if (path === undefined) throw new Error(`The stand-in knows no path “${name}”.`);
    return path;
  }
  requestSingleInstanceLock(): boolean {
    return settings.isFirstInstance;
  }
  async whenReady(): Promise<void> {
    browser = await launchChromium();
    mkdirSync(this.getPath('userData'), { recursive: true });
    isReady = true;
  }
  /** As in Electron: closes the windows, then asks once more whether it may. */
  quit(): void {
    const asked = new PreventableEvent();
    this.emit('will-quit', asked);
    if (!asked.defaultPrevented) this.exit(0);
  }
  exit(code: number): void {
    if (this.#isQuitting) return;
    this.#isQuitting = true;
    const leave = () => process.exit(code);
    if (browser === null) leave();
    else browser.close().then(leave, leave);
  }
}

export class PreventableEvent {
  defaultPrevented = false;
  preventDefault(): void {
    this.defaultPrevented = true;
  }
}

export const app = new App();
process.on('SIGTERM', () => app.quit());

export function readyBrowser(): Browser {
  if (browser === null || !isReady) throw new Error('A window cannot be created before the app is ready.');
  return browser;
}

export function requireNotReady(what: string): void {
  if (isReady) throw new Error(`${what} must be called before the app is ready.`);
}

function readSwitch(name: string): string | undefined {
  return process.argv.find((part) => part.startsWith(`--${name}=`))?.slice(name.length + 3);
}
