// Stands in for `electron` where its binary cannot be had: the real built main.js and preload.cjs run against it,
// and a real Chromium shows the window.
//
// What is real: the built main process code under Node, the built preload code, the page in Chromium, its content
// security policy, every request of the page, message ports carrying the contract, navigations and new windows asked
// of Chromium by the page.
//
// What is not, so that no test may rely on it:
// - app://bundle is shown to Chromium as https://bundle.app.invalid; addresses are translated in both directions.
// - The preload runs in the page's own world, before the page: there is no isolated world and no operating system sandbox.
//   What webPreferences ask for is recorded, not enforced.
// - Permission handlers, downloads and <webview> are recorded and can be asked by a test; Chromium does not ask them.
// - The keychain is a fixed key, the single-instance lock an answer given in advance, menus, dialogs and notifications are recorded.
// - Fuses, asar archives, code signing and the crash reporter do not exist here.
export { app } from './app.ts';
export { BrowserWindow } from './browser-window.ts';
export { ipcMain } from './ipc.ts';
export { dialog, Menu, Notification, safeStorage, shell } from './desktop.ts';
export { protocol, session } from './session.ts';
