// Commands about judgement itself: settings, exceptions, precision, past days judged again.
import { readFileSync } from 'node:fs';
import type { DryRun, ExceptionRequest } from '#shared/contract/detection.ts';
import { detectionSettings, type DetectionSettings } from '#shared/model/detection.ts';
import { entityKinds } from '#shared/model/finding.ts';
import { Problem } from '#shared/model/problem.ts';
import { formatInstant, parseInstant } from '#shared/time/instant.ts';
import { changeWork, dryRunWork, replayWork } from '../../api/detection.ts';
import {
  oneOf,
  required,
  text,
  UsageError,
  wholeNumber,
  type Command,
  type CommandContext,
  type Outcome,
} from './command.ts';
import { facts, table } from './print.ts';

const findingColumns = ['id', 'severity', 'score', 'start', 'actor', 'action', 'count'];

const detection: Command = {
  usage: 'detection show|set [--file F --reason R] [--dry-run]',
  description: 'which detectors run and with what; a change is tried out on the last 180 days first',
  positionals: 1,
  options: {
    file: { type: 'string', value: 'F', description: 'JSON file with all settings, as “show” prints them' },
    reason: { type: 'string', value: 'R', description: 'why, in a sentence' },
    'dry-run': { type: 'boolean', description: 'only show what would appear and vanish' },
  },
  run: async ({ positionals, values, call, workstation, run }) => {
    if (oneOf(positionals[0], ['show', 'set'], 'detection') === 'show') {
      const { settings } = await (await call()).detection.get();
      return { json: settings, text: JSON.stringify(settings, null, 2) };
    }
    const settings = readSettings(required(values, 'file'));
    const station = await workstation();
    if (values['dry-run'] === true) {
      const json = await run(dryRunWork(station, settings));
      return { json, text: describeDryRun(json) };
    }
    const json = await run(changeWork(station, { settings, reason: required(values, 'reason') }));
    return { json, text: `${describeDryRun(json.dryRun)}\n\nRecorded. The next refresh judges with it.` };
  },
};

function readSettings(file: string): DetectionSettings {
  try {
    return detectionSettings.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new Problem(
      'invalid-input',
      'The file cannot be read as detection settings. Nothing was changed.',
      {
        next: 'It is JSON as “countersign detection show --json” prints it; what is left out stands at its default.',
        cause,
      },
    );
  }
}

function describeDryRun({ days, appear, vanish, confirmed }: DryRun): string {
  return [
    `Over ${days} days ${appear.total} findings would appear and ${vanish.total} would vanish, ${confirmed.length} of them escalated ones.`,
    `\nWould appear:\n${table(appear.first, findingColumns)}`,
    `\nWould vanish:\n${table(vanish.first, findingColumns)}`,
  ].join('\n');
}

const exceptions: Command = {
  usage: 'exception grant|end|list [--finding ID | --detector D --entity E …] [--id ID]',
  description: 'let findings about one entity pass for a while; never those that were escalated',
  positionals: 1,
  options: {
    finding: { type: 'string', value: 'ID', description: 'grant: take the scope from this finding' },
    detector: { type: 'string', value: 'D', description: 'grant: whose findings' },
    account: { type: 'string', value: 'A', description: 'grant: source account' },
    'entity-kind': { type: 'string', value: 'K', description: `grant: ${entityKinds.join(', ')}` },
    entity: { type: 'string', value: 'E', description: 'grant: whom or what they are about' },
    action: { type: 'string', value: 'X', description: 'grant: only this action' },
    'any-action': { type: 'boolean', description: 'grant: whatever the action of the finding' },
    hour: { type: 'string', value: 'N', description: 'grant: only this local hour of the week, 0–167' },
    maximum: { type: 'string', value: 'N', description: 'grant: findings with more events still show' },
    expires: { type: 'string', value: 'ISO', description: 'grant: at most 90 days from now' },
    owner: { type: 'string', value: 'O', description: 'grant: who answers for it' },
    reason: { type: 'string', value: 'R', description: 'grant, end: why, in a sentence' },
    'acknowledge-deterministic': { type: 'boolean', description: 'grant: needed for sod, gap, fail_burst' },
    'dry-run': { type: 'boolean', description: 'grant: only show what it would hide' },
    id: { type: 'string', value: 'ID', description: 'end: which exception' },
  },
  run: async (context) => {
    const verb = oneOf(context.positionals[0], ['grant', 'end', 'list'], 'exception');
    if (verb === 'grant') return grant(context);
    const client = await context.call();
    if (verb === 'end') {
      const id = required(context.values, 'id');
      return {
        json: await client.detection.endException({ id, reason: required(context.values, 'reason') }),
      };
    }
    const list = await client.detection.exceptions();
    const columns = [
      'id',
      'detector',
      'entity',
      'action',
      'expiresAt',
      'endedAt',
      'hides',
      'missed',
      'owner',
    ];
    return { json: list, text: table(list, columns) };
  },
};

