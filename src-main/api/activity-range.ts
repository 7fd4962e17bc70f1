// The range and the zone that questions about activity are asked in.
import { Problem } from '#shared/model/problem.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { readTotals, type Range } from '../store/cache/activity.ts';
import { readHorizon } from '../store/cache/runs.ts';
import type { DatabaseHandle } from '../store/database.ts';
import type { Workstation } from '../workstation.ts';

/** @throws Problem `invalid-input` for a range that ends before it starts. */
export function readRange(input: { from?: string | undefined; to?: string | undefined }): Range {
  const range = {
    from: input.from === undefined ? null : parseInstant(input.from),
    to: input.to === undefined ? null : parseInstant(input.to),
  };
  if (range.from !== null && range.to !== null && range.from >= range.to) {
    throw new Problem('invalid-input', 'The range ends before it starts.', {
      next: 'Give a “to” later than the “from”.',
    });
  }
  return range;
}

/** After a replay nothing later than its as-of counts, even where the mirror already holds it. */
export function upToHorizon(cache: DatabaseHandle, range: Range): Range {
  const horizon = readHorizon(cache);
  if (horizon === null || (readTotals(cache).lastMicroseconds ?? horizon) <= horizon) return range;
  return { ...range, to: Math.min(range.to ?? Infinity, horizon + 1) };
}

export function zoneOf(workstation: Workstation): string {
  return workstation.ledger.state().connection?.zone ?? workstation.zone;
}
