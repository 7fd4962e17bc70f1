// The bridge: passes one MessagePort of the page to the main process, and exposes three narrow functions.
import { contextBridge, ipcRenderer } from 'electron';
import { connectChannel, revealExportChannel, revealPackChannel, showPlaceChannel } from './channels.ts';

/** The few parts of the page's window used here; this folder is compiled without the DOM. */
type PageMessage = { source: unknown; origin: string; data: unknown; ports: readonly object[] };
declare const window: {
  location: { origin: string };
  addEventListener(type: 'message', listener: (event: PageMessage) => void): void;
};

window.addEventListener('message', (event) => {
  const isOwn = event.source === window && event.origin === window.location.origin;
  const [port] = event.ports;
  if (isOwn && event.data === connectChannel && port !== undefined)
    ipcRenderer.postMessage(connectChannel, null, [port]);
});

contextBridge.exposeInMainWorld('countersign', {
  kind: 'desktop',
  /** Shows an exported pack in the file manager; false when there is none of that name. */
  revealPack: (name: unknown) => ipcRenderer.invoke(revealPackChannel, String(name)),
  /** The same of an exported list, picture or document. */
  revealExport: (name: unknown) => ipcRenderer.invoke(revealExportChannel, String(name)),
  /** Hands on the addresses a reminder leads to. */
  onShowPlace: (show: (address: string) => void) => {
    ipcRenderer.on(showPlaceChannel, (_event, address: unknown) => show(String(address)));
  },
});
