// When a signature was made: by an independent timestamp, or else by what the pack claims about itself.
import { parseInstant } from '#shared/time/instant.ts';
import type { TimestampAnswer, TimestampJudge } from '../timestamp-judge.ts';
import type { ReadSignature } from './read-signatures.ts';

export type SigningTime = {
  readonly basis: 'timestamp' | 'claimed';
  /** Seconds since the epoch. A claimed time in the future is taken as now. */
  readonly at: number;
  /** The latest moment at which it may have been made; the same as `at` where one moment is known or claimed. */
  readonly until: number;
  /** Who vouches for the time; null when nobody does. */
  readonly authority: string | null;
};

export const wholeSeconds = (instant: string): number => Math.floor(parseInstant(instant) / 1_000_000);

/** The newest of some instants, in seconds since the epoch; null where there is none. */
export const newestOf = (instants: readonly string[]): number | null =>
  instants.reduce<number | null>((newest, one) => Math.max(newest ?? -Infinity, wholeSeconds(one)), null);

/** Without a judge a timestamp is no more than a file. */
export const noTimestampJudge: TimestampJudge = () => ({
  standing: 'unchecked',
  at: Number.NaN,
  authority: '',
});

export function answerAbout(judge: TimestampJudge, signature: ReadSignature): TimestampAnswer | null {
  const { timestamp, file } = signature;
  return timestamp === null ? null : judge({ token: timestamp, signature: file });
}

export type TimeQuestion = {
  readonly answer: TimestampAnswer | null;
  /** When the pack says it was made. */
  readonly claimedAt: string;
  /** The newest moment the pack holds, in seconds since the epoch; null where it is not known. */
  readonly newestAt: number | null;
  readonly now: string;
  /** Others sign later than the preparer, and without a sign-off the pack cannot say when. */
  readonly isPreparer: boolean;
};

/** A claim is taken for no earlier than what the pack holds: nobody signs what is not there yet. */
export function signingTime({ answer, claimedAt, newestAt, now, isPreparer }: TimeQuestion): SigningTime {
  if (answer?.standing === 'trusted') {
    return { basis: 'timestamp', at: answer.at, until: answer.at, authority: answer.authority };
  }
  const present = wholeSeconds(now);
  const at = Math.min(Math.max(wholeSeconds(claimedAt), newestAt ?? -Infinity), present);
  return { basis: 'claimed', at, until: isPreparer ? at : present, authority: null };
}
