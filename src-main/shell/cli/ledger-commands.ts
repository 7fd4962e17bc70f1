// Commands about the ledger: looking through it, verify, rebuild, checkpoints; backup and restore.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { monotonicFactory } from 'ulid';
import { ledgerEntryTypes } from '#shared/model/evidence.ts';
import type { BackedUpCampaigns, LedgerBackup, LedgerLine, LedgerRestoration } from '#shared/model/ledger.ts';
import { Problem } from '#shared/model/problem.ts';
import { backUp } from '../../api/ledger.ts';
import { restoreLedger } from '../../review/restore.ts';
import { verifyLedger } from '../../review/verify-ledger.ts';
import { createWorkspaceFolder } from '../../workstation.ts';
import {
  oneOf,
  text,
  UsageError,
  wholeNumber,
  type Command,
  type CommandContext,
  type OptionValues,
  type Outcome,
} from './command.ts';
import { facts, printable, table } from './print.ts';

const actions = ['verify', 'rebuild', 'checkpoint', 'checkpoints', 'entries', 'entry', 'backups'] as const;

const ledger: Command = {
  usage: 'ledger verify|rebuild|checkpoint|checkpoints|entries|entry N|backups [--checkpoint FILE]',
  description:
    'verify: name the first bad entry · rebuild: recreate the state from entry 1 and compare · checkpoint: record a signed one · entries: what was done, newest first · entry: one in full; exit 0 sound, 1 not',
  positionals: 1,
  optionalPositionals: 1,
  options: {
    checkpoint: {
      type: 'string',
      value: 'FILE',
      description:
        'with verify: a checkpoint kept elsewhere (data/checkpoint.txt of a pack, ledger-head.txt)',
    },
    type: { type: 'string', value: 'T', description: 'with entries: of this kind' },
    by: { type: 'string', value: 'ID', description: 'with entries: by this reviewer id' },
    text: { type: 'string', value: 'T', description: 'with entries: that mention this' },
    before: { type: 'string', value: 'N', description: 'with entries: earlier than entry N' },
    limit: { type: 'string', value: 'N', description: 'with entries: at most so many (50)' },
  },
  run: async (context) => {
    const action = oneOf(context.positionals[0], actions, 'What to do with the ledger');
    if (action !== 'entry' && context.positionals.length > 1)
      throw new UsageError('A number goes with “ledger entry” only.');
    if (action !== 'entries' && narrowing.some((name) => context.values[name] !== undefined))
      throw new UsageError('--type, --by, --text, --before and --limit go with “ledger entries”.');
    if (action !== 'verify' && text(context.values, 'checkpoint') !== undefined)
      throw new UsageError('--checkpoint goes with “ledger verify”.');
    return runners[action](context);
  },
};

const narrowing = ['type', 'by', 'text', 'before', 'limit'] as const;

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
  entries: async ({ call, values }) => {
    const json = await (await call()).ledger.entries(queryOf(values));
    const lines = json.entries.map(
      (line) => `${line.seq}  ${line.at}  ${printable(line.actorName ?? line.actor)}  ${said(line)}`,
    );
    const last = json.entries.at(-1);
    const more = json.hasEarlier && last ? [`Earlier ones: --before ${last.seq}`] : [];
    return { json, text: lines.length === 0 ? 'nothing' : [...lines, ...more].join('\n') };
  },
  entry: async ({ call, positionals }) => {
    const seq = Number(positionals[1]);
    if (!Number.isSafeInteger(seq) || seq < 1)
      throw new UsageError('“ledger entry” takes the number of one.');
    const json = await (await call()).ledger.entry({ seq });
    return { json, text: `${said(json.line)}\n\n${facts({ ...json.entry, hash: json.hash })}` };
  },
  backups: async ({ call }) => {
    const json = await (await call()).ledger.backups();
    return { json, text: table(json, ['name', 'at', 'bytes', 'beforeMigration']) };
  },
};

function queryOf(values: OptionValues) {
  const type = text(values, 'type');
  const [actor, wanted] = [text(values, 'by'), text(values, 'text')];
  const before = wholeNumber(values, 'before', 1);
  return {
    limit: wholeNumber(values, 'limit', 1) ?? 50,
    ...(type === undefined ? {} : { type: oneOf(type, ledgerEntryTypes, '--type') }),
    ...(actor === undefined ? {} : { actor }),
    ...(wanted === undefined ? {} : { text: wanted }),
    ...(before === undefined ? {} : { before }),
  };
}

/** Values in quotation marks, so that none can pose as our words. */
const said = ({ saying }: LedgerLine): string =>
  printable(saying.map(({ text: part, isValue }) => (isValue ? `“${part}”` : part)).join(''));

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Problem('file-unreadable', 'The checkpoint cannot be opened, so nothing was verified.', {
      cause,
    });
  }
}

/** Done, but with 1 where files of campaigns are missing, each named. */
function outcomeOf(json: LedgerBackup | LedgerRestoration, missing: BackedUpCampaigns['missing']): Outcome {
  const { campaigns, ...rest } = json;
  const { missing: _missing, ...counts } = campaigns;
  const lines = missing.map(({ campaign, file, why }) =>
    printable(
      `! ${file} of campaign ${campaign} is ${why === 'absent' ? 'not there' : 'not the file the ledger names'}.`,
    ),
  );
  const parts = [facts({ ...rest, ...campaignFacts(counts) }), lines.join('\n')];
  return { json, text: parts.filter(Boolean).join('\n\n'), exitCode: missing.length === 0 ? 0 : 1 };
}

const campaignFacts = (counts: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(counts).map(([name, count]) => [`campaign files ${name}`, count]));

const backup: Command = {
  usage: 'backup [FOLDER]',
  description:
    'copy the ledger as of now, and the files of campaigns it names, into a folder or the workspace’s own backups folder; exit 1 when some of them are missing',
  optionalPositionals: 1,
  run: async ({ positionals, workstation }) => {
    const [folder] = positionals;
    const json = await backUp(await workstation(), folder === undefined ? undefined : resolve(folder));
    return outcomeOf(json, json.campaigns.missing);
  },
};

const restore: Command = {
  usage: 'restore FILE [--discard-newer]',
  description:
    'put a backup in the place of the ledger, which is kept beside it, and the files of campaigns in theirs; exit 1 when some of them are missing',
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
    const json = await restoreLedger({
      directory: workspaceDirectory,
      file: positionals[0]!,
      discardNewer: values['discard-newer'] === true,
      clock,
      newId: () => next(clock.nowMs()),
    });
    return outcomeOf(json, json.campaigns.missing);
  },
};

export const ledgerCommands: Readonly<Record<string, Command>> = { ledger, backup, restore };
