// Commands about signing keys: list, words, the keys of an ssh-agent, rotate, revoke, endorse, how long one stays unlocked.
import type { AgentKey, OwnKey } from '#shared/model/keys.ts';
import { Problem } from '#shared/model/problem.ts';
import { formatInstant, parseInstant } from '#shared/time/instant.ts';
import { digestOf, fingerprintOfWords, hexGroupsOf, wordsOf } from '../../evidence/fingerprint-words.ts';
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
import { printable } from './print.ts';

const actions = ['list', 'words', 'agent', 'use', 'rotate', 'revoke', 'endorse', 'idle'] as const;
type Action = (typeof actions)[number];

/** Which options belong to which action, so that a misplaced one is a mistake and not a silence. */
const optionsOf: Readonly<Record<Action, readonly string[]>> = {
  list: [],
  words: [],
  agent: [],
  use: ['agent', 'reason', 'lost'],
  rotate: ['reason', 'lost'],
  revoke: ['reason', 'compromised-since'],
  endorse: [],
  idle: ['minutes'],
};

const keys: Command = {
  usage:
    'keys [list|words FINGERPRINT|agent|use --agent FINGERPRINT|rotate --reason T [--lost]|revoke FINGERPRINT --reason T [--compromised-since ISO]|endorse FINGERPRINT|idle --minutes N]',
  description:
    'public keys of this workspace, with lines for ssh-keygen -Y verify -f; replace, revoke, compare them; exit 0 done, 1 refused, 2 usage',
  optionalPositionals: 25,
  options: {
    agent: { type: 'string', value: 'FINGERPRINT', description: 'use: a key the ssh-agent offers' },
    reason: { type: 'string', value: 'T', description: 'use, rotate, revoke: why, for the ledger' },
    lost: {
      type: 'boolean',
      description: 'use, rotate: the old key cannot sign any more; marked as not endorsed by it',
    },
    'compromised-since': {
      type: 'string',
      value: 'ISO',
      description: 'revoke: from when on somebody else may have signed; left out, nothing it signed counts',
    },
    minutes: { type: 'string', value: 'N', description: 'idle: how long an unlocked key waits, 1 to 480' },
  },
  run: async (context) => {
    const [named = 'list'] = context.positionals;
    const action = oneOf(named, actions, 'What to do with keys');
    const misplaced = Object.keys(keys.options ?? {}).find(
      (option) => context.values[option] !== undefined && !optionsOf[action].includes(option),
    );
    if (misplaced !== undefined) throw new UsageError(`--${misplaced} does not go with “keys ${action}”.`);
    const most = action === 'words' ? 25 : action === 'revoke' || action === 'endorse' ? 2 : 1;
    if (context.positionals.length > most) throw new UsageError(`Usage: countersign ${keys.usage}`);
    return runners[action](context);
  },
};

