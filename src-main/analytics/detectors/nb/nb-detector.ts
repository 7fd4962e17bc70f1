// Detector nb: hours in which an actor, or one action of it, was busier than that hour of its week ever makes likely.
import type { Detector, Hit, Scope, TouchedHours } from '../../detector.ts';
import type { History } from '../../history/history.ts';
import { citeHours } from '../hours/cited-hours.ts';
import { byTimeAndName } from '../hours/hit-order.ts';
import { hourSpan } from '../hours/judged-hours.ts';
import type { Judged } from '../z3-detector.ts';
import { anyHour, judgeDay } from './day.ts';
import type { Subject } from './evidence.ts';
import { actionsIn, hitOf, hourKey, nbMethod, type UncitedHit } from './hits.ts';
import { listHours } from './listing.ts';
import { nbParameters, type NbParameters } from './parameters.ts';
import { readPast, type IsConfirmed, type Past } from './past.ts';

/**
 * The default order of findings. Each hour of an actor is tested twice: the total over all actions, and each single action
 * that was repeated, with allowance for how many actions the actor has. In simulation (200 actors, bursts and leave weeks and
 * uneven actions) totals alone found 0.93 of the bursts and all clusters outside of working hours, but 0.3 of the cases where
 * a rare action hid among everyday ones; single actions alone found nearly all of those, but 0.2 of the bursts; both
 * together find all kinds at 16 alarms a day where z3 raises 125. One hour of an actor is one hit: the more surprising
 * of the two, which names the action when it is a single one.
 *
 * The tests of a UTC day up to the end of the hour are one family for the label of Benjamini and Hochberg: every hour of every
 * actor past its cold start, whether anything happened or not. Later hours do not count, so that a hit does not
 * change by what comes after it; its probability is doubled there, because the hour was looked at twice.
 * @param isConfirmed hours that teach nothing, because what happened in them was confirmed; null for none.
 */
export function nb(
  parameters: NbParameters = nbParameters,
  isConfirmed: IsConfirmed | null = null,
): Detector {
  return {
    id: nbMethod.id,
    version: nbMethod.version,
    title: 'Unusual count for this hour of the week',
    needs: [],
    reachDays: parameters.windowDays + 2,
    run: (history, scope) => judgeAll(history, scope, parameters, isConfirmed).hits,
  };
}

export const nbDetector: Detector = nb();

/**
 * Judges the hours of actors in the scope. Where only some were touched, their whole days are judged again, because tests
 * of a day are compared with each other; only touched hours are returned and counted.
 */
export function judgeAll(
  history: History,
  scope: Scope,
  parameters: NbParameters = nbParameters,
  isConfirmed: IsConfirmed | null = null,
): Judged {
  const span = hourSpan(scope);
  if (span === null) return { hits: [], evaluated: 0, learning: 0 };
  const past = readPast(history, scope, span, parameters, isConfirmed);
  const isAsked = askedHours(history, scope.touched);
  const found: Found[] = [];
  let evaluated = 0;
  let learning = 0;
  const days = new Set(scope.days);
  for (const cells of history.activity) {
    if (!days.has(cells.day) || cells.day * 24 >= span.toHour) continue;
    const judged = judgeDay(past, cells, span.toHour, isAsked, parameters);
    evaluated += judged.evaluated;
    learning += judged.learning;
    const listed = listHours(judged, cells.day, parameters).filter((own) =>
      isAsked(own.judged.actor, own.judged.hour),
    );
    const keyOf = ({ judged: { actor, hour } }: (typeof listed)[number]) => hourKey(actor, hour);
    const done = actionsIn(past, cells, new Set(listed.map(keyOf)));
    for (const own of listed) {
      const actions = done.get(keyOf(own)) ?? [];
      const hit = hitOf(past, judged, own, actions, scope.zone, parameters);
      found.push({ hit, subject: own.subject, hour: own.judged.hour });
    }
  }
  return { hits: cite(past, found).toSorted(byTimeAndName), evaluated, learning };
}

interface Found {
  readonly hit: UncitedHit;
  readonly subject: Subject;
  readonly hour: number;
}

function cite({ history, actorOf }: Past, found: readonly Found[]): Hit[] {
  const whole = found.filter(({ subject }) => subject.unit === 'actor');
  const single = found.filter(({ subject }) => subject.unit === 'action');
  const seriesOf = new Int32Array(single.length === 0 ? 0 : history.series.length);
  for (let series = 0; series < seriesOf.length; series += 1) seriesOf[series] = series;
  const groupOf = ({ subject }: Found) => (subject.unit === 'actor' ? subject.actor : subject.series);
  const cited = (own: readonly Found[]) => own.map((one) => ({ group: groupOf(one), hour: one.hour }));
  const ofActors = citeHours(history, actorOf, history.actors.length, cited(whole));
  const ofActions = citeHours(history, seriesOf, history.series.length, cited(single));
  return [
    ...whole.map(({ hit }, place) => ({ ...hit, events: ofActors[place]! })),
    ...single.map(({ hit }, place) => ({ ...hit, events: ofActions[place]! })),
  ];
}

type Asked = (actor: number, hour: number) => boolean;

/** Hours of actors that a scope asks about. */
function askedHours({ series }: History, touched: TouchedHours | null): Asked {
  if (touched === null) return anyHour;
  const byActor = new Map<number, Set<number>>();
  for (const [number, hours] of touched) {
    const { actor } = series[number]!;
    const own = byActor.get(actor) ?? new Set<number>();
    for (const hour of hours) own.add(hour);
    byActor.set(actor, own);
  }
  return (actor, hour) => byActor.get(actor)?.has(hour) ?? false;
}
