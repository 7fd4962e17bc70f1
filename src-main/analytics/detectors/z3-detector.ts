// Detector z3 over a history: every series (actor × action) against its own last four weeks.
import { severityOfScore } from '#shared/model/severity.ts';
import { formatInstant, microsecondsPerHour } from '#shared/time/instant.ts';
import type { Detector, Evidence, Explanation, Hit, Scope, TouchedHours } from '../detector.ts';
import { sentencesOfZ3 } from '../explain.ts';
import type { History } from '../history/history.ts';
import type { EventReference } from '../history/segment.ts';
import { hoursLocal } from '../local-time.ts';
import { citeHours } from './hours/cited-hours.ts';
import { nameRanks } from './hours/hit-order.ts';
import { hourBlocks } from './hours/hour-blocks.ts';
import { flagJudged, hourSpan, type HourSpan } from './hours/judged-hours.ts';
import { loudSeries } from './hours/loud-series.ts';
import { reachHours, scanHours, z3Method, type Judgement, type Tally } from './z3.ts';

export interface Judged extends Tally {
  readonly hits: Hit[];
}

/**
 * Hours of series whose count lies more than three standard deviations above the same series' own mean; definition and
 * arithmetic are those of `judgeHours`. It knows no time of day: it is the second tier behind `nb`, and the mode
 * to compare with systems that judge by a plain z-score.
 */
export const z3Detector: Detector = {
  id: z3Method.id,
  version: z3Method.version,
  title: 'Unusual count against the last four weeks',
  needs: [],
  reachDays: Math.ceil(reachHours / 24),
  run: (history, scope) => {
    const span = hourSpan(scope);
    if (span === null) return [];
    const { touched } = scope;
    if (touched === null) return judgeSome(history, scope, span, () => true).hits;
    // Who has no touched hour with enough events cannot be listed, and need not be counted.
    const loud = loudSeries(history.activity, z3Method.minimumCount, span, touched);
    return judgeSome(history, scope, span, (number) => loud.has(number)).hits;
  },
};

/** Judges all hours with events in the scope, or the touched ones, and says how many were still learning. */
export function judgeAll(history: History, scope: Scope): Judged {
  const span = hourSpan(scope);
  return span === null
    ? { hits: [], evaluated: 0, learning: 0 }
    : judgeSome(history, scope, span, () => true);
}

interface Flagged {
  /** Number of the series. */
  readonly group: number;
  readonly hour: number;
  readonly judgement: Judgement;
  readonly highest: number;
}

function judgeSome(
  history: History,
  scope: Scope,
  { fromHour, toHour }: HourSpan,
  isWanted: (series: number) => boolean,
): Judged {
  const { activity, actors, series } = history;
  const members = judgedSeries(history, scope, isWanted);
  const firstHours = Int32Array.from(members, (number) =>
    Math.floor(actors[series[number]!.actor]!.firstMicroseconds / microsecondsPerHour),
  );
  const flagged: Flagged[] = [];
  let evaluated = 0;
  let learning = 0;
  for (const { first, counts } of hourBlocks(
    activity,
    members,
    series.length,
    fromHour - reachHours,
    toHour,
  )) {
    const own = members.subarray(first, first + counts.offsets.length - 1);
    const isJudged = flagJudged(counts, scope, touchedGroups(scope, own));
    const tally = scanHours(
      counts,
      firstHours.subarray(first, first + own.length),
      isJudged,
      (group, _place, judgement, highest) =>
        flagged.push({ group: own[group]!, hour: judgement.hour, judgement, highest }),
    );
    evaluated += tally.evaluated;
    learning += tally.learning;
  }
  return { hits: describeAll(history, scope.zone, flagged), evaluated, learning };
}

/** Series with a named actor that can have an hour to judge, ascending. */
function judgedSeries(
  { actors, series }: History,
  { touched }: Scope,
  isWanted: (series: number) => boolean,
): Uint32Array {
  const members: number[] = [];
  for (const number of touched?.keys() ?? series.keys())
    if (isWanted(number) && actors[series[number]!.actor]!.actor !== '') members.push(number);
  return Uint32Array.from(members).toSorted();
}

function touchedGroups({ touched }: Scope, members: Uint32Array): TouchedHours | null {
  if (touched === null) return null;
  return new Map(Array.from(members, (number, group) => [group, touched.get(number)!]));
}

