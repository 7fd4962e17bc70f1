// Finds what was done in campaigns at a time earlier than what the ledger has before it, where it names no clock that was set back.
import type { LedgerEntry } from '#shared/model/evidence.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { toleratedClockMicroseconds } from '../../review/campaigns/clock-difference.ts';

/** To be called with every entry, in ledger order. */
export function timesTurnedBack() {
  let newest = -Infinity;
  const found: number[] = [];
  return {
    add: ({ seq, type, wall_time: time }: LedgerEntry): void => {
      const at = parseInstant(time);
      if (type === 'clock-jump') newest = at;
      else if (at < newest - toleratedClockMicroseconds) {
        if (type === 'daily-review' || type.startsWith('campaign-')) found.push(seq);
      } else newest = Math.max(newest, at);
    },
    /** The numbers of such entries. */
    found: (): readonly number[] => found,
  };
}
