// The statement of a slice: its bounds, its fields, and no value that is not quoted.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CatalogTable } from '../../../../src-main/source/catalog.ts';
import { endWithoutHostMask } from '../../../../src-main/source/columns/row-layout.ts';
import { layoutOf, sliceQuery } from '../../../../src-main/source/columns/slice-query.ts';
import { presets } from '../../../../src-main/source/presets.ts';
import { cellQuery } from '../../../../src-main/source/pushdown/cell-query.ts';

const mapping = { ...presets[0]!, schema: 'public' };
const typed = (types: Record<string, string>): CatalogTable => ({
  oid: '1',
  schema: 'public',
  name: mapping.table,
  canUseSchema: true,
  columns: new Map(
    Object.entries(types).map(([name, baseType]) => [
      name,
      { name, type: baseType, baseType, maximumLength: null, canSelect: true, canUpdate: false },
    ]),
  ),
});
const table = typed({ id: 'uuid', created_at: 'timestamptz', ip_address: 'inet' });
const everything = { fromMicroseconds: null, untilMicroseconds: null };
const fields = ['sourceAccount', 'actor', 'ip', 'actorName', 'metadata', 'path'] as const;

describe('sliceQuery', () => {
  it('bounds the time once, within what can be placed', () => {
    const layout = layoutOf(mapping, table, null, fields);
    const bounds = (slice: typeof everything | { fromMicroseconds: number; untilMicroseconds: number }) =>
      [...sliceQuery(mapping, layout, null, slice).matchAll(/"created_at" [<>]= '([^']*)'/g)].map(
        (match) => match[1],
      );
    expect(bounds(everything)).toEqual(['1700-01-01T00:00:00.000Z', '2254-12-31T23:59:59.999999Z']);
    expect(bounds({ fromMicroseconds: 5, untilMicroseconds: 6 })).toEqual([
      '1970-01-01T00:00:00.000005Z',
      '1970-01-01T00:00:00.000006Z',
    ]);
    const beyond = { fromMicroseconds: Number.MIN_SAFE_INTEGER, untilMicroseconds: Number.MAX_SAFE_INTEGER };
    expect(bounds(beyond)).toEqual(bounds(everything));
  });

  it('asks for the fields in the order of the layout, once each, and not for those the mapping lacks', () => {
    const layout = layoutOf(mapping, table, null, [...fields, 'actor']);
    expect(layout).toMatchObject({ idKind: 'uuid', constants: new Map() });
    expect(layout.texts.map(({ field }) => field)).toEqual([
      'sourceAccount',
      'actor',
      'ip',
      'actorName',
      'metadata',
    ]);
    expect(layout.texts.filter(({ hasHostMask }) => hasHostMask).map(({ field }) => field)).toEqual(['ip']);
    expect(sliceQuery(mapping, layout, null, everything)).toMatch(
      /^SELECT "created_at", "id", "source_account_id"::text, "actor_user_id"::text, "ip_address"::text, "metadata" ->> 'actor_name'::text, "metadata"::text FROM "public"."np_auditlog_events" WHERE /,
    );
    expect(sliceQuery(mapping, layoutOf(mapping, typed({ id: 'int8' }), null, []), null, everything)).toMatch(
      /^SELECT "created_at", "id"::text FROM/,
    );
  });

  it('quotes whatever an account or a key is', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (account, key) => {
        const hostile = {
          ...mapping,
          columns: { ...mapping.columns, actorName: { column: 'metadata', jsonKey: key } },
        };
        const text = sliceQuery(hostile, layoutOf(hostile, table, account, fields), account, everything);
        const literals = [...text.matchAll(/( E)?'((?:[^']|'')*)'/g)].map(([, isEscaped, inner]) => {
          const single = inner!.replaceAll("''", "'");
          if (!isEscaped) expect(single).not.toContain('\\');
          return isEscaped ? single.replaceAll('\\\\', '\\') : single;
        });
        expect(literals[0]).toBe(key);
        expect(literals.at(-1)).toBe(account);
        expect(literals).toHaveLength(4);
      }),
    );
  });
});

describe('cellQuery', () => {
  it('groups by columns as they are, and by text only where equal is not the same', () => {
    const query = (types: Record<string, string>, loose: string[] = []) =>
      cellQuery(
        mapping,
        typed(types),
        layoutOf(mapping, table, null, ['sourceAccount', 'actor', 'action']),
        null,
        everything,
        new Set(loose),
      );
    expect(query({ created_at: 'timestamptz', actor_user_id: 'uuid' })).toMatch(
      /GROUP BY date_bin\('15 minutes'::interval, "created_at", '1970-01-01 00:00:00\+00'::timestamptz\), "source_account_id", "actor_user_id", "event_type"$/,
    );
    expect(query({ created_at: 'timestamp', actor_user_id: 'citext' }, ['event_type'])).toMatch(
      /::timestamp\), "source_account_id", "actor_user_id"::text, "event_type"::text COLLATE "C"$/,
    );
  });
});

describe('endWithoutHostMask', () => {
  it.each([
    ['10.0.0.1/32', '10.0.0.1'],
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['10.0.0.0/3', '10.0.0.0/3'],
    ['10.0.0.0/12', '10.0.0.0/12'],
    ['::1/128', '::1'],
    ['fe80::/32', 'fe80::/32'],
    ['::ffff:10.0.0.1/128', '::ffff:10.0.0.1'],
    ['10.0.0.1', '10.0.0.1'],
    ['', ''],
  ])('%s is read as %s', (text, expected) => {
    const bytes = Buffer.from(`1/32${text}/32`);
    const end = endWithoutHostMask(bytes, 4, 4 + text.length);
    expect(bytes.toString('latin1', 4, end)).toBe(expected);
  });
});
