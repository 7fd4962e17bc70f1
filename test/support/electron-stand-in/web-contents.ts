// What a window shows: a page of real Chromium whose requests, navigations and messages go through the program.
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { BrowserContext, Frame, Page, Request as PageRequest, Route } from 'playwright-core';
import { z } from 'zod';
import { originOf, toProgram, toShown } from './address.ts';
import { PreventableEvent, readyBrowser } from './app.ts';
import { ipcMain, MessagePortMain } from './ipc.ts';
import { preloadScript } from './page-side.ts';
import { schemeHandlers, session } from './session.ts';
import { recorded } from './settings.ts';

type WindowOpenHandler = (details: { url: string }) => { action: 'allow' | 'deny' };

const wireName = '__electronStandInWire';
const wireMessage = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('post'),
    channel: z.string(),
    message: z.unknown().optional(),
    ids: z.array(z.string()),
  }),
  z.object({ kind: z.literal('invoke'), channel: z.string(), parameters: z.array(z.unknown().optional()) }),
  z.object({ kind: z.literal('data'), id: z.string(), data: z.unknown().optional() }),
  z.object({ kind: z.literal('take'), id: z.string() }),
  z.object({ kind: z.literal('hear'), channel: z.string() }),
]);

let lastId = 0;

export class WebContents extends EventEmitter {
  readonly id = (lastId += 1);
  readonly session = session.defaultSession;
  readonly #ports = new Map<string, MessagePortMain>();
  readonly #heard = new Map<string, MessagePortMain>();
  readonly #preload: string;
  #openHandler: WindowOpenHandler = () => ({ action: 'allow' });
  #page: Page | null = null;
  #isLoading = false;

  constructor(preload: string) {
    super();
    this.#preload = preload;
  }
  get page(): Page {
    if (this.#page === null) throw new Error('Nothing was loaded into this window yet.');
    return this.#page;
  }
  /** As in Electron: nothing is kept for a page that does not listen. */
  send(channel: string, ...parameters: unknown[]): void {
    this.#heard.get(channel)?.postMessage(parameters);
  }
  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#openHandler = handler;
  }
  getURL(): string {
    return toProgram(this.page.url());
  }
  async loadURL(address: string): Promise<void> {
    this.#page ??= await this.#openPage();
    this.#isLoading = true;
    await this.#page.goto(toShown(address));
    this.#isLoading = false;
  }

  async #openPage(): Promise<Page> {
    const context = await readyBrowser().newContext({ viewport: { width: 1360, height: 880 } });
    await this.#connect(context);
    const page = await context.newPage();
    context.on('page', (popup) => void this.#meetPopup(popup));
    page.on('close', () => this.#closePorts());
    return page;
  }

  async #connect(context: BrowserContext): Promise<void> {
    await context.exposeBinding(wireName, ({ frame }, message: unknown) => this.#receive(frame, message));
    await context.addInitScript({ content: preloadScript(wireName, readFileSync(this.#preload, 'utf8')) });
    await context.route('**/*', (route) => this.#answer(route));
  }

  async #answer(route: Route): Promise<void> {
    const request = route.request();
    const address = toProgram(request.url());
    if (request.isNavigationRequest()) {
      const frame = frameOf(request);
      if (!this.#mayNavigate(frame, address)) return route.abort('aborted');
      // The ports of a document end with it; an address a page gives itself is no new document.
      if (frame === this.#page?.mainFrame()) this.#closePorts();
    }
    const handler = schemeHandlers.get(new URL(address).protocol.slice(0, -1));
    if (handler === undefined)
      return session.defaultSession.lets(address) ? route.continue() : route.abort('blockedbyclient');
    const response = await handler(new Request(address, { method: request.method() }));
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  }

  #mayNavigate(frame: Frame | null, address: string): boolean {
    if (frame === null || frame.page() !== this.#page) return this.#mayOpen(address);
    const isMainFrame = frame === this.#page.mainFrame();
    if (isMainFrame && this.#isLoading) return true;
    const isPrevented = ['will-frame-navigate', ...(isMainFrame ? ['will-navigate'] : [])]
      .map((name) => {
        const event = Object.assign(new PreventableEvent(), { url: address, isMainFrame });
        this.emit(name, event, address);
        return event.defaultPrevented;
      })
      .includes(true);
    if (isPrevented) recorded.preventedNavigations.push(address);
    return !isPrevented;
  }

  #mayOpen(address: string): boolean {
    const isDenied = this.#openHandler({ url: address }).action === 'deny';
    if (isDenied) recorded.deniedWindows.push(address);
    return !isDenied;
  }

  /** A window is asked about at its first request; this one asks no server for anything. */
  async #meetPopup(popup: Page): Promise<void> {
    if (popup.url() === 'about:blank' && !this.#mayOpen(popup.url())) await popup.close();
  }

  #receive(frame: Frame, text: unknown): unknown {
    const message = wireMessage.parse(text);
    if (message.kind === 'data') return this.#ports.get(message.id)?.receive(message.data);
    if (message.kind === 'take') return this.#ports.get(message.id)?.take() ?? null;
    if (message.kind === 'hear') {
      const heard = this.#heard.get(message.channel) ?? new MessagePortMain();
      this.#heard.set(message.channel, heard);
      return heard.take();
    }
    const senderFrame = {
      url: toProgram(frame.url()),
      origin: originOf(frame.url()),
      parent: frame.parentFrame() === null ? null : {},
    };
    if (message.kind === 'invoke')
      return ipcMain.invoke(message.channel, { sender: this, senderFrame }, message.parameters);
    const ports = message.ids.map((id) => {
      const port = new MessagePortMain();
      this.#ports.set(id, port);
      return port;
    });
    ipcMain.emit(message.channel, { sender: this, senderFrame, ports }, message.message);
    return undefined;
  }

  #closePorts(): void {
    for (const port of [...this.#ports.values(), ...this.#heard.values()]) port.close();
    this.#ports.clear();
    this.#heard.clear();
  }
}

/** Null for the first request of a new window: Playwright tells of it before there is a frame. */
function frameOf(request: PageRequest): Frame | null {
  try {
    return request.frame();
  } catch {
    return null;
  }
}
