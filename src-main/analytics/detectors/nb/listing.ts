// Which of a day's judged hours are listed, and how each stands among the tests of its day.
import { TestFamily } from './benjamini-hochberg.ts';
import type { JudgedDay } from './day.ts';
import type { ListedHour } from './hits.ts';
import type { JudgedHour } from './hour.ts';
import type { NbParameters } from './parameters.ts';

type Leading = Omit<ListedHour, 'standing'>;

/** Hours whose more surprising test reaches the threshold, by time. */
export function listHours(
  { hours, wall }: JudgedDay,
  day: number,
  { threshold, falseDiscoveryRate }: NbParameters,
): ListedHour[] {
  const family = new TestFamily(falseDiscoveryRate);
  const byHour = Map.groupBy(hours.map(leadingTest), ({ judged }) => judged.hour);
  const listed: ListedHour[] = [];
  for (const hour of [...byHour.keys()].toSorted((a, b) => a - b)) {
    const tests = byHour.get(hour)!;
    family.add(tests.map(({ test }) => ofTwo(test.surprise)));
    const standingOf = family.standings(wall.members.length * (hour - day * 24 + 1));
    for (const leading of tests)
      if (leading.test.surprise >= threshold)
        listed.push({ ...leading, standing: standingOf(ofTwo(leading.test.surprise)) });
  }
  return listed;
}

/** The surprise of the better of two looks. */
function ofTwo(surprise: number): number {
  return Math.max(0, surprise - Math.log10(2));
}

/** Where both are equally surprising, the total is: it is the simpler thing to say. */
export function leadingTest(judged: JudgedHour): Leading {
  const { actor, whole, single } = judged;
  if (single !== null && (whole === null || single.test.surprise > whole.test.surprise)) {
    const { series, clock, test } = single;
    return { judged, subject: { unit: 'action', actor, series }, clock, test };
  }
  if (whole === null) throw new RangeError('A judged hour has at least one test.');
  return { judged, subject: { unit: 'actor', actor }, ...whole };
}
