// Checks what changed about the population: the items as of now are those of population.jsonl, and each change follows from both sides.
import { keyColumn } from '../column.ts';
import { canonicalJson } from '../entry-hash.ts';
import { keyOf } from '../key-index.ts';
import { itemRows } from '../pack-contents.ts';
import { changeOf, factsNow, hasPast, populationAfterPart } from '../parts/population-after-part.ts';
import { absentText } from './absent-part.ts';
import { failCheck } from './check.ts';
import { take, type Watcher } from './watcher.ts';

/** Keeps sixteen bytes an item. */
export function watchPopulationAfter(has: (name: string) => boolean): Watcher {
  const expected = keyColumn();
  const counts = { unchanged: 0, changed: 0, new: 0, removed: 0 };
  let items = 0;
  let lines = 0;
  const claimOf = (review: string, after: unknown): Buffer => keyOf(canonicalJson([review, after]));
  return {
    name: 'population-after',
    takes: [
      take(itemRows, ({ item }) => {
        if (!hasPast(item)) return;
        expected.set(items, claimOf(item.id, factsNow(item)));
        items += 1;
      }),
      take(populationAfterPart, (line, number) => {
        lines = number;
        if (number > items || !expected.equals(number - 1, claimOf(line.review, line.after)))
          failCheck('tampered', `population-after.jsonl, line ${number}, is not what population.jsonl says.`);
        if (line.change !== changeOf(line))
          failCheck('tampered', `population-after.jsonl, line ${number}, calls the change what it is not.`);
        counts[line.change] += 1;
      }),
    ],
    end: () => {
      if (!has(populationAfterPart.name)) return absentText(populationAfterPart.name);
      if (lines < items) failCheck('tampered', 'population-after.jsonl leaves out items of the population.');
      return `Since the review began: ${counts.new} items are new, ${counts.removed} are gone, ${counts.changed} changed, ${counts.unchanged} did not. Compared were tenant, event, action, actor and due time of each item, not who reviewed it there, when and with which note. What they were before is as the workstation mirrored it.`;
    },
  };
}
