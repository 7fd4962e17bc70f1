// Detector first_seen: somebody does, from a network or to a kind of thing, what they never did before.
import type { Severity } from '#shared/model/severity.ts';
import { microsecondsPerDay, microsecondsPerHour } from '#shared/time/instant.ts';
import type { Detector, Hit, Scope } from '../detector.ts';
import type { History } from '../history/history.ts';
import { localCalendar } from '../local-calendar.ts';
import { classesOf } from './events/action-classes.ts';
import { actionClass } from './events/class-bits.ts';
import { firstSeenParameters, type FirstSeenParameters } from './events/first-seen-parameters.ts';
import { describeFirstSeen, type FirstSeenSummary, type NewValue } from './events/first-seen-story.ts';
import { accountsOf } from './events/accounts.ts';
import { firstTimesOfAccounts, firstTimesOfActors, type FirstTimes } from './events/first-times.ts';
import { inOrder, judgedDays, type JudgedDay } from './events/judged-days.ts';
import { newEvents, type NewEvents, type Wanted } from './events/new-things.ts';
import { sightingKinds, type SightingKind } from './events/sighting-values.ts';
import { sightingsOf, type Sightings } from './events/sightings.ts';
import { hourUses, type HourUse } from './events/usual-hours.ts';

/**
 * Listed, once per actor and UTC day with everything that was new: an action, a network (/24, /48), an address in a known network, or
 * a kind of resource this actor was never seen with before, when a first time of that kind is improbable for them: p = 1 − e^(−rate) < 0.05, the rate being new
 * values per active day, decayed by 0.95 a day ({@link noveltiesOf}). The actor must be known for 14 days, of which 7 active, and
 * have at most 60 values of the kind. Also once per source account and day, for actions nobody in it had done, unless
 * findings of the actors tell the same.
 * Low; medium when a new action is privileged, or network and action are both new; high when both are new outside the actor's usual
 * local hours (fewer than 1 % of at least 50 events of the 28 days before within an hour of it).
 * The start is the start of the UTC day and not the first event: an event that arrives late must not rename the finding.
 */
export function firstSeen(parameters: FirstSeenParameters = firstSeenParameters): Detector {
  return {
    id: 'first_seen',
    version: 'first_seen/1',
    title: 'Something new',
    needs: [],
    // All that is mirrored: what was seen once is known for ever.
    reachDays: 36_500,
    run: (history, scope) => inOrder(runDays(history, scope, judgedDays(scope), parameters)),
  };
}

export const firstSeenDetector: Detector = firstSeen();

function runDays(
  history: History,
  scope: Scope,
  days: readonly JudgedDay[],
  parameters: FirstSeenParameters,
): Hit[] {
  const sightings = sightingsOf(history, {
    values: parameters.maximumValues,
    accountActions: parameters.maximumAccountActions,
  });
  const judged = new Set(days.map(({ day }) => day));
  const until = scope.untilMicroseconds;
  const accounts = accountsOf(history);
  const byActor = firstTimesOfActors(history, sightings, judged, until, parameters);
  const byAccount = firstTimesOfAccounts(sightings, judged, until, parameters).map((novelty): FirstTimes => ({
    subject: novelty.subject,
    day: novelty.day,
    novelties: { action: novelty },
  }));
  const accountOf = (actor: number) => accounts.numberOf[actor]!;
  const ownNumber = (actor: number) => (history.actors[actor]!.actor === '' ? -1 : actor);
  const actorsOfDay = Map.groupBy(byActor, ({ day }) => day);
  const accountsOfDay = Map.groupBy(byAccount, ({ day }) => day);
  const judgement: Judgement = { history, scope, sightings, parameters };
  return days.flatMap((day) => {
    const newToAccounts = gather(judgement, day, accountOf, accountsOfDay.get(day.day) ?? []);
    const newToActors = gather(judgement, day, ownNumber, actorsOfDay.get(day.day) ?? []);
    const isNewToAccount = (actor: number, action: number) =>
      newToAccounts.some(
        ({ first }) =>
          first.subject === accounts.numberOf[actor] &&
          first.novelties.action!.values.some(({ value }) => value === action),
      );
    const told = actorHits(judgement, day, newToActors, isNewToAccount);
    return [...told, ...accountHits(judgement, newToAccounts, newToActors, accounts.names)];
  });
}

interface Judgement {
  readonly history: History;
  readonly scope: Scope;
  readonly sightings: Sightings;
  readonly parameters: FirstSeenParameters;
}

interface Gathered {
  readonly first: FirstTimes;
  readonly seen: NewEvents;
}

function gather(
  { history, sightings }: Judgement,
  day: JudgedDay,
  subjectOf: (actor: number) => number,
  firstTimes: readonly FirstTimes[],
): Gathered[] {
  if (firstTimes.length === 0) return [];
  const wanted = new Map<number, Wanted>(
    firstTimes.map(({ subject, novelties }) => [
      subject,
      Object.fromEntries(
        sightingKinds.map((kind) => [kind, new Set(novelties[kind]?.values.map(({ value }) => value))]),
      ),
    ]),
  );
  const events = newEvents(history, sightings.texts, day, subjectOf, wanted);
  return firstTimes.map((first) => ({ first, seen: events.get(first.subject)! }));
}

