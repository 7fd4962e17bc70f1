// Checks every daily review on record against the rules the program keeps when it records one: whose word it is, and that the day was over.
import { dailyReviewPayload } from '#shared/model/campaign-entries.ts';
import type { LedgerEntry } from '#shared/model/evidence.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { dateAfter, localDaysOf } from '#shared/time/local-days.ts';
import type { PeopleThen } from './campaign-act-checks.ts';
import { toleratedClockMicroseconds } from '../../review/campaigns/clock-difference.ts';
import { isZoneHere } from './campaign-opening-content.ts';
import { failCheck } from './check.ts';

/**
 * @returns whether it is of a time before its day was over by a clock of which nobody knew how far it was off
 * @throws CheckFailure `tampered`
 */
export function checkDailyReview({ reviewer }: Pick<PeopleThen, 'reviewer'>, entry: LedgerEntry): boolean {
  if (entry.type !== 'daily-review') return false;
  const { date, zone, sources, byName } = dailyReviewPayload.parse(entry.payload);
  const fault = (what: string) =>
    failCheck('tampered', `Daily review of ${date}: ledger entry ${entry.seq} ${what}.`);
  if (entry.actor !== reviewer?.id || byName !== reviewer.name)
    fault('is in the name of somebody who did not review in the workspace then');
  if (sources.some(({ openFindings }) => openFindings > 0)) fault('puts a day on record with open findings');
  if (!isZoneHere(zone)) return false;
  // The end of a day is told by the database; an entry says how far its clock was ahead of the workstation’s, where that was known.
  const over = localDaysOf(zone).startOf(dateAfter(date, 1)) - toleratedClockMicroseconds;
  const { wall_time: time, offset_ms: offsetMs } = entry;
  const isEarly = parseInstant(time) + (offsetMs ?? 0) * 1000 < over;
  if (isEarly && offsetMs !== null) fault('puts a day on record before it was over');
  return isEarly;
}
