// Improbable first times of a history, folded by actor and day, and by source account and day.
import { microsecondsPerDay } from '#shared/time/instant.ts';
import type { History } from '../../history/history.ts';
import type { FirstSeenParameters } from './first-seen-parameters.ts';
import { networkOf } from './network.ts';
import { noveltiesOf, type Novelty } from './novelty.ts';
import { PairSet } from './pair-set.ts';
import { sightingKinds, type Sighted, type SightingKind, type Sightings } from './sightings.ts';

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
  const subjectOf = actorsToJudge(history, sightings, judged, parameters);
  const folded = new Map<string, Fold>();
  for (const kind of sightingKinds) {
    const sighted = sightedBy(sightings, kind);
    const span = sightings.texts[kind].size;
    const found = noveltiesOf(
      sighted,
      withNews(sighted, subjectOf, span, judged),
      history.actors.length,
      span,
      judged,
      untilMicroseconds,
      parameters,
    );
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
  sightings: Sightings,
  accounts: { readonly numberOf: Int32Array; readonly names: readonly string[] },
  judged: ReadonlySet<number>,
  untilMicroseconds: number,
  parameters: FirstSeenParameters,
): Novelty[] {
  return noveltiesOf(
    sightedBy(sightings, 'action'),
    accounts.numberOf,
    accounts.names.length,
    sightings.texts.action.size,
    judged,
    untilMicroseconds,
    { ...parameters, maximumValues: parameters.maximumAccountActions },
  );
}

export function accountsOf({ actors }: History): { numberOf: Int32Array; names: string[] } {
  const known = new Map<string, number>();
  const numberOf = Int32Array.from(actors, ({ sourceAccount }) => {
    const number = known.get(sourceAccount) ?? known.size;
    known.set(sourceAccount, number);
    return number;
  });
  return { numberOf, names: [...known.keys()] };
}

function sightedBy({ segments }: Sightings, kind: SightingKind): Sighted[] {
  return segments.map((segment) => segment[kind]).filter((sighted) => sighted !== null);
}

/** Actors seen on a judged day who were known for long enough by their last event; −1 for all others. */
function actorsToJudge(
  { actors }: History,
  sightings: Sightings,
  judged: ReadonlySet<number>,
  { minimumKnownDays }: FirstSeenParameters,
): Int32Array {
  const isSeen = new Uint8Array(actors.length);
  for (const sighted of sightedBy(sightings, 'action'))
    forDays(sighted, judged, (at) => {
      isSeen[sighted.actors[at]!] = 1;
    });
  return Int32Array.from(actors, ({ actor, firstMicroseconds, lastMicroseconds }, number) => {
    const days =
      Math.floor(lastMicroseconds / microsecondsPerDay) - Math.floor(firstMicroseconds / microsecondsPerDay);
    return isSeen[number] === 1 && actor !== '' && days >= minimumKnownDays ? number : -1;
  });
}

function forDays(sighted: Sighted, days: ReadonlySet<number>, visit: (at: number) => void): void {
  const { first } = sighted;
  if (first.length === 0) return;
  const lastDay = Math.floor(first[first.length - 1]! / microsecondsPerDay);
  const isTouched = [...days].some((day) => day <= lastDay && (day + 1) * microsecondsPerDay > first[0]!);
  if (!isTouched) return;
  for (let at = 0; at < first.length; at += 1)
    if (days.has(Math.floor(first[at]! / microsecondsPerDay))) visit(at);
}

/** Beyond so many judged days nearly everybody has something new. */
const fewDays = 7;

/**
 * Leaves out the actors without anything new: all they were seen with on the judged days was seen before the first of these.
 * It spares the rest of the work for nearly everybody when a day or two are judged, and changes no finding.
 */
function withNews(
  sighted: readonly Sighted[],
  subjectOf: Int32Array,
  span: number,
  judged: ReadonlySet<number>,
): Int32Array {
  if (judged.size > fewDays) return subjectOf;
  const asked = new PairSet(span);
  const unseen = new Uint32Array(subjectOf.length);
  for (const one of sighted)
    forDays(one, judged, (at) => {
      const actor = one.actors[at]!;
      if (subjectOf[actor]! >= 0 && asked.add(actor, one.values[at]!)) unseen[actor]! += 1;
    });
  const begin = [...judged].reduce((least, day) => Math.min(least, day), Infinity) * microsecondsPerDay;
  const seen = new PairSet(span);
  for (const { actors, values, first } of sighted) {
    for (let at = 0; at < first.length && first[at]! < begin; at += 1) {
      const [actor, value] = [actors[at]!, values[at]!];
      if (unseen[actor] !== 0 && asked.has(actor, value) && seen.add(actor, value)) unseen[actor]! -= 1;
    }
  }
  return subjectOf.map((subject, actor) => (unseen[actor] === 0 ? -1 : subject));
}
