// What is said about the source: shares of a refresh, spans, a mapping while it is drafted, and the columns of durations.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationColumns } from '../../../../src-renderer/charts/duration-columns.ts';
import { sectionAt as settingsSectionAt } from '../../../../src-renderer/screens/settings/section-names.ts';
import { briefWords } from '../../../../src-renderer/screens/sources/brief-words.ts';
import {
  columnChoices,
  draftInForce,
  fileOf,
  isSameMapping,
  readText,
  textOf,
  withField,
} from '../../../../src-renderer/screens/sources/mapping-draft.ts';
import { sectionAt } from '../../../../src-renderer/screens/sources/section-names.ts';
import { stageShares } from '../../../../src-renderer/screens/sources/stage-shares.ts';
import { mappedFields, mappingFile } from '../../../../src-shared/model/connection.ts';
import type { RememberedSource } from '../../../../src-shared/model/source-health.ts';

describe('a refresh', () => {
  const stage = (step: string, ms: number) => ({ step, ms, done: 1, unit: 'events' });

  it('divides into its stages, and into what lies between them where that is noticeable', () => {
    const shares = stageShares([stage('Reading', 300), stage('Judging', 500)], 1000);
    expect(shares.map(({ step, percent }) => [step, percent])).toEqual([
      ['Reading', 30],
      ['Judging', 50],
      [null, 20],
    ]);
    expect(stageShares([stage('Reading', 990)], 1000)).toHaveLength(1);
    expect(stageShares([], 0)).toEqual([]);
  });

  it('never adds up to more or less than all of it', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10_000), { minLength: 1 }), fc.nat(100_000), (times, total) => {
        fc.pre(total >= 2000);
        const sum = stageShares(
          times.map((ms) => stage('x', ms)),
          total,
        ).reduce((all, { percent }) => all + percent, 0);
        expect(sum).toBeGreaterThan(98.9);
        expect(sum).toBeLessThan(100.1);
      }),
    );
  });

  it.each([
    [0, '0 ms'],
    [999, '999 ms'],
    [999.6, '1 s'],
    [3410, '3.4 s'],
    [59_960, '59 s'],
    [125_000, '2 min 5 s'],
  ])('that took %d ms took %s', (milliseconds, words) => {
    expect(briefWords(milliseconds)).toBe(words);
  });
});

describe('the columns of durations', () => {
  const size = { width: 400, height: 100 };

  it('stand on the ground, side by side, the longest the highest, and none is invisible', () => {
    const times = [0, 1500, 3000];
    const { columns, ticks } = durationColumns(times, size, 10);
    for (const { x, y, width, height } of columns) {
      expect(y + height).toBeCloseTo(size.height);
      expect(height).toBeGreaterThanOrEqual(1);
      expect(x + width).toBeLessThanOrEqual(size.width);
    }
    expect(columns[2]!.height).toBeCloseTo(2 * columns[1]!.height);
    expect(columns[0]!.x + columns[0]!.width).toBeLessThan(columns[1]!.x);
    expect(ticks.map(({ milliseconds }) => milliseconds % 1000)).toEqual(ticks.map(() => 0));
  });

  it('measures in whole units of what is said: milliseconds, seconds, minutes', () => {
    const last = (times: number[]) => durationColumns(times, size, 4).ticks.at(-1)!.milliseconds;
    expect(last([90])).toBeLessThan(1000);
    expect(last([5 * 60_000]) % 60_000).toBe(0);
  });
});

const source = {
  schema: 'public',
  table: 'trail',
  preset: 'naap',
  mapping: [
    { field: 'id', reference: { column: 'key' }, type: 'uuid' },
    { field: 'ip', reference: { column: 'details', jsonKey: 'ip' }, type: 'jsonb' },
  ],
} as unknown as RememberedSource;

describe('a mapping while it is drafted', () => {
  it('begins with the one in force, and goes through JSON and back unchanged', () => {
    const draft = draftInForce(source);
    expect(fileOf(draft)).toEqual({
      schema: 'public',
      table: 'trail',
      columns: { id: { column: 'key' }, ip: { column: 'details', jsonKey: 'ip' } },
    });
    const field = fc.constantFrom(...mappedFields);
    const reference = fc.record({ column: fc.string({ minLength: 1 }), jsonKey: fc.string() });
    fc.assert(
      fc.property(fc.dictionary(field, reference, { noNullPrototype: true }), (columns) => {
        const drafted = { schema: 'log', table: 'trail', columns };
        const read = readText(textOf(drafted));
        expect(typeof read).toBe('object');
        expect(isSameMapping(read as typeof drafted, drafted)).toBe(true);
        expect(mappingFile.safeParse(fileOf(drafted)).success).toBe(true);
      }),
    );
  });

  it('is another one as soon as a column is, and none without a table', () => {
    const draft = draftInForce(source);
    const changed = withField(draft, 'ip', { jsonKey: '' });
    expect(isSameMapping(changed, draft)).toBe(false);
    expect(fileOf(withField(draft, 'ip', { column: '', jsonKey: '' }))?.columns).not.toHaveProperty('ip');
    expect(fileOf({ ...draft, table: ' ' })).toBeNull();
    expect(fileOf({ ...draft, schema: '' })?.schema).toBe('public');
  });

  it('says what is wrong with a text', () => {
    expect(readText('{')).toMatch(/^This is not JSON/);
    expect(readText('{"table": "t"}')).toMatch(/^This is not a mapping: columns/);
    expect(readText('{"table": "t", "columns": {"surname": "x"}}')).toMatch(/surname/);
  });

  it('offers the columns that fit first, and never drops what is drafted', () => {
    const columns = [
      { name: 'a', type: 'text', canSelect: true, fits: ['actor' as const] },
      { name: 'b', type: 'jsonb', canSelect: true, fits: [] },
      { name: 'c', type: 'text', canSelect: false, fits: ['actor' as const] },
    ];
    expect(columnChoices(columns, 'actor', 'a')).toEqual({ fitting: ['a', 'b'], others: ['c'] });
    expect(columnChoices(columns, 'actor', 'gone').others).toEqual(['c', 'gone']);
    expect(columnChoices([], 'actor', '').others).toEqual([]);
  });
});

describe('an address', () => {
  it('leads to the section it names, and otherwise to the first', () => {
    expect(sectionAt('refreshes')).toBe('refreshes');
    expect(sectionAt('')).toBe('state');
    expect(settingsSectionAt('detection')).toBe('detection');
    expect(settingsSectionAt('constructor')).toBe('reviewer');
  });
});
