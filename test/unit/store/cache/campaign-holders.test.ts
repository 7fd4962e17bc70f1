// Who holds the same right in a frozen population, against sets counted beside it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readFirstHolders, readHolders } from '../../../../src-main/store/cache/campaign-holders.ts';
import { itemIndexWriter } from '../../../../src-main/store/cache/campaign-items.ts';
import { eraseCampaignItems } from '../../../../src-main/store/erasure/erase-campaign-items.ts';
import { makeItem } from '../../../support/campaign.ts';
import { openCache } from '../../../support/workspace.ts';

const subjects = Array.from({ length: 60 }, (_, n) => `person-${n}`);
const rights = ['reader', 'writer', 'admin', 'näherin', ''];
const held = fc.record({
  subject: fc.constantFrom(...subjects),
  subjectType: fc.constantFrom('user', 'service', null),
  entitlement: fc.constantFrom(...rights),
  resource: fc.constantFrom('crm', 'billing', null),
});

const inBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

test('counts and names are those of the items, however they are spread', () => {
  const cache = openCache();
  let campaign = 0;
  fc.assert(
    fc.property(fc.array(held, { minLength: 1, maxLength: 300 }), (drawn) => {
      campaign += 1;
      const items = [
        ...new Map(
          drawn
            .map((one) => makeItem({ ...one, subjectName: `Name of ${one.subject}` }))
            .map((item) => [item.key, item]),
        ).values(),
      ];
      const writer = itemIndexWriter(cache, `campaign-${campaign}`, `hash-${campaign}`);
      writer.add(items.map((item) => ({ item, offset: 0, bytes: 1 })));
      const steps = [...writer.tally()];
      expect(steps.length).toBeGreaterThan(0);
      const index = writer.finish();
      for (const item of items) {
        const alike = items.filter(({ subjectType }) => subjectType === item.subjectType);
        const holders = new Set(
          alike.filter(({ entitlement }) => entitlement === item.entitlement).map(({ subject }) => subject),
        );
        expect(readHolders(cache, index, item)).toEqual({
          subjects: new Set(alike.map(({ subject }) => subject)).size,
          holders: holders.size,
        });
        expect(readFirstHolders(cache, index, item, 11)).toEqual(
          [...holders]
            .toSorted(inBytes)
            .slice(0, 11)
            .map((subject) => ({ subject, subjectName: `Name of ${subject}` })),
        );
      }
    }),
    { numRuns: 25 },
  );
});

test('an index that is made anew, or given up, leaves nobody behind', () => {
  const cache = openCache();
  const write = (name: string, subject: string) => {
    const writer = itemIndexWriter(cache, name, subject);
    writer.add([{ item: makeItem({ subject }), offset: 0, bytes: 1 }]);
    for (const _ of writer.tally());
    return writer;
  };
  write('c', 'eve').finish();
  write('c', 'frank').finish();
  write('c', 'greta').abandon();
  const left = cache.prepare('SELECT DISTINCT subject FROM campaign_first_holder').pluck().all();
  expect(left).toEqual(['frank']);
});

test('whoever is erased is named beside nobody', () => {
  const cache = openCache();
  const writer = itemIndexWriter(cache, 'c', 'hash');
  const items = ['eve', 'frank'].map((subject) => makeItem({ subject, subjectName: `Name of ${subject}` }));
  writer.add(items.map((item) => ({ item, offset: 0, bytes: 1 })));
  for (const _ of writer.tally());
  const index = writer.finish();
  eraseCampaignItems(cache, { actor: 'eve', pseudonym: 'erased-1' });
  expect(readFirstHolders(cache, index, items[1]!, 10)).toEqual([
    { subject: 'erased-1', subjectName: null },
    { subject: 'frank', subjectName: 'Name of frank' },
  ]);
});
