// Commands about trust: the root key, the organisation's list, compared keys, and timestamps.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Problem } from '#shared/model/problem.ts';
import type { TrustOverview } from '#shared/model/trust.ts';
import { timestampPack } from '../../api/timestamp-work.ts';
import { required, text, UsageError, type Command, type CommandContext, type Outcome } from './command.ts';
import { facts, table } from './print.ts';

type Act = (context: CommandContext, rest: readonly string[]) => Promise<Outcome>;

function read(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new Problem('file-unreadable', 'One of the files cannot be opened. Nothing was changed.', {
      cause,
    });
  }
}

const base64Of = (path: string): string => read(path).toString('base64');

/** The rest of the command line, which must be exactly what is named. */
function taking(names: readonly string[], rest: readonly string[]): readonly string[] {
  if (rest.length === names.length) return rest;
  throw new UsageError(`This takes ${names.length === 0 ? 'nothing more' : names.join(' and ')}.`);
}

function describe({ root, list, firstUse, timestamps }: TrustOverview): string {
  const held = list
    ? {
        version: list.version,
        issued: list.issued,
        validUntil: list.validUntil,
        revokedKeys: list.revokedSha256 === null ? 'no list' : 'held',
        problem: list.problem,
      }
    : {};
  return [
    facts({
      rootKey: root?.fingerprint ?? null,
      ...held,
      timestampService: timestamps?.url ?? 'none: nobody is asked',
      timestampAuthority: timestamps?.authoritySha256 ?? null,
    }),
    '',
    'Organisation’s list of signers',
    table(list?.lines ?? [], ['principals', 'fingerprint', 'validAfter', 'validBefore']),
    '',
    'First use: keys compared by you, without anybody vouching for them',
    table(firstUse, ['identity', 'fingerprint', 'comparedAt']),
  ].join('\n');
}

const answer = (json: TrustOverview): Outcome => ({ json, text: describe(json) });

const acts: Readonly<Record<string, Act>> = {
  show: async ({ call }, rest) => {
    taking([], rest);
    return answer(await (await call()).trust.get());
  },
  'pin-root': async ({ call, values }, rest) => {
    const [path = ''] = taking(['FILE.pub'], rest);
    const isReplacement = values['replace'] === true;
    const publicKey = read(path).toString('utf8');
    const replacement = isReplacement ? { replacement: required(values, 'reason') } : {};
    return answer(await (await call()).trust.pinRoot({ publicKey, ...replacement }));
  },
  update: async ({ call, values }, rest) => {
    const [list = '', signature = ''] = taking(['LIST', 'LIST.sig'], rest);
    const revoked = text(values, 'revoked');
    const files = { list: base64Of(list), signature: base64Of(signature) };
    const given = revoked === undefined ? files : { ...files, revoked: base64Of(revoked) };
    return answer(await (await call()).trust.update(given));
  },
  forget: async ({ call, values }, rest) => {
    const [identity = ''] = taking(['IDENTITY'], rest);
    return answer(
      await (await call()).trust.removeFirstUse({ identity, reason: required(values, 'reason') }),
    );
  },
  compare: async ({ call }, rest) => {
    const [fingerprint = ''] = taking(['FINGERPRINT'], rest);
    const json = await (await call()).trust.compare({ fingerprint });
    return { json, text: facts({ ...json, words: json.words.join(' ') }) };
  },
  timestamps: async ({ call, values }, rest) => {
    taking([], rest);
    const url = text(values, 'url');
    const isOff = values['off'] === true;
    if (isOff === (url !== undefined)) throw new UsageError('Give --url ADDRESS, or --off.');
    const path = text(values, 'tsa-ca');
    const authorities = path === undefined ? null : read(path).toString('utf8');
    const service = url === undefined ? null : { url, authorities };
    return answer(await (await call()).trust.setTimestamps({ service }));
  },
  timestamp: async ({ workstation }, rest) => {
    const [path = ''] = taking(['PACK.zip'], rest);
    const file = resolve(path);
    const { sha256, added } = await timestampPack(await workstation(), file);
    return { json: { file, sha256, added } };
  },
};

const trust: Command = {
  usage:
    'trust [show | pin-root FILE.pub | update LIST LIST.sig | forget IDENTITY | compare FINGERPRINT | timestamps | timestamp PACK.zip]',
  description:
    'who is believed about signers and times: exit 0 done, 1 refused or unreadable (what was held is kept), 2 usage',
  optionalPositionals: 3,
  options: {
    revoked: {
      type: 'string',
      value: 'FILE',
      description: 'update: the list of revoked keys that belongs to it',
    },
    replace: { type: 'boolean', description: 'pin-root: in the place of another that is lost' },
    reason: { type: 'string', value: 'T', description: 'needed with --replace and to forget' },
    url: { type: 'string', value: 'ADDRESS', description: 'timestamps: the RFC 3161 service to ask' },
    'tsa-ca': {
      type: 'string',
      value: 'FILE',
      description: 'timestamps: its authority’s certificates (PEM)',
    },
    off: { type: 'boolean', description: 'timestamps: ask nobody, as in the beginning' },
  },
  run: async (context) => {
    const [name = 'show', ...rest] = context.positionals;
    const act = Object.hasOwn(acts, name) ? acts[name] : undefined;
    if (act === undefined) throw new UsageError(`trust knows: ${Object.keys(acts).join(', ')}.`);
    return act(context, rest);
  },
};

export const trustCommands: Readonly<Record<string, Command>> = { trust };
