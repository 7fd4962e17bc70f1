// The loopback door: the workstation for a browser window of this machine. Prints one line, the address to open.
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { z } from 'zod';
import { Problem } from '#shared/model/problem.ts';
import { createRouter } from './api/router.ts';
import { readLaunch } from './shell/http/launch.ts';
import { serve } from './shell/http/serve.ts';
import { nodeWorkstationOptions } from './shell/node-workstation.ts';
import { readOsUser } from './shell/os-user.ts';
import { openWorkstation, type Workstation } from './workstation.ts';

const root = join(import.meta.dirname, '..');
const usageExitCode = 2;

try {
  await openDoor();
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  console.error([error.message, error.next].filter((sentence) => sentence !== null).join(' '));
  process.exitCode = error.code === 'invalid-input' ? usageExitCode : 1;
}

async function openDoor(): Promise<void> {
  const launch = readLaunch(process.argv.slice(2), 'refused');
  const workstation = await openHere(launch.workspace);
  try {
    const router = createRouter(workstation);
    const { version, packsDirectory, exportsDirectory, log } = workstation;
    const rendererDirectory = join(root, 'dist', 'renderer');
    const door = await serve({
      router,
      version,
      rendererDirectory,
      packsDirectory,
      exportsDirectory,
      port: launch.port,
      log,
    });
    closeOnSignal(async () => {
      await door.close();
      await workstation.close();
    });
    if (launch.sample) await createRouterClient(router, { context: {} }).workspace.exploreSample();
    console.log(door.url);
  } catch (error) {
    await workstation.close();
    throw error;
  }
}

async function openHere(workspace: string | undefined): Promise<Workstation> {
  return openWorkstation(
    nodeWorkstationOptions({
      workspace,
      environment: process.env,
      homeDirectory: homedir(),
      version: readVersion(),
      osUser: readOsUser(),
    }),
  );
}

function readVersion(): string {
  const text = readFileSync(join(root, 'package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

/** The first signal closes in order, a second one at once. */
function closeOnSignal(close: () => Promise<void>): void {
  let isClosing = false;
  const onSignal = (): void => {
    if (isClosing) process.exit(130);
    isClosing = true;
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}
