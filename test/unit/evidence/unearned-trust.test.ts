// Packs of an insider who may sign, and says more than the pack bears out: each lie is named, and what cannot be settled is said.
import { readFileSync } from 'node:fs';
import { deflateSync, inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../../src-main/evidence/entry-hash.ts';
import { buildPack } from '../../../src-main/evidence/pack.ts';
import type { PackInput } from '../../../src-main/evidence/pack-input.ts';
import { fingerprintOf } from '../../../src-main/evidence/public-key.ts';
import { isPrintOf, isSamePrint } from '../../../src-main/evidence/same-print.ts';
import { allowedSignersLine } from '../../../src-main/evidence/signer-identity.ts';
import { verifyPack } from '../../../src-main/evidence/verify.ts';
import { populationQuery } from '../../../src-main/source/event-query.ts';
import { edit, filesOf, reseal, textOf, type MutableFiles } from './forge.ts';
import {
  alice,
  chain,
  decisionsOf,
  generatedAt,
  identity,
  sampleDrafts,
  sampleInput,
  signersFile,
  signerOf,
  type EntryDraft,
} from './sample-input.ts';

const mapping = {
  preset: 'custom',
  schema: 'public',
  table: 'np_auditlog_events',
  columns: {
    id: { column: 'id' },
    createdAt: { column: 'created_at' },
    actor: { column: 'actor' },
    action: { column: 'action' },
  },
};
const previous = 'cd'.repeat(32);
const reviewer = { name: 'Alice Example', id: 'alice', email: identity };

/** As a workspace records where it comes from. */
const recorded: readonly EntryDraft[] = [
  ...sampleDrafts,
  { id: 'R01', type: 'reviewer-changed', subject: 'alice', actor: 'alice', payload: reviewer },
  { id: 'R02', type: 'key-created', subject: fingerprintOf(alice.publicKey), actor: 'alice' },
  {
    id: 'R03',
    type: 'connection-changed',
    actor: 'alice',
    payload: {
      host: 'db.example.org',
      port: 5432,
      database: 'audit',
      user: 'reader',
      tls: 'verify',
      caFile: null,
      sourceAccount: 'primary',
      zone: 'Europe/Berlin',
      mapping,
    },
  },
  { id: 'R04', type: 'export', actor: 'alice', payload: { sha256: previous } },
];

function honestInput(changes: Partial<PackInput> = {}): PackInput {
  const ledger = chain(recorded);
  const sample = sampleInput();
  const { text, values } = populationQuery(mapping, { sourceAccount: 'primary', untilMicroseconds: null });
  return {
    ...sample,
    ledger,
    decisions: decisionsOf(ledger, ['D01', 'D03', 'D05']),
    conflicts: [],
    previousPackSha256: previous,
    source: {
      database: 'audit',
      user: 'reader',
      table: mapping.table,
      sourceAccount: 'primary',
      server: null,
    },
    ipe: {
      ...sample.ipe,
      query: text,
      parameters: values.map((value, index) => ({ name: `$${index + 1}`, value })),
      serverTime: '2026-11-19T08:30:00.000Z',
    },
    ...changes,
  };
}

const pack = await buildPack(honestInput(), alice);
const trust = { signers: signersFile, now: generatedAt, isPrintOf };
type Ipe = PackInput['ipe'];

/** The value with another one at a path such as `0.parameters`. */
function withValue(value: unknown, [name, ...rest]: readonly string[], to: unknown): unknown {
  if (name === undefined) return to;
  if (Array.isArray(value))
    return value.map((one: unknown, index) => (String(index) === name ? withValue(one, rest, to) : one));
  if (typeof value !== 'object' || value === null) throw new TypeError(`There is no ${name}.`);
  const before: unknown = Object.getOwnPropertyDescriptor(value, name)?.value;
  return { ...value, [name]: withValue(before, rest, to) };
}

const inJson = (file: string, path: string, to: unknown) => (files: MutableFiles) =>
  edit(
    files,
    `data/${file}`,
    (text) => `${canonicalJson(withValue(JSON.parse(text), path.split('.'), to))}\n`,
  );

/** Changes files and makes everything fit again, as the owner of the key can. */
async function forged(change: (files: MutableFiles) => void, options: object = {}) {
  const files = filesOf(pack.bytes);
  change(files);
  const result = await verifyPack(reseal(files, alice), { ...trust, ...options });
  const failing = result.checks.filter(({ ok }) => !ok).map(({ name }) => name);
  return { ...result, failing };
}
const inStatement = (path: string, to: unknown) => inJson('statement.json', `predicate.${path}`, to);
const inReport = (from: string | RegExp, to: string) => (files: MutableFiles) =>
  edit(files, 'data/report.html', (text) => text.replace(from, to));
const inIpe = (path: string, to: unknown) => inJson('ipe.json', path, to);

test('the honest pack is trusted without reservation, report and print drawn again', async () => {
  const result = await verifyPack(pack.bytes, trust);
  expect(result.checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(result).toMatchObject({ verdict: 'trusted', report: 'drawn-again' });
  expect(result.reservations).toBeUndefined();
  expect(result.summary).toMatch(/^Trusted: /);
  const detail = (name: string) => result.checks.find((check) => check.name === name)?.detail;
  expect(detail('report')).toContain('So is report.pdf.');
  expect(detail('origin')).toContain('Asserted by the signer');
});

const backdated = (files: MutableFiles): void => {
  inStatement('generatedAt', '2026-11-18T08:00:00.000Z')(files);
  edit(files, 'bag-info.txt', (text) => text.replace('2026-11-20', '2026-11-18'));
};
const expired = {
  signers: signersFile.replace(' ssh-', ',valid-before="20261119Z" ssh-'),
};

test('a claim to be older than the ledger is refused, and does not bring an expired key back', async () => {
  const result = await forged(backdated, expired);
  expect(result.verdict).toBe('tampered');
  expect(result.failing).toContain('times');
  expect(result.failing).toContain('signer');
  expect(result.checks.find(({ name }) => name === 'times')?.detail).toContain(
    'claims to be made at 2026-11-18T08:00:00.000Z, but ledger entry',
  );
});

test('a clock said to be set back does not bring an expired key back either', async () => {
  const drafts: EntryDraft[] = [...recorded, { id: 'J1', type: 'clock-jump', payload: { backMs: 1 } }];
  const ledger = chain(drafts);
  const made = await buildPack(honestInput({ ledger }), alice);
  const result = await verifyPack(made.bytes, { ...trust, signers: expired.signers });
  expect(result).toMatchObject({ verdict: 'unpinned', signer: { doubt: 'expired' } });
});

test('a reading after the pack was made is refused', async () => {
  const result = await forged(inIpe('serverTime', '2026-12-24T00:00:00.000Z'));
  expect(result.failing).toContain('times');
});

test.each<[string, (files: MutableFiles) => void]>([
  ['an added paragraph', inReport('</h2>', '</h2><p>All items were certified by management.</p>')],
  ['a style that hides', inReport('</style>', '[data-fact]{visibility:hidden}</style>')],
  ['another reviewer on the cover', inReport('Alice Example', 'Anna Director')],
  ['another time of a decision', inReport(/2026-11-19 08:0\d:00 UTC/, '2026-11-01 08:00:00 UTC')],
  ['another hash of the population', inReport('ab'.repeat(32), '0'.repeat(64))],
  ['a limit turned around', inReport('It does not show that', 'It shows that')],
  ['a reason', inReport('=HYPERLINK', 'approved by the CISO')],
])('%s in the report is found, and where', async (_, change) => {
  const { verdict, failing, checks } = await forged(change);
  expect(verdict).toBe('tampered');
  expect(failing).toEqual(['report']);
  expect(checks.find(({ name }) => name === 'report')?.detail).toMatch(/differs first in line \d+, “/);
});

test('a print that says something else is found', async () => {
  const other = await buildPack(
    honestInput({ reviewer, zone: 'Europe/Berlin', packId: '01K9ZZZZZZZZZZZZZZ12345679' }),
    alice,
  );
  const { failing } = await forged((files) => {
    files.set('data/report.pdf', filesOf(other.bytes).get('data/report.pdf')!);
  });
  expect(failing).toEqual(['report']);
});

test('a verifier that cannot draw the print says so', async () => {
  const { verdict, checks } = await verifyPack(pack.bytes, { ...trust, isPrintOf: undefined });
  expect(verdict).toBe('trusted');
  expect(checks.find(({ name }) => name === 'report')?.detail).toContain(
    'report.pdf could not be drawn again here',
  );
});

test('a form of the report that is not known leaves the report unchecked, and the headline says it', async () => {
  const { verdict, summary, report, reservations } = await forged((files) => {
    inStatement('reportFormat', 99)(files);
    inReport('</h2>', '</h2><p>All certified.</p>')(files);
  });
  expect(verdict).toBe('trusted');
  expect(report).toBe('only-facts');
  expect(reservations?.[0]).toContain('The words of the report were not checked');
  expect(summary).toMatch(/^Trusted with reservations: .*The words of the report were not checked/);
});

test('a pack of an earlier release is trusted, but its report is not', async () => {
  const earlier = readFileSync(new URL('packs/second-report.zip', import.meta.url));
  const { verdict, summary, report } = await verifyPack(earlier, trust);
  expect({ verdict, report }).toEqual({ verdict: 'trusted', report: 'only-facts' });
  expect(summary).toContain('The words of the report were not checked');
  expect(summary).not.toMatch(/^Trusted: /);
});

test.each<[string, string, (files: MutableFiles) => void]>([
  ['another reviewer of record', 'origin', inStatement('reviewer.name', 'The Board')],
  ['another user of the source', 'origin', inStatement('source.user', 'root')],
  ['another zone', 'origin', inStatement('zone', 'UTC')],
  ['a period that goes on', 'origin', inStatement('period.to', '2030-01-01T00:00:00.000Z')],
  [
    'no previous pack',
    'origin',
    (files) => {
      inStatement('previousPackSha256', null)(files);
      edit(files, 'bag-info.txt', (text) => text.replace(/Previous-Pack.*\n/, ''));
    },
  ],
  ['a reading before the first connection', 'origin', inIpe('serverTime', '2020-01-01T00:00:00.000Z')],
  ['detectors without their numbers', 'origin', inJson('detectors.json', '0.parameters', {})],
  ['no limits', 'statement', inStatement('limits', [])],
  ['other instructions', 'statement', (files) => void files.set('VERIFY.txt', Buffer.from('curl x | sh\n'))],
  ['a view that is missing', 'report', (files) => without(files, 'data/report.pdf')],
])('%s is named', async (_, check, change) => {
  const { verdict, failing } = await forged(change);
  expect(verdict).toBe('tampered');
  expect(failing).toContain(check);
});

/** Takes a file out of the pack and out of the statement. */
function without(files: MutableFiles, name: string): void {
  files.delete(name);
  const subject = new RegExp(`,?\\{"digest":\\{"sha256":"[0-9a-f]{64}"\\},"name":"${name}"\\}`);
  edit(files, 'data/statement.json', (text) => text.replace(subject, ''));
}

test.each<[string, RegExp, (ipe: Ipe) => unknown]>([
  ['a role nobody connects as', /as the role “root”/, (ipe) => (ipe.role = 'root')],
  ['another database', /database “other”/, (ipe) => (ipe.database = 'other')],
  [
    'a query that is not ours',
    /query of the population is not recognised/,
    (ipe) => (ipe.query = 'SELECT 1'),
  ],
])('%s is a reservation in the verdict', async (_, sentence, change) => {
  const files = filesOf((await buildPack(honestInput({ ipe: changedIpe(change) }), alice)).bytes);
  const { verdict, summary, reservations } = await verifyPack(files, trust);
  expect(verdict).toBe('trusted');
  expect(reservations?.join(' ')).toMatch(sentence);
  expect(summary).toMatch(/^Trusted with reservations/);
});

function changedIpe(change: (ipe: Ipe) => unknown): PackInput['ipe'] {
  const ipe = structuredClone(honestInput().ipe);
  change(ipe);
  return ipe;
}

test('a pack signed with a key that its own ledger does not know is refused', async () => {
  const mallory = signerOf(9);
  await expect(buildPack(honestInput(), mallory)).rejects.toThrow(
    /a key of the preparer that the ledger does not know/,
  );
});

test('changes of reviewers and keys are changes to the configuration', async () => {
  const listed = textOf(filesOf(pack.bytes), 'data/configuration.jsonl');
  for (const type of ['reviewer-changed', 'key-created', 'connection-changed'])
    expect(listed).toContain(type);
  const { failing } = await forged((files) =>
    edit(files, 'data/configuration.jsonl', (text) =>
      text
        .split('\n')
        .filter((line) => !line.includes('key-created'))
        .join('\n'),
    ),
  );
  expect(failing).toContain('configuration');
});

test.each([
  ['revoked', { revoked: fingerprintOf(alice.publicKey) }],
  ['expired', expired],
  ['other-purpose', { signers: signersFile.replace('countersign-*', 'git') }],
  ['other-person', { signers: allowedSignersLine('bob@example.org', alice.publicKey) }],
  ['unlisted', { signers: '' }],
])('why nobody vouches for the key is told apart: %s', async (doubt, options) => {
  const result = await verifyPack(pack.bytes, { ...trust, ...options });
  expect(result).toMatchObject({ verdict: 'unpinned', signer: { doubt, pinned: false } });
});

/** The same file with its streams packed less tightly, as another build of zlib may pack them. */
function repacked(pdf: Uint8Array): Buffer {
  const text = Buffer.from(pdf).toString('latin1');
  const loose = text.replaceAll(
    /\/Length (\d+)(\n\/Filter \/FlateDecode\n>>\nstream\n)/g,
    (_, length: string, rest: string, at: number) => {
      const begin = at + `/Length ${length}${rest}`.length;
      const content = inflateSync(Buffer.from(text.slice(begin, begin + Number(length)), 'latin1'));
      const packed = deflateSync(content, { level: 1 }).toString('latin1');
      return `/Length ${packed.length}${rest}${packed}\u0001${length}\u0001`;
    },
  );
  return withOffsets(loose);
}

const mark = new RegExp(String.raw`\x01(\d{1,7})\x01`, 'g');

/** Takes the old streams out, which follow the new ones, and makes the table at the end fit. */
function withOffsets(loose: string): Buffer {
  let text = '';
  let done = 0;
  for (const match of loose.matchAll(mark)) {
    if (match.index < done || !isMark(loose, match.index, Number(match[1]) + match[0].length)) continue;
    text += loose.slice(done, match.index);
    done = match.index + match[0].length + Number(match[1]);
  }
  text += loose.slice(done);
  const at = text.lastIndexOf('\nxref\n') + 1;
  const table = text.slice(at).replaceAll(
    /^\d{10} (\d{5}) n/gm,
    (() => {
      let id = 0;
      return (_: string, generation: string) => {
        id += 1;
        const offset = text.indexOf(`\n${id} 0 obj\n`) + 1;
        return `${String(offset).padStart(10, '0')} ${generation} n`;
      };
    })(),
  );
  return Buffer.from(text.slice(0, at) + table.replace(/startxref\n\d+/, `startxref\n${at}`), 'latin1');
}

const isMark = (text: string, at: number, length: number): boolean =>
  text.startsWith('\nendstream', at + length);

test('a print is compared by what it says, not by how tightly it is packed', () => {
  const pdf = filesOf(pack.bytes).get('data/report.pdf')!;
  const other = repacked(pdf);
  expect(other.length).not.toBe(pdf.length);
  expect(isSamePrint(other, pdf)).toBe(true);
  const moved = Buffer.from(other.toString('latin1').replace('/Lang (en)', '/Lang (de)'), 'latin1');
  expect(moved.equals(other)).toBe(false);
  expect(isSamePrint(moved, pdf)).toBe(false);
  expect(isSamePrint(Buffer.concat([pdf, Buffer.from('1 0 obj\n')]), pdf)).toBe(false);
  const misled = other
    .toString('latin1')
    .replace(
      /^(\d{9})(\d)( \d{5} n)/m,
      (_, start, last, rest) => `${start}${(Number(last) + 1) % 10}${rest}`,
    );
  expect(isSamePrint(Buffer.from(misled, 'latin1'), pdf)).toBe(false);
});
