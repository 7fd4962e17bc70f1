// The three messages the main process listens to, each behind the sender check.
import { ipcMain, shell } from 'electron';
import type { AnyRouter } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { findExport } from '../http/exports.ts';
import { findPack } from '../http/packs.ts';
import { hideUnknownFailures, type FailureLog } from '../http/unknown-failure.ts';
import { connectChannel, revealExportChannel, revealPackChannel } from './channels.ts';
import { isTrustedSender } from './trusted-sender.ts';

export function openBridge(options: {
  router: AnyRouter;
  packsDirectory: string;
  exportsDirectory: string;
  ownContentsIds: ReadonlySet<number>;
  log: FailureLog;
}): void {
  const handler = new RPCHandler(options.router, { interceptors: [hideUnknownFailures(options.log)] });
  ipcMain.on(connectChannel, (event) => {
    const isTrusted = isTrustedSender(event, options.ownContentsIds);
    const [port, ...surplus] = event.ports;
    for (const unwanted of isTrusted ? surplus : event.ports) unwanted.close();
    if (!isTrusted || port === undefined) return;
    handler.upgrade(port, { context: {} });
    port.start();
  });
  ipcMain.handle(revealPackChannel, async (event, name: unknown) => {
    if (!isTrustedSender(event, options.ownContentsIds) || typeof name !== 'string') return false;
    const file = await findPack(options.packsDirectory, name);
    if (file !== null) shell.showItemInFolder(file);
    return file !== null;
  });
  ipcMain.handle(revealExportChannel, async (event, name: unknown) => {
    if (!isTrustedSender(event, options.ownContentsIds) || typeof name !== 'string') return false;
    const found = await findExport(options.exportsDirectory, name);
    if (found !== null) shell.showItemInFolder(found.file);
    return found !== null;
  });
}
