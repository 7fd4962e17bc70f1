// A window: the options it was created with, and its contents.
import { EventEmitter } from 'node:events';
import { z } from 'zod';
import { app, readyBrowser } from './app.ts';
import { control } from './control.ts';
import { WebContents } from './web-contents.ts';

const createdWith = z.looseObject({ webPreferences: z.looseObject({ preload: z.string() }) });

export class BrowserWindow extends EventEmitter {
  static readonly #windows: BrowserWindow[] = [];
  readonly webContents: WebContents;
  readonly options: z.infer<typeof createdWith>;
  isVisible = false;
  focusCount = 0;

  constructor(options: unknown) {
    super();
    readyBrowser();
    this.options = createdWith.parse(options);
    this.webContents = new WebContents(this.options.webPreferences.preload);
    BrowserWindow.#windows.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
  static getAllWindows(): BrowserWindow[] {
    return [...BrowserWindow.#windows];
  }
  async loadURL(address: string): Promise<void> {
    await this.webContents.loadURL(address);
    this.emit('ready-to-show');
    control.announceWindow();
  }
  show(): void {
    this.isVisible = true;
  }
  isDestroyed(): boolean {
    return !BrowserWindow.#windows.includes(this);
  }
  isMinimized(): boolean {
    return false;
  }
  focus(): void {
    this.focusCount += 1;
  }
  async close(): Promise<void> {
    await this.webContents.page.context().close();
    BrowserWindow.#windows.splice(BrowserWindow.#windows.indexOf(this), 1);
    this.emit('closed');
    if (BrowserWindow.#windows.length === 0) app.emit('window-all-closed');
  }
}
