// Commands about the ledger as a whole: verify, rebuild, checkpoints; backup and restore.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { monotonicFactory } from 'ulid';
import { Problem } from '#shared/model/problem.ts';
import { backUp } from '../../api/ledger.ts';
import { restoreLedger } from '../../review/restore.ts';
import { verifyLedger } from '../../review/verify-ledger.ts';
import { createWorkspaceFolder } from '../../workstation.ts';
import { oneOf, text, UsageError, type Command, type CommandContext, type Outcome } from './command.ts';
import { table } from './print.ts';

const actions = ['verify', 'rebuild', 'checkpoint', 'checkpoints'] as const;

const ledger: Command = {
  usage: 'ledger verify|rebuild|checkpoint|checkpoints [--checkpoint FILE]',
  description:
    'verify: name the first bad entry · rebuild: recreate the state from entry 1 and compare · checkpoint: record a signed one; exit 0 sound, 1 not',
  positionals: 1,
  options: {
    checkpoint: {
      type: 'string',
      value: 'FILE',
      description:
        'with verify: a checkpoint kept elsewhere (data/checkpoint.txt of a pack, ledger-head.txt)',
    },
  },
  run: async (context) => {
    const action = oneOf(context.positionals[0], actions, 'What to do with the ledger');
    if (action !== 'verify' && text(context.values, 'checkpoint') !== undefined)
      throw new UsageError('--checkpoint goes with “ledger verify”.');
    return runners[action](context);
  },
};

const runners: Readonly<Record<(typeof actions)[number], (context: CommandContext) => Promise<Outcome>>> = {
  // Not through the workstation: what is to be verified may be too damaged to be opened.
  verify: async ({ values, workspaceDirectory }) => {
    const file = text(values, 'checkpoint');
    const json = verifyLedger(workspaceDirectory, file === undefined ? undefined : readText(file));
    return { json, text: json.summary, exitCode: json.ok ? 0 : 1 };
  },
  rebuild: async ({ call }) => {
    const json = await (await call()).ledger.rebuild();
    const { difference, entries } = json;
    const said =
      difference === null
        ? `The state in use is what the ${entries} entries add up to.`
        : `The state in use differs from what the ${entries} entries add up to, first at ${difference.path}: it says ${difference.inUse} where the entries say ${difference.rebuilt}.`;
    return { json, text: said, exitCode: json.ok ? 0 : 1 };
  },
  checkpoint: async ({ call, passphrase }) => {
    const secret = await passphrase(false);
    return {
      json: await (await call()).ledger.checkpoint(secret === undefined ? {} : { passphrase: secret }),
    };
  },
  checkpoints: async ({ call }) => {
    const json = await (await call()).ledger.checkpoints();
    return { json, text: table(json, ['seq', 'at', 'occasion', 'size', 'fingerprint']) };
  },
};

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Problem('file-unreadable', 'The checkpoint cannot be opened, so nothing was verified.', {
      cause,
    });
  }
}

const backup: Command = {
  usage: 'backup [FOLDER]',
  description: 'copy the ledger as of now into a folder, or into the workspace’s own backups folder',
  optionalPositionals: 1,
  run: async ({ positionals, workstation }) => {
    const [folder] = positionals;
    return { json: await backUp(await workstation(), folder === undefined ? undefined : resolve(folder)) };
  },
};

const restore: Command = {
  usage: 'restore FILE [--discard-newer]',
  description: 'put a backup in the place of the ledger, which is kept beside it',
  positionals: 1,
  options: {
    'discard-newer': {
      type: 'boolean',
      description: 'give up entries that the present ledger has and the backup has not',
    },
  },
  run: async ({ values, positionals, workspaceDirectory }) => {
    createWorkspaceFolder(workspaceDirectory);
    const clock = { nowMs: () => Date.now(), monotonicMs: () => performance.now() };
    const next = monotonicFactory();
    return {
      json: await restoreLedger({
        directory: workspaceDirectory,
        file: positionals[0]!,
        discardNewer: values['discard-newer'] === true,
        clock,
        newId: () => next(clock.nowMs()),
      }),
    };
  },
};

export const ledgerCommands: Readonly<Record<string, Command>> = { ledger, backup, restore };
