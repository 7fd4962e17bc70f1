// The difference of two populations: read side by side in any pieces, equal to what sets say.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sha256Hex } from '../../../../src-main/evidence/digest.ts';
import { differencePage, sideBySide } from '../../../../src-main/review/campaigns/difference.ts';
import { itemLine } from '../../../../src-main/review/campaigns/item-line.ts';
import type { CampaignItem } from '../../../../src-shared/model/campaign.ts';
import { makeItem, openedWith } from '../../../support/campaign.ts';
import { ledgerWithReviewer, temporaryFolder } from '../../../support/workspace.ts';

const keys = fc
  .uniqueArray(fc.nat({ max: 30 }), { maxLength: 12 })
  .map((numbers) =>
    numbers
      .map((number) => ({ key: String(number).padStart(4, '0') }))
      .toSorted((a, b) => (a.key < b.key ? -1 : 1)),
  );

function inPieces<Item>(list: readonly Item[], size: number): Item[][] {
  const pieces: Item[][] = [];
  for (let start = 0; start < list.length; start += size) pieces.push(list.slice(start, start + size), []);
  return pieces;
}

describe('side by side', () => {
  test('gives every key once, in order, with what each side has', async () => {
    await fc.assert(
      fc.asyncProperty(keys, keys, fc.integer({ min: 1, max: 5 }), async (earlier, later, size) => {
        const pairs = [];
        for await (const pair of sideBySide(inPieces(earlier, size), inPieces(later, size + 1)))
          pairs.push(pair);
        const all = [...new Set([...earlier, ...later].map(({ key }) => key))].toSorted();
        expect(pairs).toEqual(
          all.map((key) => ({
            key,
            earlier: earlier.find((one) => one.key === key) ?? null,
            later: later.find((one) => one.key === key) ?? null,
          })),
        );
      }),
      { numRuns: 100 },
    );
  });
});

describe('a page of the difference', () => {
  const names = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => `user-${from + index}`);

  function scene() {
    const folder = temporaryFolder();
    const ledger = ledgerWithReviewer({ name: 'Olga', id: 'olga', email: null });
    const frozen = (items: readonly CampaignItem[]) => {
      const record = openedWith(ledger, items);
      const text = items
        .toSorted((a, b) => (a.key < b.key ? -1 : 1))
        .map(itemLine)
        .join('');
      Object.assign(record.opened!.ipe, { sha256: sha256Hex(text), items: items.length });
      mkdirSync(join(folder, 'campaigns', record.id), { recursive: true });
      const path = join(folder, 'campaigns', record.id, 'population.jsonl');
      writeFileSync(path, text);
      return { id: record.id, path };
    };
    const people = (list: readonly string[]) => list.map((subject) => makeItem({ subject }));
    return { folder, ledger, before: frozen(people(names(0, 30))), after: frozen(people(names(10, 45))) };
  }

  test('counts everything and pages by key', async () => {
    const { folder, ledger, before, after } = scene();
    const ask = { campaign: after.id, against: before.id, limit: 10 };
    const seen: [string, string][] = [];
    let next: string | null = '';
    while (next !== null) {
      const page = await differencePage(ledger.state(), folder, {
        ...ask,
        ...(next !== '' && { after: next }),
      });
      expect(page.counts).toEqual({ new: 15, removed: 10, unchanged: 20 });
      seen.push(...page.rows.map(({ kind, item }): [string, string] => [kind, item.subject]));
      next = page.nextAfter;
    }
    expect(seen).toHaveLength(25);
    expect(
      seen
        .filter(([kind]) => kind === 'new')
        .map(([, subject]) => subject)
        .toSorted(),
    ).toEqual(names(30, 45));
    expect(
      seen
        .filter(([kind]) => kind === 'removed')
        .map(([, subject]) => subject)
        .toSorted(),
    ).toEqual(names(0, 10).toSorted());
    const unchanged = await differencePage(ledger.state(), folder, {
      ...ask,
      limit: 100,
      kinds: ['unchanged'],
    });
    expect(unchanged.rows).toHaveLength(20);
  });

  test('is refused where there is nothing to compare with, or a population was changed', async () => {
    const { folder, ledger, before, after } = scene();
    await expect(differencePage(ledger.state(), folder, { campaign: after.id, limit: 10 })).rejects.toThrow(
      /without an earlier/,
    );
    writeFileSync(before.path, itemLine(makeItem({ subject: 'nobody' })));
    await expect(
      differencePage(ledger.state(), folder, { campaign: after.id, against: before.id, limit: 10 }),
    ).rejects.toMatchObject({ code: 'store-damaged' });
  });
});