/** In the order of `byTimeAndName`. */
function describeAll(history: History, zone: string, flagged: readonly Flagged[]): Hit[] {
  const ranks = nameRanks(
    history,
    flagged.map(({ group }) => group),
  );
  const rankOf = Float64Array.from(flagged, ({ group }) => ranks.get(group)!);
  const hourOf = Float64Array.from(flagged, ({ hour }) => hour);
  const order = Uint32Array.from(flagged.keys()).toSorted(
    (a, b) => hourOf[a]! - hourOf[b]! || rankOf[a]! - rankOf[b]!,
  );
  const sorted = Array.from(order, (place) => flagged[place]!);
  const groupOf = Int32Array.from(history.series.keys());
  const events = citeHours(history, groupOf, groupOf.length, sorted);
  const words = wording(zone);
  return sorted.map((one, place) => describe(history, words, one, events[place]!));
}

/** Names of hours, each made once: hits by the thousand share a few thousand of them. */
interface Wording {
  readonly zone: string;
  readonly when: (hour: number) => string;
  readonly instant: (hour: number) => string;
}

function wording(zone: string): Wording {
  return {
    zone,
    when: once((hour) => hoursLocal(hour, zone)),
    instant: once((hour) => formatInstant(hour * microsecondsPerHour)),
  };
}

function once(make: (hour: number) => string): (hour: number) => string {
  const known = new Map<number, string>();
  return (hour) => {
    const text = known.get(hour) ?? make(hour);
    known.set(hour, text);
    return text;
  };
}

function describe(
  history: History,
  words: Wording,
  { group, judgement, highest }: Flagged,
  events: readonly EventReference[],
): Hit {
  const series = history.series[group]!;
  const { sourceAccount, actor, name } = history.actors[series.actor]!;
  const action = history.actions.valueOf(series.action);
  return {
    detector: z3Method.id,
    methodVersion: z3Method.version,
    sourceAccount,
    actor,
    entity: { kind: 'actor', value: actor },
    action,
    startMicroseconds: judgement.hour * microsecondsPerHour,
    endMicroseconds: (judgement.hour + 1) * microsecondsPerHour,
    count: judgement.count,
    score: judgement.z,
    threshold: z3Method.threshold,
    severity: severityOfScore(judgement.z),
    // Made when somebody reads them: tens of thousands of hits would take more memory than the events.
    get evidence() {
      return evidenceOf(judgement, highest, words);
    },
    get explanation() {
      return explanationOf(name ?? actor, action, judgement, highest, words);
    },
    events,
  };
}

function explanationOf(
  who: string,
  action: string,
  judgement: Judgement,
  highest: number,
  { zone, when }: Wording,
): Explanation {
  const told = sentencesOfZ3(who, action, judgement, highest, zone, when(judgement.hour));
  const { what, expected, unusual } = told;
  return { what, expected, unusual, ...always, confidence: confidenceOf(judgement) };
}

function evidenceOf(judgement: Judgement, highest: number, { instant }: Wording): Evidence {
  const { mean, sd, deviationUsed, n, activeHours, baselineStart, baselineEnd } = judgement;
  return {
    mean,
    sd,
    deviationUsed,
    sdFloorUsed: deviationUsed > sd,
    n,
    activeHours,
    highest,
    baselineStart: instant(baselineStart),
    baselineEnd: instant(baselineEnd),
    methodVersion: z3Method.version,
  };
}

function confidenceOf({ n, activeHours, deviationUsed, sd }: Judgement): string {
  const floor =
    deviationUsed > sd ? ' The deviation is a floor, so z is lower than it would otherwise be.' : '';
  return `The baseline has ${n} hours, ${activeHours} of them with events.${floor}`;
}

const { threshold, windowHours, gapHours, minimumCount, version } = z3Method;

/** What is said of every hit alike; the confidence is put into its place. */
const always: Omit<Explanation, 'what' | 'expected' | 'unusual'> = {
  comparedWith: 'The same action of the same actor, in all hours of day and week alike.',
  alsoSeen: null,
  confidence: null,
  method: `${version}: the baseline is the ${windowHours} hours that end ${gapHours} hours before this hour, cut at the actor’s first event; hours without events count as zeros; listed when z is above ${threshold} and there are at least ${minimumCount} events.`,
  wouldChange: `Fewer events in this hour, or a baseline busier or more uneven than this one, would bring z to ${threshold} or below.`,
};