const runners: Readonly<Record<Action, (context: CommandContext) => Promise<Outcome> | Outcome>> = {
  list: async ({ call }) => {
    const json = await (await call()).keys.list();
    return { json, text: json.map(describeKey).join('\n\n') };
  },
  words: ({ positionals }) => {
    const given = positionals.slice(1).join(' ');
    if (given === '') throw new UsageError('Give a fingerprint, or the 24 words of one.');
    const fingerprint = given.startsWith('SHA256:') ? given : fingerprintOfWords(given);
    digestOf(fingerprint);
    const words = wordsOf(fingerprint);
    const json = { fingerprint, hex: hexGroupsOf(fingerprint), words };
    return { json, text: [fingerprint, ...comparable(json)].join('\n') };
  },
  agent: async ({ call }) => {
    const { keys: json, problem } = await (await call()).keys.agent();
    if (problem !== null)
      throw new Problem(problem.code, problem.message, problem.next === null ? {} : { next: problem.next });
    const text = json.map(describeOffer).join('\n\n');
    return { json, text: text === '' ? 'The ssh-agent holds no key.' : text };
  },
  use: (context) =>
    rotate(context, {
      agent: required(context.values, 'agent'),
      reason: text(context.values, 'reason') ?? 'A key of an ssh-agent signs from now on.',
    }),
  rotate: (context) => rotate(context, { reason: required(context.values, 'reason') }),
  revoke: async ({ call, values, positionals }) => {
    const since = text(values, 'compromised-since');
    const fingerprint = requireFingerprint(positionals);
    const json = await (
      await call()
    ).keys.revoke({
      fingerprint,
      reason: required(values, 'reason'),
      ...(since === undefined ? {} : { compromisedSince: formatInstant(parseInstant(since)) }),
    });
    const reported =
      'Put on record as a report: it is another reviewer’s key, which only they can revoke. It signs nothing here any more.';
    return { json, text: json.line === '' ? reported : json.line };
  },
  endorse: async ({ call, positionals }) => {
    const json = await (await call()).keys.endorse({ fingerprint: requireFingerprint(positionals) });
    return { json, text: describeKey(json) };
  },
  idle: async ({ call, values }) => {
    const minutes = wholeNumber(values, 'minutes', 1);
    if (minutes === undefined) throw new UsageError('--minutes is needed.');
    return { json: await (await call()).keys.setIdle({ minutes }) };
  },
};

function requireFingerprint([, fingerprint]: readonly string[]): string {
  if (fingerprint === undefined) throw new UsageError('Say which key: its fingerprint, SHA256:…');
  digestOf(fingerprint);
  return fingerprint;
}

async function rotate(
  { call, passphrase, provingPassphrase, values }: CommandContext,
  wanted: { readonly reason: string; readonly agent?: string },
): Promise<Outcome> {
  const client = await call();
  const isLost = values['lost'] === true;
  const { needsPassphrase } = await client.keys.session();
  const old = needsPassphrase === true && !isLost ? await provingPassphrase() : undefined;
  const fresh = wanted.agent === undefined ? await passphrase(true) : undefined;
  const json = await client.keys.rotate({
    ...wanted,
    isLost,
    ...(old === undefined ? {} : { passphrase: old }),
    ...(fresh === undefined ? {} : { newPassphrase: fresh }),
  });
  return { json, text: describeKey(json) };
}

const uses: Readonly<Record<OwnKey['use'], string>> = {
  signing: 'signs what comes next',
  replaced: 'replaced; kept to verify what it signed',
  revoked: 'revoked; do not rely on it',
  idle: 'not in use',
};

function describeKey(key: OwnKey): string {
  const { fingerprint, allowedSigners, use, isEndorsed, isHere, report, revocationLine } = key;
  return [
    fingerprint,
    ...comparable(key),
    `  ${uses[use]}`,
    ...(isHere ? [] : ['  its file is not on this computer']),
    ...(isEndorsed === false
      ? ['  not endorsed: nothing shows that it is of the person of the key before']
      : []),
    ...(report === undefined ? [] : [`  reported by another reviewer: ${printable(report.reason)}`]),
    printable(allowedSigners),
    ...(revocationLine === null ? [] : [printable(revocationLine)]),
  ].join('\n');
}

const comparable = ({ hex, words }: { readonly hex: string; readonly words: readonly string[] }) => [
  `  ${hex}`,
  `  ${words.slice(0, 12).join(' ')}`,
  `  ${words.slice(12).join(' ')}`,
];

function describeOffer({ fingerprint, type, comment, needsTouch, unusable, hex, words }: AgentKey): string {
  return [
    `${fingerprint ?? '–'}  ${type}  ${printable(comment)}`,
    ...(hex === null ? [] : comparable({ hex, words })),
    `  ${unusable ?? (needsTouch ? 'can sign here, when touched' : 'can sign here')}`,
  ].join('\n');
}

export const keyCommands: Readonly<Record<string, Command>> = { keys };
