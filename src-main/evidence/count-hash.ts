// The fingerprint of counts, where events were not copied: one hash over every quarter hour in which anything was done.
import { createHash } from 'node:crypto';
import { microsecondsPerSlot } from '#shared/time/hour-of-week.ts';
import { formatInstant, microsecondsPerDay } from '#shared/time/instant.ts';
import { slotsPerDay, type ActivityDay } from '../analytics/history/activity.ts';
import type { History } from '../analytics/history/history.ts';
import { canonicalJson } from './entry-hash.ts';

type Bound = { readonly at: string; readonly id: '' } | null;

export type CountHash = {
  readonly of: 'counts';
  /** Events, not lines. */
  readonly rows: number;
  readonly sha256: string;
  /** Begin of the first and of the last quarter hour. */
  readonly first: Bound;
  readonly last: Bound;
};

/** One line of the hash; `slot` is the quarter hour of the UTC day, 0–95. */
type Line = {
  readonly day: string;
  readonly account: string;
  readonly actor: string;
  readonly action: string;
  readonly slot: number;
  readonly count: number;
};

/**
 * SHA-256 over one canonical JSON line per (day, account, actor, action, slot), ascending in that order, texts by their code
 * units. Only quarter hours that ended by `until` (microseconds, inclusive; null is no limit).
 * @param breathe awaited before each day with the number of events done; throws to cancel.
 */
export async function hashCounts(
  history: History,
  until: number | null,
  breathe: (done: number) => Promise<void>,
): Promise<CountHash> {
  const hash = createHash('sha256');
  const endSlot = until === null ? Infinity : Math.floor((until + 1) / microsecondsPerSlot);
  let rows = 0;
  let firstSlot = Infinity;
  let lastSlot = -Infinity;
  for (const day of history.activity) {
    await breathe(rows);
    for (const line of linesOf(history, day, endSlot - day.day * slotsPerDay)) {
      hash.update(`${canonicalJson(line)}\n`, 'utf8');
      rows += line.count;
      firstSlot = Math.min(firstSlot, day.day * slotsPerDay + line.slot);
      lastSlot = Math.max(lastSlot, day.day * slotsPerDay + line.slot);
    }
  }
  const bound = (slot: number): Bound =>
    rows === 0 ? null : { at: formatInstant(slot * microsecondsPerSlot), id: '' };
  return { of: 'counts', rows, sha256: hash.digest('hex'), first: bound(firstSlot), last: bound(lastSlot) };
}

function linesOf(history: History, { day, series, slots, counts }: ActivityDay, end: number): Line[] {
  const date = formatInstant(day * microsecondsPerDay).slice(0, 10);
  const lines: Line[] = [];
  for (let cell = 0; cell < series.length; cell += 1) {
    if (slots[cell]! >= end) continue;
    const { actor: number, action } = history.series[series[cell]!]!;
    const { sourceAccount: account, actor } = history.actors[number]!;
    const names = { account, actor, action: history.actions.valueOf(action) };
    lines.push({ day: date, ...names, slot: slots[cell]!, count: counts[cell]! });
  }
  return lines.toSorted(inOrder);
}

function inOrder(a: Line, b: Line): number {
  return (
    compare(a.account, b.account) ||
    compare(a.actor, b.actor) ||
    compare(a.action, b.action) ||
    a.slot - b.slot
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
