// Messages between page and program: listeners, handlers and the program's ends of message ports.
import { EventEmitter } from 'node:events';

type Handler = (event: unknown, ...parameters: unknown[]) => unknown;

class IpcMain extends EventEmitter {
  readonly #handlers = new Map<string, Handler>();
  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel)) throw new Error(`A second handler for ${channel}.`);
    this.#handlers.set(channel, handler);
  }
  /** Electron hands the page nothing of an error but its message. */
  async invoke(channel: string, event: unknown, parameters: unknown[]): Promise<unknown> {
    const handler = this.#handlers.get(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    return handler(event, ...parameters);
  }
}

export const ipcMain = new IpcMain();

/** The program's end of a port; the page fetches what was posted with `take`. */
export class MessagePortMain extends EventEmitter {
  #isStarted = false;
  #isClosed = false;
  readonly #incoming: unknown[] = [];
  #outgoing: unknown[] = [];
  #wake: (() => void) | null = null;

  start(): void {
    this.#isStarted = true;
    for (const data of this.#incoming.splice(0)) this.emit('message', { data, ports: [] });
  }
  postMessage(data: unknown): void {
    if (this.#isClosed) return;
    this.#outgoing.push(structuredClone(data));
    this.#wake?.();
  }
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#wake?.();
    this.emit('close');
  }
  get isClosed(): boolean {
    return this.#isClosed;
  }

  receive(data: unknown): void {
    if (this.#isClosed) return;
    if (this.#isStarted) this.emit('message', { data, ports: [] });
    else this.#incoming.push(data);
  }
  /** Waits for something to deliver; null once closed and empty. */
  async take(): Promise<unknown[] | null> {
    if (this.#outgoing.length === 0 && !this.#isClosed)
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    this.#wake = null;
    const batch = this.#outgoing;
    this.#outgoing = [];
    return batch.length === 0 && this.#isClosed ? null : batch;
  }
}
