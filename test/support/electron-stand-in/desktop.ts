// The parts of the desktop the program touches: file manager, browser, dialogs, menu, notifications and keychain, recorded.
import { EventEmitter } from 'node:events';
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { recorded, settings } from './settings.ts';

export const shell = {
  openExternal: async (address: string) => {
    recorded.openedExternally.push(address);
  },
  showItemInFolder: (path: string) => {
    recorded.shownInFolder.push(path);
  },
};

export const dialog = {
  showErrorBox: (title: string, content: string) => {
    recorded.errorBoxes.push({ title, content });
    console.error(`[${title}] ${content}`);
  },
};

export const Menu = {
  buildFromTemplate: (template: unknown) => template,
  setApplicationMenu: (menu: unknown) => {
    recorded.menus.push(menu);
  },
};

/** Shown ones are kept, so that a test can click them. */
export class Notification extends EventEmitter {
  static readonly shown: Notification[] = [];
  readonly #told: { title: string; body: string };
  static isSupported(): boolean {
    return true;
  }
  constructor(told: { title: string; body: string }) {
    super();
    this.#told = told;
  }
  show(): void {
    Notification.shown.push(this);
    recorded.notifications.push(this.#told);
  }
}

const keychainKey = createHash('sha256').update('keychain of the stand-in').digest();

export const safeStorage = {
  getSelectedStorageBackend: () => (settings.keychain === 'unavailable' ? 'unknown' : settings.keychain),
  isAsyncEncryptionAvailable: async () => settings.keychain !== 'unavailable',
  encryptStringAsync: async (text: string) => {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', keychainKey, nonce);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  },
  decryptStringAsync: async (bytes: Buffer) => {
    const decipher = createDecipheriv('aes-256-gcm', keychainKey, bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(12, 28));
    const text = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
    return { result: text, shouldReEncrypt: false };
  },
};
