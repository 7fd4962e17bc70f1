// Entitlements without a meaning: counted exactly as a plain count would, and a reason not to open.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mostUnexplainedCounted } from '../../../../src-shared/model/campaign-entries.ts';
import { meaningTally, requireMeanings } from '../../../../src-main/review/campaigns/meanings.ts';
import { makeDefinition } from '../../../support/campaign.ts';

const names = fc.constantFrom('reader', 'admin', 'toString', 'constructor', '', 'ödd “name”');

test('counts items and different entitlements; those of most items are named first', () => {
  fc.assert(
    fc.property(fc.array(names, { maxLength: 60 }), fc.uniqueArray(names), (items, explained) => {
      const meanings = Object.fromEntries(explained.map((name) => [name, 'Says what it is.']));
      const tally = meaningTally(makeDefinition({ meanings }));
      items.forEach((item) => tally.take(item));
      const left = items.filter((item) => !explained.includes(item));
      const count = (name: string) => left.filter((item) => item === name).length;
      const expected = [...new Set(left)].toSorted((a, b) => count(b) - count(a) || (a < b ? -1 : 1));
      expect(tally.items()).toBe(left.length);
      expect(tally.unexplained()?.named ?? []).toEqual(expected);
      expect(tally.unexplained()?.entitlements ?? 0).toBe(expected.length);
    }),
    { numRuns: 60 },
  );
});

test('a column of free texts does not fill the memory; the sentence says “at least”', () => {
  const tally = meaningTally(makeDefinition());
  for (let n = 0; n < mostUnexplainedCounted + 500; n += 1) tally.take(`text ${n}`);
  expect(tally.items()).toBe(mostUnexplainedCounted + 500);
  expect(tally.unexplained()).toMatchObject({ entitlements: mostUnexplainedCounted });
  expect(tally.unexplained()?.named).toHaveLength(20);
  expect(() => requireMeanings(tally.unexplained(), undefined)).toThrow(
    /at least 10000 entitlements .* and at least 9980 more\) have no meaning/i,
  );
});

test('nothing is asked where all is explained, and a reason of blanks is none', () => {
  expect(requireMeanings(null, 'not needed')).toEqual({});
  const found = { entitlements: 1, named: ['admin'] };
  expect(() => requireMeanings(found, ' \n')).toThrow(/One entitlement .*“admin”.* has no meaning/);
  expect(requireMeanings(found, ' known ')).toEqual({ withoutMeanings: { ...found, reason: 'known' } });
});
