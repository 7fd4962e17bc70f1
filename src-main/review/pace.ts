// How fast somebody decides while they look, from how long each item was in view. Unknown until there is something to tell.
import { leastForPace, type Pace } from '#shared/model/triage.ts';
import { isSamePerson } from './aliases.ts';
import type { LedgerState } from './projection.ts';

/** An item left open over lunch says nothing about how long it took. */
const longestLookMs = 5 * 60_000;
const mostLookedAt = 50;

/** How long each of the reviewer's latest decisions was in view, newest first: those made one by one, and not taken back. */
export function dwellTimesOf(
  state: Pick<LedgerState, 'decisionsById' | 'independence'>,
  reviewer: string,
): number[] {
  const times: number[] = [];
  // A map keeps the order in which entries came.
  for (const { payload, withdrawn, reviewer: by } of [...state.decisionsById.values()].toReversed()) {
    if (times.length === mostLookedAt) break;
    if (withdrawn || payload.batch !== null || payload.dwellMs === null) continue;
    if (isSamePerson(state.independence.identities, reviewer, by)) times.push(payload.dwellMs);
  }
  return times;
}

/** @param dwellMs in milliseconds, one a decision */
export function paceOf(dwellMs: readonly number[], remaining: number): Pace {
  const decisions = dwellMs.length;
  const inViewMs = dwellMs.reduce((sum, ms) => sum + Math.min(Math.max(ms, 0), longestLookMs), 0);
  const activeMinutes = decisions === 0 ? null : inViewMs / 60_000;
  const isKnown = decisions >= leastForPace && activeMinutes !== null && activeMinutes > 0;
  const perActiveMinute = isKnown ? decisions / activeMinutes : null;
  const remainingMinutes = perActiveMinute === null ? null : remaining / perActiveMinute;
  return {
    decisions,
    activeMinutes,
    perActiveMinute,
    remaining,
    remainingMinutes,
    sentence: inWords(decisions, perActiveMinute, remainingMinutes),
  };
}

function inWords(decisions: number, pace: number | null, remainingMinutes: number | null): string {
  if (pace === null || remainingMinutes === null)
    return `Too few decisions to tell a pace: ${decisions} of ${leastForPace}.`;
  const rate = pace >= 1 ? `${pace.toFixed(1)} a minute` : `one in ${(1 / pace).toFixed(1)} minutes`;
  return `About ${rate} over the last ${decisions} decisions; what is left takes about ${Math.ceil(remainingMinutes)} minutes of looking.`;
}
