// Tells bulk deletions and exports: the evidence, and the sentences made of it.
import { formatInstant } from '#shared/time/instant.ts';
import type { Evidence, Explanation } from '../../detector.ts';
import type { MassParameters } from './mass-parameters.ts';
import type { Routine } from './routine.ts';
import { counted, digits, hourOf, listed, named, wholeUnits } from './wording.ts';

export interface MassSummary {
  readonly actor: string;
  readonly deletions: number;
  readonly exports: number;
  /** Most frequent first. */
  readonly actions: readonly { readonly name: string; readonly count: number }[];
  /** Distinct resources; null when no event names one. */
  readonly resources: number | null;
  /** Events in the busiest window, and when that began. */
  readonly busiest: number;
  readonly busiestMicroseconds: number;
  readonly firstMicroseconds: number;
  readonly lastMicroseconds: number;
  readonly routine: Routine;
  readonly isRoutine: boolean;
}

const listedActions = 20;

export function describeMass(
  summary: MassSummary,
  parameters: MassParameters,
  zone: string,
): { readonly evidence: Evidence; readonly explanation: Explanation } {
  const { value, unit } = wholeUnits(summary.lastMicroseconds - summary.firstMicroseconds);
  const highest = summary.routine.earlier.reduce((most, { peak }) => Math.max(most, peak), 0);
  const busiestHour = hourOf(summary.busiestMicroseconds, zone);
  const evidence = {
    events: summary.deletions + summary.exports,
    deletions: summary.deletions,
    exports: summary.exports,
    distinctActions: summary.actions.length,
    actions: summary.actions.slice(0, listedActions).map(({ name, count }) => ({ name, count })),
    distinctResources: summary.resources,
    busiestWindow: summary.busiest,
    busiestWindowAt: formatInstant(summary.busiestMicroseconds),
    busiestHour,
    firstAt: formatInstant(summary.firstMicroseconds),
    lastAt: formatInstant(summary.lastMicroseconds),
    lasted: `${value} ${unit}s`,
    isRoutine: summary.isRoutine,
    earlierDays: summary.routine.earlier.map(({ daysBefore, peak }) => ({ daysBefore, peak })),
    earlierDaysWithAny: summary.routine.earlier.length,
    earlierDaysReached: summary.routine.reached,
    highestEarlier: highest,
    parameters: { ...parameters },
  };
  return {
    evidence,
    explanation: {
      what: `${whatSentence(summary)}, within ${counted(value, unit)}; the busiest ${parameters.windowMinutes} minutes, with ${digits(summary.busiest)}, began ${busiestHour}.`,
      expected: expectedSentence(summary, highest, parameters),
      unusual: `The busiest ${parameters.windowMinutes} minutes had ${digits(summary.busiest)}; from ${parameters.count} on it is listed.`,
      comparedWith: routineSentence(summary, parameters),
      alsoSeen: resourceSentence(summary),
      confidence: null,
      ...rule(parameters),
    },
  };
}

function rule(parameters: MassParameters): Pick<Explanation, 'method' | 'wouldChange'> {
  return {
    method: `mass/1: at least ${parameters.count} deletions and exports of one actor within ${parameters.windowMinutes} minutes, refused ones left out; ${parameters.quietMinutes} quiet minutes end an episode; compared with the ${parameters.routineDays} days before at the same local hour ±${parameters.routineHours}.`,
    wouldChange: `It would not be listed with fewer than ${parameters.count} within ${parameters.windowMinutes} minutes, and is of low severity when at least ${parameters.routineNights} earlier days had as many at this hour.`,
  };
}

function whatSentence({ actor, deletions, exports, actions }: MassSummary): string {
  const parts = [
    ...(deletions > 0 ? [counted(deletions, 'deletion')] : []),
    ...(exports > 0 ? [counted(exports, 'export')] : []),
  ];
  return `${parts.join(' and ')} by ${named(actor)} (${listed(actions.map(({ name }) => named(name)))})`;
}

function expectedSentence({ routine }: MassSummary, highest: number, parameters: MassParameters): string {
  const days = `${parameters.routineDays} days before`;
  if (routine.earlier.length === 0) return `None at this time of day in the ${days}.`;
  return `Any at this time of day on ${digits(routine.earlier.length)} of the ${days}; the busiest ${parameters.windowMinutes} minutes then had ${digits(highest)}.`;
}

function routineSentence({ isRoutine, routine }: MassSummary, parameters: MassParameters): string | null {
  if (!isRoutine) return null;
  return `${digits(routine.reached)} of the ${parameters.routineDays} days before had as many or more at this hour: this looks like routine, and is listed with low severity.`;
}

function resourceSentence({ resources, deletions, exports }: MassSummary): string | null {
  if (resources === null) return null;
  const things = counted(resources, 'different resource');
  return resources * 10 <= deletions + exports
    ? `Only ${things} ${resources === 1 ? 'was' : 'were'} concerned, again and again.`
    : `${things} ${resources === 1 ? 'was' : 'were'} concerned.`;
}