function actorHits(
  judgement: Judgement,
  { day }: JudgedDay,
  gathered: readonly Gathered[],
  isNewToAccount: (actor: number, action: number) => boolean,
): Hit[] {
  if (gathered.length === 0) return [];
  const { history, scope } = judgement;
  const asked = gathered.map(({ first }) => ({
    actor: first.subject,
    hour: Math.floor(firstTimeOf(first) / microsecondsPerHour),
  }));
  const uses = hourUses(history, day, asked, localCalendar(scope.zone, scope.holidays));
  return gathered.map((one, place) => {
    const number = one.first.subject;
    const { actor, sourceAccount } = history.actors[number]!;
    const newToAccount = (one.first.novelties.action?.values ?? [])
      .map(({ value }) => value)
      .filter((action) => isNewToAccount(number, action))
      .map((action) => history.actions.valueOf(action));
    return hitOf(judgement, one, {
      sourceAccount,
      actor,
      entity: { kind: 'actor', value: actor },
      hourUse: uses[place]!,
      newToAccount,
    });
  });
}

/** Without what the findings of all its actors already tell. */
function accountHits(
  judgement: Judgement,
  gathered: readonly Gathered[],
  newToActors: readonly Gathered[],
  names: readonly string[],
): Hit[] {
  const { history } = judgement;
  const toldBy = new Map(
    newToActors.map(({ first }) => [
      first.subject,
      new Set(first.novelties.action?.values.map(({ value }) => value)),
    ]),
  );
  return gathered
    .filter(({ first, seen }) =>
      [...seen.actors].some((actor) =>
        first.novelties.action!.values.some(({ value }) => !(toldBy.get(actor)?.has(value) ?? false)),
      ),
    )
    .map((one) => {
      const sourceAccount = names[one.first.subject]!;
      const actors = [...one.seen.actors];
      return hitOf(judgement, one, {
        sourceAccount,
        actor: actors.length === 1 ? history.actors[actors[0]!]!.actor : '',
        entity: { kind: 'account', value: sourceAccount },
        hourUse: null,
        newToAccount: [],
      });
    });
}

function firstTimeOf({ novelties }: FirstTimes): number {
  return Math.min(
    ...sightingKinds
      .flatMap((kind) => novelties[kind]?.values.slice(0, 1) ?? [])
      .map((one) => one.microseconds),
  );
}

type About = Pick<Hit, 'sourceAccount' | 'actor' | 'entity'> & {
  readonly hourUse: HourUse | null;
  readonly newToAccount: readonly string[];
};

function hitOf(judgement: Judgement, gathered: Gathered, about: About): Hit {
  const { scope, parameters } = judgement;
  const { first, seen } = gathered;
  const { sourceAccount, actor, entity } = about;
  const summary = summarise(judgement, gathered, about);
  const probabilities = sightingKinds.flatMap((kind) => first.novelties[kind]?.probability ?? []);
  return {
    sourceAccount,
    actor,
    entity,
    detector: 'first_seen',
    methodVersion: 'first_seen/1',
    action: '',
    startMicroseconds: first.day * microsecondsPerDay,
    endMicroseconds: seen.endMicroseconds,
    count: seen.count,
    score: 1 - Math.min(...probabilities),
    threshold: 1 - parameters.probability,
    severity: severityOf(summary),
    ...describeFirstSeen(summary, parameters, scope.zone),
    events: seen.events,
  };
}

function summarise(
  { history, scope, sightings }: Judgement,
  { first, seen }: Gathered,
  { entity, hourUse, newToAccount }: About,
): FirstSeenSummary {
  const valuesOf = (kind: SightingKind) =>
    (first.novelties[kind]?.values ?? []).map(({ value, microseconds }): NewValue => ({
      text: sightings.texts[kind].valueOf(value),
      microseconds,
      events: seen.counts[kind].get(value) ?? 0,
    }));
  const actions = valuesOf('action');
  const isLookedAt = (kind: SightingKind) =>
    kind === 'action' || history.fields.has(kind === 'resourceType' ? 'resourceType' : 'ip');
  return {
    entity,
    actors: [...seen.actors].map((actor) => history.actors[actor]!.actor).toSorted(),
    values: {
      action: actions,
      network: valuesOf('network'),
      address: valuesOf('address'),
      resourceType: valuesOf('resourceType'),
    },
    novelties: first.novelties,
    privileged: actions.map(({ text }) => text).filter((action) => isPrivileged(action, scope)),
    hourUse,
    newToAccount: newToAccount.toSorted(),
    firstMicroseconds: firstTimeOf(first),
    looksAt: entity.kind === 'actor' ? sightingKinds.filter(isLookedAt) : [],
  };
}

function isPrivileged(action: string, { privilegedActions }: Scope): boolean {
  const privileged = actionClass.privilegeChange | actionClass.auditChange;
  return privilegedActions.has(action) || (classesOf(action) & privileged) !== 0;
}

function severityOf({ values, privileged, hourUse }: FirstSeenSummary): Severity {
  const areBothNew = values.network.length > 0 && values.action.length > 0;
  if (areBothNew && hourUse?.isUnusual === true) return 'high';
  return areBothNew || privileged.length > 0 ? 'medium' : 'low';
}
