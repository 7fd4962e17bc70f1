// Which rows belong to which UTC day.
import { microsecondsPerDay } from '#shared/time/instant.ts';

/** Places of the rows of each day, ascending; days in the order in which they first occur. */
export function rowsByDay(microseconds: Float64Array): Map<number, Uint32Array> {
  const sizes = new Map<number, number>();
  const days = new Int32Array(microseconds.length);
  let last = { day: NaN, size: 0 };
  const leave = () => last.size > 0 && sizes.set(last.day, last.size);
  for (let row = 0; row < days.length; row += 1) {
    const day = Math.floor(microseconds[row]! / microsecondsPerDay);
    days[row] = day;
    if (day !== last.day) {
      leave();
      last = { day, size: sizes.get(day) ?? 0 };
      sizes.set(day, last.size);
    }
    last.size += 1;
  }
  leave();
  const found = new Map([...sizes].map(([day, size]) => [day, { rows: new Uint32Array(size), next: 0 }]));
  let own = found.get(NaN);
  let ownDay = NaN;
  for (let row = 0; row < days.length; row += 1) {
    if (days[row] !== ownDay) {
      ownDay = days[row]!;
      own = found.get(ownDay);
    }
    own!.rows[own!.next++] = row;
  }
  return new Map([...found].map(([day, { rows }]) => [day, rows]));
}
