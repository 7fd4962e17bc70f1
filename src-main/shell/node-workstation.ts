// What the doors that run on plain Node (loopback and command line) give the workstation: folders, clock, seals.
import { platform, uptime } from 'node:os';
import { join, resolve } from 'node:path';
import { passphraseSeal } from '../evidence/passphrase-seal.ts';
import type { OsUser } from '#shared/model/independence.ts';
import { Problem } from '#shared/model/problem.ts';
import type { WorkstationOptions } from '../workstation.ts';
import { createFileLog } from './file-log.ts';
import { keyFileSeal } from './secrets/key-file-seal.ts';
import { agentAt, agentSocketOf } from './ssh-agent.ts';
import { readShippedRules } from './shipped-rules.ts';

export type NodeSurroundings = {
  /** The workspace asked for on the command line. */
  readonly workspace: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeDirectory: string;
  readonly version: string;
  /** The account the program runs under. */
  readonly osUser?: OsUser | null | undefined;
};

export function workspaceFolder({ workspace, environment, homeDirectory }: NodeSurroundings): string {
  const asked = workspace ?? environment['COUNTERSIGN_WORKSPACE'];
  if (asked) return resolve(asked);
  return join(
    environment['XDG_DATA_HOME'] ?? join(homeDirectory, '.local', 'share'),
    'countersign',
    'workspace',
  );
}

export function nodeWorkstationOptions(surroundings: NodeSurroundings): WorkstationOptions {
  const { environment, homeDirectory, version } = surroundings;
  const directory = workspaceFolder(surroundings);
  const clock = {
    nowMs: () => Date.now(),
    monotonicMs: () => performance.now(),
    uptimeMs: () => uptime() * 1000,
  };
  const settings = join(environment['XDG_CONFIG_HOME'] ?? join(homeDirectory, '.config'), 'countersign');
  return {
    directory,
    version,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    clock,
    engineWorkerUrl: new URL('../analytics/worker.ts', import.meta.url),
    shippedRules: readShippedRules(join(import.meta.dirname, '..', '..', 'resources', 'rules')),
    verifyPageFile: join(import.meta.dirname, '..', '..', 'dist', 'verify', 'verify.html'),
    secretSeal: keyFileSeal(join(settings, 'secret.key')),
    keySeal: (passphrase) => {
      if (passphrase) return passphraseSeal(passphrase);
      throw new Problem('locked', 'The signing key needs its passphrase. Nothing was signed or changed.', {
        next: 'Give the passphrase when asked, or in COUNTERSIGN_PASSPHRASE.',
      });
    },
    agent: agentAt(agentSocketOf(environment, platform())),
    osUser: surroundings.osUser,
    log: createFileLog(join(directory, 'failures.log'), clock.nowMs),
  };
}
