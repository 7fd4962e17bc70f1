// What a function sent by a test may use.
export { app, PreventableEvent } from './app.ts';
export { BrowserWindow } from './browser-window.ts';
export { Notification, safeStorage } from './desktop.ts';
export { ipcMain, MessagePortMain } from './ipc.ts';
export { schemeHandlers, session } from './session.ts';
export { recorded } from './settings.ts';
