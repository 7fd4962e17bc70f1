// Tells on which days people of a campaign decided, one by one or together with others.
import type { DecisionDay } from '#shared/model/campaign-indicators.ts';
import { microsecondsPerSlot } from '#shared/time/hour-of-week.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { localDaysOf } from '#shared/time/local-days.ts';
import { isSamePerson, type Identities } from '../aliases.ts';
import type { CampaignRecord } from './campaign-state.ts';

const decisionsAtOnce = 2_000;

type Days = Map<string, DecisionDay>;

/**
 * Answers for a person, under whatever id, the days of the campaign's zone on which they decided anything, oldest first; corrected
 * decisions count, too. All decisions are gone through once, in steps.
 */
export function* decisionDaysOf(
  { decisionsById, definition }: Pick<CampaignRecord, 'decisionsById' | 'definition'>,
  identities: Identities,
): Generator<undefined, (reviewer: string) => DecisionDay[]> {
  const dateOf = datesIn(definition.zone);
  const byId = new Map<string, Days>();
  let seen = 0;
  for (const { reviewer, decidedAt, batch } of decisionsById.values()) {
    seen += 1;
    if (seen % decisionsAtOnce === 0) yield undefined;
    const days = byId.get(reviewer) ?? new Map<string, DecisionDay>();
    byId.set(reviewer, days);
    addTo(days, { date: dateOf(decidedAt), alone: batch === null ? 1 : 0, together: batch === null ? 0 : 1 });
  }
  return (reviewer) => {
    const own: Days = new Map();
    for (const [id, days] of byId)
      if (isSamePerson(identities, id, reviewer)) for (const day of days.values()) addTo(own, day);
    return [...own.values()].toSorted((a, b) => (a.date < b.date ? -1 : 1));
  };
}

function addTo(days: Days, { date, alone, together }: DecisionDay): void {
  const known = days.get(date) ?? { date, alone: 0, together: 0 };
  days.set(date, { date, alone: known.alone + alone, together: known.together + together });
}

/** Local dates of instants, each quarter hour looked up once: no zone changes its date within one. */
function datesIn(zone: string): (at: string) => string {
  const { dateAt } = localDaysOf(zone);
  const known = new Map<number, string>();
  return (at) => {
    const slot = Math.floor(parseInstant(at) / microsecondsPerSlot);
    const date = known.get(slot) ?? dateAt(slot * microsecondsPerSlot);
    known.set(slot, date);
    return date;
  };
}
