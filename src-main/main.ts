// The desktop door: one hardened window on app://bundle/, talking to the workstation through a message port.
import { uptime } from 'node:os';
import { join, resolve } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { app, dialog, session, type BrowserWindow } from 'electron';
import { Problem } from '#shared/model/problem.ts';
import { createRouter } from './api/router.ts';
import type { KeySeal } from './evidence/keys.ts';
import { passphraseSeal } from './evidence/passphrase-seal.ts';
import { openBridge } from './shell/electron/bridge.ts';
import { bundleOrigin } from './shell/electron/bundle-address.ts';
import { guardAllWebContents, guardSession } from './shell/electron/guards.ts';
import { isKeychainAvailable, keychainKeySeal, keychainSecretSeal } from './shell/electron/keychain.ts';
import { installMenu } from './shell/electron/menu.ts';
import { startReminders } from './shell/electron/reminders.ts';
import { registerBundleScheme, serveBundle } from './shell/electron/scheme.ts';
import { createWindow } from './shell/electron/window.ts';
import { createFileLog } from './shell/file-log.ts';
import { requireRenderer } from './shell/http/assets.ts';
import { readLaunch } from './shell/http/launch.ts';
import { keyFileSeal } from './shell/secrets/key-file-seal.ts';
import { readOsUser } from './shell/os-user.ts';
import { agentAt, agentSocketOf } from './shell/ssh-agent.ts';
import { readShippedRules } from './shell/shipped-rules.ts';
import { openWorkstation, type Workstation } from './workstation.ts';

/** Says “the person was told why”; the start script then does not try another door. */
const toldThePersonExitCode = 70;

app.enableSandbox();
app.setName('Countersign');
if (!app.commandLine.hasSwitch('user-data-dir'))
  app.setPath('userData', join(app.getPath('appData'), 'countersign'));
registerBundleScheme();
guardAllWebContents();
if (app.requestSingleInstanceLock()) app.whenReady().then(open).catch(tellAndLeave);
else app.quit();

async function open(): Promise<void> {
  const launch = readLaunch(process.argv.slice(1), 'ignored');
  guardSession(session.defaultSession);
  const rendererDirectory = join(import.meta.dirname, '..', 'renderer');
  await requireRenderer(rendererDirectory);
  serveBundle(rendererDirectory);
  installMenu(process.platform);
  const workstation = await openHere(launch.workspace);
  closeBeforeQuitting(workstation);
  const router = createRouter(workstation);
  const { packsDirectory, exportsDirectory, log } = workstation;
  const ownContentsIds = new Set<number>();
  openBridge({ router, packsDirectory, exportsDirectory, ownContentsIds, log });
  if (launch.sample) await createRouterClient(router, { context: {} }).workspace.exploreSample();
  const window = createWindow(import.meta.dirname);
  ownContentsIds.add(window.webContents.id);
  app.on('second-instance', () => focus(window));
  app.on('window-all-closed', () => app.quit());
  await window.loadURL(`${bundleOrigin}/`);
  app.on('will-quit', startReminders(workstation, window));
}

async function openHere(named: string | undefined): Promise<Workstation> {
  const settings = app.getPath('userData');
  const asked = named ?? process.env.COUNTERSIGN_WORKSPACE;
  const directory = asked ? resolve(asked) : join(settings, 'workspace');
  const clock = {
    nowMs: () => Date.now(),
    monotonicMs: () => performance.now(),
    uptimeMs: () => uptime() * 1000,
  };
  const keyFile = keyFileSeal(join(settings, 'secret.key'));
  const hasKeychain = await isKeychainAvailable(process.platform);
  return openWorkstation({
    directory,
    version: app.getVersion(),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    clock,
    engineWorkerUrl: new URL('./analytics-worker.js', import.meta.url),
    shippedRules: readShippedRules(join(import.meta.dirname, 'rules')),
    verifyPageFile: join(import.meta.dirname, '..', 'verify', 'verify.html'),
    secretSeal: hasKeychain ? keychainSecretSeal(keyFile) : keyFile,
    keySeal: (passphrase) => chooseKeySeal(hasKeychain, passphrase),
    agent: agentAt(agentSocketOf(process.env, process.platform)),
    osUser: readOsUser(),
    log: createFileLog(join(directory, 'failures.log'), clock.nowMs),
  });
}

/** A key that was sealed with a passphrase stays usable with it where there is a keychain. */
function chooseKeySeal(hasKeychain: boolean, passphrase: string | undefined): KeySeal {
  if (passphrase) return passphraseSeal(passphrase);
  if (hasKeychain) return keychainKeySeal();
  throw new Problem('locked', 'The signing key needs its passphrase. Nothing was signed or changed.', {
    next: 'This computer has no keychain that protects a key, so give the passphrase when asked.',
  });
}

function focus(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.focus();
}

/** Quitting waits until the ledger is closed, once. */
function closeBeforeQuitting(workstation: Workstation): void {
  let isClosed = false;
  app.on('will-quit', (event) => {
    if (isClosed) return;
    event.preventDefault();
    void workstation.close().finally(() => {
      isClosed = true;
      app.quit();
    });
  });
}

function tellAndLeave(error: unknown): void {
  const told =
    error instanceof Problem
      ? [error.message, error.next].filter((sentence) => sentence !== null)
      : [
          'Something failed that was not expected. Recorded decisions are kept.',
          `More in ${logStartFailure(error)}`,
        ];
  dialog.showErrorBox('Countersign cannot start', told.join('\n\n'));
  app.exit(toldThePersonExitCode);
}

/** The workspace may be what failed, so this goes beside it. */
function logStartFailure(error: unknown): string {
  const path = join(app.getPath('userData'), 'failures.log');
  createFileLog(path, () => Date.now())('The program could not start.', error);
  return path;
}
