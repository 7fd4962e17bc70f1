// What is frozen of a row: canonical JSON, times as instants, and flags that say what they looked at.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { campaignItem } from '../../../../src-shared/model/campaign.ts';
import { canonicalJson } from '../../../../src-main/evidence/entry-hash.ts';
import type { FlagScene } from '../../../../src-main/review/campaigns/flag-rules.ts';
import { itemKey } from '../../../../src-main/review/campaigns/item-digest.ts';
import { itemLine, itemOf, momentOf } from '../../../../src-main/review/campaigns/item-line.ts';
import { readRow, type PopulationRow } from '../../../../src-main/source/population-rows.ts';

const row = (changes: Partial<PopulationRow> = {}): PopulationRow => ({
  key: itemKey('eve', 'reader', null),
  subject: 'eve',
  entitlement: 'reader',
  resource: null,
  subjectName: null,
  subjectType: 'user',
  manager: null,
  owner: null,
  privileged: 'no',
  active: 'yes',
  grantedAt: null,
  lastUsedAt: '2026-11-01 10:00:00+00',
  usesInPeriod: null,
  rows: 1,
  peers: 100,
  holders: 50,
  ...changes,
});
const scene = (changes: Partial<FlagScene> = {}): FlagScene => ({
  frozenAtMicroseconds: Date.parse('2026-11-16T00:00:00Z') * 1000,
  dormantDays: 90,
  rowsAre: 'rights',
  lastEventOf: () => null,
  findingsOf: () => 0,
  inPrevious: true,
  ...changes,
});
const flags = (changes: Partial<PopulationRow>, more: Partial<FlagScene> = {}) =>
  Object.fromEntries(itemOf(row(changes), scene(more)).flags.map(({ flag, is }) => [flag, is]));

const text = fc.string({ unit: 'grapheme' });
const anyRow = fc
  .record({
    subject: text,
    entitlement: text,
    resource: fc.option(text),
    subjectName: fc.option(text),
    subjectType: fc.option(text),
    manager: fc.option(text),
    owner: fc.option(text),
    privileged: fc.constantFrom('yes' as const, 'no' as const, 'unknown' as const),
    active: fc.constantFrom('yes' as const, 'no' as const, 'unknown' as const),
    grantedAt: fc.option(text),
    lastUsedAt: fc.option(fc.oneof(text, fc.constant('2026-03-02 01:02:03.4+00'))),
    rows: fc.integer({ min: 1, max: 9 }),
    holders: fc.nat(20),
    peers: fc.nat(100),
  })
  .map((made) => row({ ...made, key: itemKey(made.subject, made.entitlement, made.resource) }));

test('a line is the canonical JSON of an item that fits the model', () => {
  fc.assert(
    fc.property(anyRow, fc.constantFrom(null, true, false), (made, inPrevious) => {
      const item = itemOf(made, scene({ inPrevious, findingsOf: () => null }));
      const line = itemLine(item);
      expect(line).toBe(`${canonicalJson(item)}\n`);
      expect(campaignItem.parse(JSON.parse(line))).toEqual(item);
    }),
    { numRuns: 300 },
  );
});

test('rows of COPY say what was written into them', () => {
  const escape = (cell: string | null) =>
    cell === null
      ? '\\N'
      : cell.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  fc.assert(
    fc.property(
      fc.array(fc.option(fc.string({ unit: 'binary' })), { minLength: 4, maxLength: 4 }),
      (cells) => {
        const [subject, entitlement, resource, manager] = cells.map(
          (cell) => cell?.replaceAll('\0', '') ?? null,
        );
        const line = [
          'k',
          subject!,
          entitlement!,
          resource!,
          null,
          null,
          manager!,
          null,
          'y',
          null,
          null,
          null,
          '7',
          '2',
          '3',
          '9',
        ]
          .map((cell) => escape(cell ?? null))
          .join('\t');
        expect(readRow(line)).toMatchObject({
          subject: subject ?? '',
          entitlement: entitlement ?? '',
          resource,
          manager,
          privileged: 'yes',
          active: 'unknown',
          usesInPeriod: 7,
          rows: 2,
          holders: 3,
          peers: 9,
        });
      },
    ),
  );
  expect(() => readRow('too\tfew')).toThrow(/did not ask for/);
});

