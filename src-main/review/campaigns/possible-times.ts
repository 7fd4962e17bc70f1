// When decisions of a file can have been made: a claimed time proves little, but one that cannot be true proves that something is wrong.
import type { DecisionsStatement } from '#shared/model/campaign-files.ts';
import { parseInstant } from '#shared/time/instant.ts';
import type { CampaignRecord } from './campaign-state.ts';
import { toleratedClockMicroseconds } from './clock-difference.ts';

/** Microseconds since the epoch, both ends included. */
export type PossibleTimes = {
  readonly from: number;
  readonly to: number;
  /** When the file says it was written. */
  readonly writtenAt: number;
};

/** From the opening of the campaign to the writing of the file, as far as clocks agree. */
export function possibleTimes(
  { opened }: Pick<CampaignRecord, 'opened'>,
  { madeAt }: Pick<DecisionsStatement, 'madeAt'>,
): PossibleTimes {
  const from = opened === null ? 0 : parseInstant(opened.at) - toleratedClockMicroseconds;
  const writtenAt = parseInstant(madeAt);
  return { from, to: writtenAt + toleratedClockMicroseconds, writtenAt };
}

/** Why a decision cannot be from when it is said to be, in a sentence; null where it can. */
export function faultInTime({ from, to }: PossibleTimes, decidedAt: string): string | null {
  const at = parseInstant(decidedAt);
  if (at < from)
    return 'It is said to be from before the population was frozen, when there was nothing to decide yet.';
  if (at > to) return 'It is said to be from after the file was written that holds it.';
  return null;
}
