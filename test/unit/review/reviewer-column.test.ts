// Which ids a column can hold, by the type the catalog names.
import { describe, expect, test } from 'vitest';
import { canHold, unfitSentences } from '../../../src-main/review/reviewer-column.ts';
import type { SchemaFingerprint, TableShape } from '../../../src-main/source/schema-shape.ts';

const uuid = '7f1d3c52-7d64-4c11-9f3a-0d2c8e5b9a10';

test.each([
  ['uuid', uuid, true],
  ['uuid', 'rita', false],
  ['bigint', '42', true],
  ['bigint', 'rita', false],
  ['smallint', '40000', false],
  ['character varying(4)', 'rita', true],
  ['character varying(3)', 'rita', false],
  ['character varying', 'rita', true],
  ['text', 'rita', true],
  ['person_id', 'rita', true],
])('%s, %s', (type, id, fits) => {
  expect(canHold(type, id)).toBe(fits);
});

function table(column: string, update: boolean): TableShape {
  return {
    schema: 'public',
    name: 't',
    usage: true,
    columns: { [column]: { type: 'uuid', nullable: true, select: true, update } },
    reads: [],
    writes: [],
    privileges: [],
    rowSecurity: { enabled: false, forced: false, applies: false },
    policies: {},
  };
}
const tables = (reviews: boolean, anomalies: boolean): SchemaFingerprint => ({
  sha256: '',
  tables: {
    events: null,
    reviews: table('reviewer_id', reviews),
    anomalies: table('reviewed_by', anomalies),
  },
});

describe('the tables an id has to fit', () => {
  test('are those that this login may write', () => {
    expect(unfitSentences(tables(true, true), 'rita')).toHaveLength(2);
    expect(unfitSentences(tables(false, true), 'rita')).toEqual([
      expect.stringMatching(/table of anomalies.*reviewed_by/),
    ]);
    expect(unfitSentences(tables(false, false), 'rita')).toEqual([]);
    expect(unfitSentences(tables(true, true), uuid)).toEqual([]);
  });

  test('are none while nothing is known of them', () => {
    expect(unfitSentences(undefined, 'rita')).toEqual([]);
  });
});
