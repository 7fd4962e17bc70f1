// What became of the population since the review began: the first items of each kind of change, and how many there are.
import { itemChanges, type PopulationAfterLine } from '../parts/population-after-part.ts';
import { firstOf, type Listed } from './collect-first.ts';

export type PopulationChanges = ReadonlyMap<PopulationAfterLine['change'], Listed<PopulationAfterLine>>;

/** @param limit of each kind; items that did not change are only counted. */
export function collectPopulationChanges(limit: number) {
  const lists = new Map(
    itemChanges.map((change) => [change, firstOf<PopulationAfterLine>(change === 'unchanged' ? 0 : limit)]),
  );
  return {
    add: (line: PopulationAfterLine): void => lists.get(line.change)?.add(line),
    changes: (): PopulationChanges => new Map([...lists].map(([change, list]) => [change, list.listed()])),
  };
}
