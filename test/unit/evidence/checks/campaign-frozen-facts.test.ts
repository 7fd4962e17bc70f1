// What the opening of a campaign says of its population is counted again, and compared with the campaign before.
import { describe, expect, test } from 'vitest';
import type { CampaignItem } from '../../../../src-shared/model/campaign.ts';
import type { CampaignOpenedPayload } from '../../../../src-shared/model/campaign-entries.ts';
import { itemFlags } from '../../../../src-shared/model/campaign.ts';
import { frozenFacts } from '../../../../src-main/evidence/checks/campaign-frozen-facts.ts';
import type { OpenedCampaign } from '../../../../src-main/evidence/parts/campaign-lines.ts';
import { makeDefinition, makeItem, openedWith } from '../../../support/campaign.ts';
import { ledgerWithReviewer } from '../../../support/workspace.ts';

const isNew = { flag: 'new', is: 'yes', because: 'the previous campaign does not hold it' } as const;
const items = [
  makeItem({ subject: 'eve', privileged: 'yes', rows: 2 }),
  makeItem({ subject: 'joe', entitlement: 'driver', privileged: 'unknown', flags: [isNew] }),
].toSorted((a, b) => (a.key < b.key ? -1 : 1));
const keyOf = (subject: string) => items.find((item) => item.subject === subject)!.key;
const before = new Set([keyOf('eve'), 'f'.repeat(32)]);

/** As it would be on record, but for the changes. */
function openedAs(changes: Partial<CampaignOpenedPayload>, ipe: Partial<CampaignOpenedPayload['ipe']> = {}) {
  const definition = makeDefinition();
  const record = openedWith(ledgerWithReviewer(), items, definition) as OpenedCampaign;
  const opened = {
    ...record.opened,
    previous: { campaign: 'B', sha256: 'b'.repeat(64) },
    difference: { added: 1, removed: 1, unchanged: 1 },
    flags: itemFlags.map((flag) => ({ flag, yes: flag === 'new' ? 1 : 0, unknown: 0 })),
    privileged: { yes: 1, unknown: 1 },
    withoutMeaning: 1,
    ...changes,
    ipe: {
      ...record.opened.ipe,
      rows: 3,
      countedRows: 3,
      minKey: items[0]!.key,
      maxKey: items[1]!.key,
      ...ipe,
    },
  };
  return { ...record, opened };
}

function faultIn(record: OpenedCampaign, keys: ReadonlySet<string> | null, rows: CampaignItem[] = items) {
  const facts = frozenFacts(record, keys);
  rows.forEach(facts.add);
  return facts.fault();
}

test('what was counted is as counted again, with the campaign before or without it', () => {
  expect(faultIn(openedAs({}), before)).toBeNull();
  expect(faultIn(openedAs({}), null)).toBeNull();
});

describe('is not', () => {
  test.each<[string, () => OpenedCampaign, string]>([
    ['rows', () => openedAs({}, { rows: 2 }), 'number of rows'],
    ['the first key', () => openedAs({}, { minKey: '0'.repeat(32) }), 'first or last key'],
    [
      'flags',
      () => openedAs({ flags: itemFlags.map((flag) => ({ flag, yes: 0, unknown: 0 })) }),
      'flagged items',
    ],
    ['privileged rights', () => openedAs({ privileged: { yes: 0, unknown: 1 } }), 'privileged rights'],
    ['meanings', () => openedAs({ withoutMeaning: 0 }), 'without a meaning'],
    ['the difference', () => openedAs({ difference: { added: 0, removed: 1, unchanged: 2 } }), 'difference'],
    ['no difference', () => openedAs({ difference: null }), 'difference'],
  ])('%s', (_, recordOf, said) => {
    expect(faultIn(recordOf(), before)).toContain(said);
  });

  test('an item that is said to be new and is not, or the other way round', () => {
    expect(
      faultIn(
        openedAs({ difference: { added: 0, removed: 0, unchanged: 2 } }),
        new Set(items.map(({ key }) => key)),
      ),
    ).toContain('difference');
    expect(faultIn(openedAs({ previous: null }), null)).toContain('difference');
  });
});
