// Several processes that index one campaign at the same time, in any order of their steps, over one file.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  findItemIndex,
  itemIndexWriter,
  itemPages,
} from '../../../../src-main/store/cache/campaign-items.ts';
import type { DatabaseHandle } from '../../../../src-main/store/database.ts';
import { makeItem } from '../../../support/campaign.ts';
import { openCache, temporaryFolder } from '../../../support/workspace.ts';

const items = Array.from({ length: 6 }, (_, n) => makeItem({ subject: `person-${n}` }));
const inKeyOrder = items.map(({ key }) => key).toSorted();

/** Indexes all items a piece at a time, and gives up or finishes. */
function* indexing(database: DatabaseHandle, name: string, isGivenUp: boolean): Generator<void, void> {
  const writer = itemIndexWriter(database, name, 'hash');
  for (const item of items) {
    yield;
    writer.add([{ item, offset: 0, bytes: 1 }]);
  }
  yield;
  if (isGivenUp) {
    writer.abandon();
    return;
  }
  for (const _ of writer.tally()) yield;
  expect(writer.finish()).toBe(findItemIndex(database, name, 'hash'));
}

const keysOf = (database: DatabaseHandle, index: number): string[] =>
  [...itemPages(database, index, {}, { after: '', limit: 100 })].flat().map(({ key }) => key);

test('the index that is found holds every item once, whoever else made one meanwhile or gave up', () => {
  const folder = temporaryFolder();
  const [first, second] = [openCache(folder), openCache(folder)];
  let campaign = 0;
  fc.assert(
    fc.property(
      fc.array(fc.boolean(), { minLength: 2, maxLength: 4 }),
      fc.array(fc.nat({ max: 3 }), { maxLength: 40 }),
      (givenUp, order) => {
        campaign += 1;
        const name = `campaign-${campaign}`;
        const makers = givenUp.map((isGivenUp, n) => indexing(n % 2 === 0 ? first : second, name, isGivenUp));
        for (const turn of order) makers[turn % makers.length]!.next();
        for (const maker of makers) for (const _ of maker);
        const found = findItemIndex(first, name, 'hash');
        expect(found === null).toBe(givenUp.every(Boolean));
        if (found !== null) expect(keysOf(second, found)).toEqual(inKeyOrder);
      },
    ),
    { numRuns: 60 },
  );
  const numbers = (sql: string) => first.prepare(sql).pluck().all();
  expect(numbers('SELECT DISTINCT index_id FROM campaign_item ORDER BY index_id')).toEqual(
    numbers('SELECT id FROM campaign_index ORDER BY id'),
  );
});
