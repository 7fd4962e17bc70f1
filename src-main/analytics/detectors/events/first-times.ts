// Improbable first times of a history, folded by actor and day, and by source account and day.
import { microsecondsPerDay } from '#shared/time/instant.ts';
import type { History } from '../../history/history.ts';
import type { FirstSeenParameters } from './first-seen-parameters.ts';
import { networkOf } from './network.ts';
import { noveltiesOf, type Novelty } from './novelty.ts';
import { sightingKinds, type SightingKind } from './sighting-values.ts';
import type { Sightings } from './sightings.ts';

export type Novelties = Readonly<Partial<Record<SightingKind, Novelty>>>;

export interface FirstTimes {
  /** Actor number, or account number. */
  readonly subject: number;
  readonly day: number;
  readonly novelties: Novelties;
}

type Fold = Omit<FirstTimes, 'novelties'> & { readonly novelties: Partial<Record<SightingKind, Novelty>> };

/** Per actor and day; an unattributed event is nobody's first time. */
export function firstTimesOfActors(
  history: History,
  sightings: Sightings,
  judged: ReadonlySet<number>,
  untilMicroseconds: number,
  parameters: FirstSeenParameters,
): FirstTimes[] {
  const isJudged = actorsToJudge(history, parameters);
  const folded = new Map<string, Fold>();
  for (const kind of sightingKinds) {
    const found = noveltiesOf(sightings.trails[kind], isJudged, judged, untilMicroseconds, parameters);
    for (const novelty of found) {
      const { subject, day } = novelty;
      const key = `${subject} ${day}`;
      const fold = folded.get(key) ?? { subject, day, novelties: {} };
      fold.novelties[kind] = novelty;
      folded.set(key, fold);
    }
  }
  return [...folded.values()]
    .map((first) => ({ ...first, novelties: withoutRepeats(first.novelties, sightings) }))
    .filter(({ novelties }) => Object.keys(novelties).length > 0);
}

/** An address in a network that is new itself says nothing more. */
function withoutRepeats(novelties: Novelties, { texts }: Sightings): Novelties {
  const { address, ...rest } = novelties;
  if (address === undefined) return novelties;
  const networks = new Set(rest.network?.values.map(({ value }) => texts.network.valueOf(value)));
  const values = address.values.filter(
    ({ value }) => !networks.has(networkOf(texts.address.valueOf(value)) ?? ''),
  );
  return values.length === 0 ? rest : { ...rest, address: { ...address, values } };
}

/** Per source account and day: actions that nobody had done before, unattributed events included. */
export function firstTimesOfAccounts(
  { trails }: Sightings,
  judged: ReadonlySet<number>,
  untilMicroseconds: number,
  parameters: FirstSeenParameters,
): Novelty[] {
  return noveltiesOf(trails.accountAction, () => true, judged, untilMicroseconds, {
    ...parameters,
    maximumValues: parameters.maximumAccountActions,
  });
}

/** Whoever has a name and was known for long enough by their last event. */
function actorsToJudge(
  { actors }: History,
  { minimumKnownDays }: FirstSeenParameters,
): (actor: number) => boolean {
  return (number) => {
    const { actor, firstMicroseconds, lastMicroseconds } = actors[number]!;
    const days =
      Math.floor(lastMicroseconds / microsecondsPerDay) - Math.floor(firstMicroseconds / microsecondsPerDay);
    return actor !== '' && days >= minimumKnownDays;
  };
}
