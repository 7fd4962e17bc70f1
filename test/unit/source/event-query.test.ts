// The SQL for reading events: names quoted, every value a parameter.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accountQuery,
  dayCountQuery,
  pageQuery,
  populationQuery,
} from '../../../src-main/source/event-query.ts';
import { quoteIdentifier, quoteTable } from '../../../src-main/source/identifier.ts';
import { presets } from '../../../src-main/source/presets.ts';

const mapping = { ...presets[0]!, schema: 'public' };
const scope = { sourceAccount: 'primary', fromMicroseconds: 5_000_000, untilMicroseconds: 9_000_001 };
const after = { createdAtMicroseconds: 7_000_000, id: 'e7' };

describe('event queries', () => {
  it('number their parameters without a gap', () => {
    const queries = [
      pageQuery(mapping, scope, after, 100),
      pageQuery(mapping, { sourceAccount: null, untilMicroseconds: null }, null, 100),
      populationQuery(mapping, scope),
      dayCountQuery(mapping, scope),
      accountQuery(mapping, 'primary'),
    ];
    for (const { text, values } of queries) {
      const used = [...text.matchAll(/\$(\d+)/g)].map((match) => Number(match[1]));
      expect(used).toEqual(values.map((_, index) => index + 1));
    }
  });

  it('put the plain bound beside the row comparison, at the later of the two positions', () => {
    const { text, values } = pageQuery(mapping, scope, after, 100);
    expect(text).toMatch(/"created_at" >= \$2\n/);
    expect(text).toMatch(/\("created_at", "id"::text COLLATE "C"\) > \(\$4, \$5\)/);
    expect(values.slice(0, 6)).toEqual([
      'actor_name',
      '1970-01-01T00:00:07.000Z',
      '1970-01-01T00:00:09.000001Z',
      '1970-01-01T00:00:07.000Z',
      'e7',
      'primary',
    ]);
    expect(text).not.toMatch(/OFFSET/i);
  });

  it('never let a value into the text', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z'"$;\\-]{12,}$/),
        fc.stringMatching(/^[a-z'"$;\\-]{12,}$/),
        (account, id) => {
          const { text } = pageQuery(mapping, { ...scope, sourceAccount: account }, { ...after, id }, 1);
          expect(text).not.toContain(account);
          expect(text).not.toContain(id);
        },
      ),
    );
  });

  it('give events of a table without accounts the account that was chosen', () => {
    const { sourceAccount: _account, ...columns } = mapping.columns;
    const without = { ...mapping, columns };
    expect(populationQuery(without, scope).values[0]).toBe('primary');
    expect(populationQuery(without, { ...scope, sourceAccount: null }).values[0]).toBe('primary');
    expect(populationQuery(without, { ...scope, sourceAccount: 'b' }).text).not.toMatch(/source_account_id/);
  });
});

describe('quoteIdentifier', () => {
  it('keeps any name one name', () => {
    expect(quoteIdentifier('a"; DROP TABLE x; --')).toBe('"a""; DROP TABLE x; --"');
    expect(quoteTable({ schema: 's', name: 't' })).toBe('"s"."t"');
    fc.assert(
      fc.property(fc.string(), (name) => {
        const inner = quoteIdentifier(name).slice(1, -1);
        expect(inner.replaceAll('""', '')).not.toContain('"');
        expect(inner.replaceAll('""', '"')).toBe(name);
      }),
    );
  });
});