async function grant(context: CommandContext): Promise<Outcome> {
  const { values, call } = context;
  const client = await call();
  const scope = await readScope(context);
  if (values['dry-run'] === true) {
    const json = await client.detection.previewException(scope);
    return { json, text: facts(json) };
  }
  const json = await client.detection.grantException({
    ...scope,
    owner: required(values, 'owner'),
    reason: required(values, 'reason'),
    acknowledgeDeterministic: values['acknowledge-deterministic'] === true,
  });
  return { json };
}

/** What is given counts; what is not comes from the finding, where one is given. */
async function readScope({
  values,
  call,
}: CommandContext): Promise<Omit<ExceptionRequest, 'owner' | 'reason'>> {
  const id = text(values, 'finding');
  const finding = id === undefined ? null : (await (await call()).findings.get({ id })).finding;
  const given = (name: string, fromFinding: string | undefined) =>
    text(values, name) ?? fromFinding ?? required(values, name);
  const hourOfWeek = wholeNumber(values, 'hour') ?? null;
  if (hourOfWeek !== null && hourOfWeek > 167) throw new UsageError('--hour takes a number up to 167.');
  const maximumCount = wholeNumber(values, 'maximum', 1) ?? finding?.count;
  if (maximumCount === undefined) throw new UsageError('--maximum is needed.');
  return {
    detector: given('detector', finding?.detector),
    sourceAccount: given('account', finding?.sourceAccount),
    entityKind: oneOf(given('entity-kind', finding?.entity.kind), entityKinds, '--entity-kind'),
    entity: given('entity', finding?.entity.value),
    action: values['any-action'] === true ? null : (text(values, 'action') ?? finding?.action ?? null),
    hourOfWeek,
    maximumCount: Math.max(1, maximumCount),
    expiresAt: formatInstant(parseInstant(required(values, 'expires'))),
    ...(id === undefined ? {} : { finding: id }),
  };
}

const replay: Command = {
  usage: 'replay DAY [--settings F]',
  description: 'judge one past UTC day again, with what is mirrored now; records nothing',
  positionals: 1,
  options: { settings: { type: 'string', value: 'F', description: 'with these settings instead' } },
  run: async ({ positionals, values, workstation, run }) => {
    const day = positionals[0]!;
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new UsageError('A day is written as 2026-11-16.');
    const file = text(values, 'settings');
    const settings = file === undefined ? undefined : readSettings(file);
    const json = await run(replayWork(await workstation(), { day, settings }));
    return { json, text: table(json.hits, findingColumns) };
  },
};

const why: Command = {
  usage: 'why ACTOR HOUR [--account A]',
  description: 'why detector nb lists an hour of an actor, or does not; any time within the hour',
  positionals: 2,
  options: { account: { type: 'string', value: 'A', description: 'source account, when there are several' } },
  run: async (context) => {
    const [actor, hour] = [context.positionals[0]!, formatInstant(parseInstant(context.positionals[1]!))];
    const client = await context.call();
    const sourceAccount = await accountOf(context, actor);
    const json = await client.detection.whyNot({ sourceAccount, actor, hour });
    return { json, text: json.sentence };
  },
};

const mostActors = 10_000;

async function accountOf({ values, call }: CommandContext, actor: string): Promise<string> {
  const given = text(values, 'account');
  if (given !== undefined) return given;
  const client = await call();
  const known = (await client.activity.topActors({ limit: mostActors })).filter((one) => one.actor === actor);
  const accounts = new Set(known.map(({ sourceAccount }) => sourceAccount));
  if (accounts.size > 1) throw new UsageError('This actor is in several accounts; --account is needed.');
  const { connection } = await client.workspace.status();
  return [...accounts][0] ?? connection?.sourceAccount ?? 'primary';
}

const baseline: Command = {
  usage: 'baseline FINDING',
  description: 'the hours a finding was compared with, by how many events each held',
  positionals: 1,
  run: async ({ positionals, call }) => {
    const json = await (await call()).findings.baseline({ id: positionals[0]! });
    if (json === null) return { json, text: 'Its detector compares no single hours.' };
    const { counts, alike, ...about } = json;
    const hours =
      alike === null ? 'every' : `${alike.hourOfDay}:00, ${alike.isWeekend ? 'weekends' : 'weekdays'}`;
    return { json, text: `${facts({ ...about, compared: hours })}\n\n${table(counts, ['events', 'hours'])}` };
  },
};

const precision: Command = {
  usage: 'precision',
  description: 'how often detectors were right, what ranks lower for it, and what blind checks found',
  run: async ({ call }) => {
    const json = await (await call()).detection.precision();
    const columns = ['detector', 'sourceAccount', 'truePositives', 'falsePositives', 'precision'];
    return { json, text: `${table(json.detectors, columns)}\n\n${facts(json.blindChecks)}` };
  },
};

export const detectionCommands: Readonly<Record<string, Command>> = {
  detection,
  exception: exceptions,
  replay,
  why,
  baseline,
  precision,
};
