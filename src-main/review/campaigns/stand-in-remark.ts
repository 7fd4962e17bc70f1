// What is said of a decision by file whose maker stood in for somebody, where the delegation was long over when the file was written.
import { formatInstant, parseInstant } from '#shared/time/instant.ts';
import { isSamePerson, type Identities } from '../aliases.ts';
import type { CampaignRecord } from './campaign-state.ts';
import type { PossibleTimes } from './possible-times.ts';

const microsecondsPerDay = 86_400_000_000;

/** Whoever decides on the last day may well hand back some days later. */
export const usualDelayDays = 7;

type StandInScene = {
  readonly record: Pick<CampaignRecord, 'delegations'>;
  readonly identities: Identities;
  /** Who signed the file. */
  readonly reviewer: string;
  readonly possible: Pick<PossibleTimes, 'writtenAt'>;
};

type Remark = (decision: { readonly decidedAt: string }, ofRecord: string) => string | null;

/**
 * The time of a decision is by the clock of the computer it was made on, which its owner can set: a decision from within a
 * delegation, in a file from long after it, is possible and worth a question.
 */
export function standInRemark({ record, identities, reviewer, possible }: StandInScene): Remark {
  const ends = new Map<string, number | null>();
  const endFor = (ofRecord: string): number | null => {
    const known = ends.get(ofRecord);
    if (known !== undefined) return known;
    const spans = record.delegations.filter(
      ({ from, to }) => isSamePerson(identities, from, ofRecord) && isSamePerson(identities, to, reviewer),
    );
    const end = spans.length === 0 ? null : Math.max(...spans.map(({ validTo }) => parseInstant(validTo)));
    ends.set(ofRecord, end);
    return end;
  };
  return ({ decidedAt }, ofRecord) => {
    if (isSamePerson(identities, ofRecord, reviewer)) return null;
    const end = endFor(ofRecord);
    if (end === null || possible.writtenAt - end <= usualDelayDays * microsecondsPerDay) return null;
    const days = Math.floor((possible.writtenAt - end) / microsecondsPerDay);
    return `It was made in place of somebody else, by the reviewer’s own clock on ${decidedAt}; the delegation ended on ${formatInstant(end)}, ${days} days before the file was written. Ask when it was made.`;
  };
}