describe('times', () => {
  test.each([
    ['2026-03-02 01:02:03+00', '2026-03-02T01:02:03.000Z'],
    ['2026-03-31 01:02:03+00', '2026-03-31T01:02:03.000Z'],
    ['2026-03-02 01:02:03.4567+00', '2026-03-02T01:02:03.456700Z'],
    ['2026-03-02 01:02:03', '2026-03-02T01:02:03.000Z'],
    ['2026-03-02', '2026-03-02T00:00:00.000Z'],
    ['2026-03-02T03:02:03+02:00', '2026-03-02T01:02:03.000Z'],
  ])('%s', (written, instant) => expect(momentOf(written)?.text).toBe(instant));
  test.each(['infinity', '2026-02-31 00:00:00+00', '', 'yesterday'])('“%s” is none', (written) => {
    expect(momentOf(written)).toBeNull();
    expect(itemOf(row({ lastUsedAt: written }), scene()).lastUsedAt).toBe(written);
  });
});

describe('flags', () => {
  test('are none where every rule came to no', () => expect(flags({})).toEqual({}));
  test('duplicate: for rights, not for events', () => {
    expect(flags({ rows: 2 })).toEqual({ duplicate: 'yes' });
    expect(flags({ rows: 2 }, { rowsAre: 'events' })).toEqual({});
  });
  test('orphaned: ended, nobody, or not known', () => {
    expect(flags({ active: 'no' })).toEqual({ orphaned: 'yes' });
    expect(flags({ subject: '' })).toMatchObject({ orphaned: 'yes' });
    expect(flags({ active: 'unknown' })).toEqual({ orphaned: 'unknown' });
  });
  test('dormant: from the limit on, by the source, else by the mirror, else not known', () => {
    const before = (days: number) =>
      new Date(Date.parse('2026-11-16T00:00:00Z') - days * 86_400_000).toISOString();
    expect(flags({ lastUsedAt: before(89) })).toEqual({});
    expect(flags({ lastUsedAt: before(90) })).toEqual({ dormant: 'yes' });
    expect(flags({ lastUsedAt: null })).toEqual({ dormant: 'unknown' });
    expect(flags({ lastUsedAt: null }, { lastEventOf: () => Date.parse(before(100)) * 1000 })).toEqual({
      dormant: 'yes',
    });
    expect(flags({ lastUsedAt: null }, { lastEventOf: () => Date.parse(before(1)) * 1000 })).toEqual({});
  });
  test('shared and service: by type, by name where there is none', () => {
    expect(flags({ subjectType: 'Service' })).toEqual({ service: 'yes' });
    expect(flags({ subjectType: 'shared' })).toEqual({ shared: 'yes' });
    expect(flags({ subjectType: null })).toEqual({ shared: 'unknown', service: 'unknown' });
    expect(flags({ subjectType: null, subject: 'svc-backup' })).toEqual({
      shared: 'unknown',
      service: 'yes',
    });
    expect(flags({ subjectType: 'user', subject: 'root' })).toEqual({});
  });
  test('peers: rare among enough of them, unknown among too few', () => {
    expect(flags({ peers: 100, holders: 5 })).toEqual({ 'peer-outlier': 'yes' });
    expect(flags({ peers: 100, holders: 6 })).toEqual({});
    expect(flags({ peers: 9, holders: 1 })).toEqual({ 'peer-outlier': 'unknown' });
  });
  test('privileged, new and findings: what is not known is said to be', () => {
    expect(flags({ privileged: 'unknown' }, { inPrevious: null, findingsOf: () => null })).toEqual({
      privileged: 'unknown',
      new: 'unknown',
      'has-findings': 'unknown',
    });
    expect(flags({ privileged: 'yes' }, { inPrevious: false, findingsOf: () => 2 })).toEqual({
      privileged: 'yes',
      new: 'yes',
      'has-findings': 'yes',
    });
  });
});
