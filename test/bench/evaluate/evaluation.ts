// The whole evaluation: every detector once, then judged alone and together.
import { allDetectors } from '../../../src-main/analytics/all-detectors.ts';
import type { Detector } from '../../../src-main/analytics/detector.ts';
import type { History } from '../../../src-main/analytics/history/history.ts';
import { defaultPrivilegedActions } from '../../../src-main/review/privileged-actions.ts';
import type { PresetSettings } from '../../../src-main/analytics/rules/declared-rule.ts';
import { presetGaps } from '../../../src-main/analytics/rules/preset-detectors.ts';
import { privilegedActions } from '../../../src-main/analytics/sigma/privileged-events.ts';
import type { SigmaRule } from '../../../src-main/analytics/sigma/rule.ts';
import type { EventSet } from './event-set.ts';
import type { Incident, Label } from './incidents.ts';
import { privilegedQueue } from './privileged-queue.ts';
import { runDetectors, wholeScope, type DetectorRun } from './run-detectors.ts';
import { scoreOf, type Score } from './score.ts';
import { detectorRows, kindRows, labelRows, severityRows, totalsOf, type Period } from './tables.ts';

export interface EvaluationInput {
  readonly set: EventSet;
  readonly incidents: readonly Incident[];
  readonly labels: readonly Label[];
  readonly zone: string;
  /** Rules that raise findings, and those that say what is privileged. */
  readonly rules?: readonly SigmaRule[];
  /** Also the rules of the published systems. */
  readonly presets?: PresetSettings | null;
  /** Instead of all there are. */
  readonly detectors?: readonly Detector[];
  readonly nowMs: () => number;
}

export type Evaluation = ReturnType<typeof evaluate>;

export function evaluate({ set, incidents, labels, zone, nowMs, ...input }: EvaluationInput) {
  const { history } = set;
  const { rules = [], presets = null } = input;
  const privileged = new Set([
    ...defaultPrivilegedActions,
    ...privilegedActions(rules, history.actions.values),
  ]);
  const scope = wholeScope(history, { zone, privilegedActions: privileged, holidays: new Set() });
  const detectors = input.detectors ?? allDetectors({ rules, presets });
  const runs = runDetectors(detectors, history, scope, nowMs);
  const queue = privilegedQueue(history, privileged, rules);
  const truth = { incidents, labels, queue };
  const scoreFor = (isMeant: (run: DetectorRun) => boolean) =>
    scoreOf(
      runs.filter(isMeant).flatMap(({ listed }) => listed),
      truth,
    );
  const scores: Record<'z3' | 'nb' | 'builtIn' | 'all', Score> = {
    z3: scoreFor(({ detector }) => detector === 'z3'),
    nb: scoreFor(({ detector }) => detector === 'nb'),
    builtIn: scoreFor(({ detector }) => !isRule(detector)),
    all: scoreFor(() => true),
  };
  const period = periodOf(history);
  const gaps = presets === null ? [] : presetGaps(presets);
  const ran = runs.filter(({ state }) => state === 'ran').map(({ detector }) => detector);
  return {
    zone,
    period,
    events: set.events,
    actors: history.actors.filter(({ actor }) => actor !== '').length,
    queue: queue.size,
    strangers: strangersOf(history, incidents, labels),
    runs,
    gaps,
    scores,
    totals: {
      z3: totalsOf(scores.z3, period),
      nb: totalsOf(scores.nb, period),
      builtIn: totalsOf(scores.builtIn, period),
      all: totalsOf(scores.all, period),
    },
    detectors: detectorRows(scores.all, ran, labels, period),
    severities: severityRows(scores.all),
    kinds: kindRows(scores),
    labels: labelRows(labels, scores.all, queue),
  };
}

/** Rules are named after their collection: “sigma:secrets-read”, “insider.off_hours”. */
function isRule(detector: string): boolean {
  return /[:.]/.test(detector);
}

function periodOf(history: History): Period {
  const actorOf = history.series.map(({ actor }) => actor);
  const isNamed = history.actors.map(({ actor }) => actor !== '');
  const actorDays = history.activity.reduce((sum, { series }) => {
    const acting = new Set<number>();
    for (const number of series) if (isNamed[actorOf[number]!]) acting.add(actorOf[number]!);
    return sum + acting.size;
  }, 0);
  return { days: history.activity.length, actorDays };
}

/** What the truth speaks of and the events do not hold: labels and incidents of another set, or skipped lines. */
function strangersOf(history: History, incidents: readonly Incident[], labels: readonly Label[]) {
  const ids = new Set<string>();
  for (const segment of history.segments)
    for (let index = 0; index < segment.length; index += 1) ids.add(segment.idAt(index));
  return {
    labels: labels.filter(({ id }) => !ids.has(id)).length,
    incidentEvents: incidents.flatMap(({ eventIds }) => eventIds).filter((id) => !ids.has(id)).length,
  };
}
