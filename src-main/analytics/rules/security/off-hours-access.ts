// Sensitive things done at night.
import type { Scope } from '../../detector.ts';
import type { History } from '../../history/history.ts';
import { declareRule } from '../declared-rule.ts';
import { localHourIn } from '../local-hour.ts';
import type { Inclusion } from '../occurrences.ts';
import { outcomesOf } from '../outcome.ts';
import { actionsThat, readCoded, seriesColumns } from '../reading.ts';
import { byActor } from '../subjects.ts';
import { measureBy, windowedHits } from '../windowed-rule.ts';
import { counted, digits } from '../wording.ts';
import { defaultSensitivePaths, sensitivePathIn } from './sensitive-paths.ts';

interface NightValues {
  readonly firstHour: number;
  readonly lastHour: number;
  readonly sensitivePaths: readonly string[];
  readonly exemptActorTypes: readonly string[];
  readonly score: number;
  readonly cooldownMinutes: number;
  readonly [name: string]: number | readonly string[];
}

/** Sensitive is an action that counts as privileged in the workspace, or a path of the list where paths are known. */
export const offHoursAccess = declareRule<NightValues>({
  id: 'security.off_hours_access',
  preset: 'security',
  title: 'Sensitive access at night',
  version: 1,
  parameters: {
    firstHour: { default: 6, unit: 'hour of day', meaning: 'First local hour of the working day.' },
    lastHour: { default: 21, unit: 'hour of day', meaning: 'Last local hour of the working day, included.' },
    sensitivePaths: {
      default: defaultSensitivePaths,
      unit: '',
      meaning: 'Paths that are sensitive; * is anything.',
    },
    exemptActorTypes: {
      default: ['service', 'system'],
      unit: '',
      meaning: 'Types of actors that work at any hour, where the type is known.',
    },
    score: { default: 60, unit: 'points of 100', meaning: 'Score of the finding.' },
    cooldownMinutes: { default: 60, unit: 'minutes', meaning: 'A repeat within it is the same finding.' },
  },
  needs: () => [],
  text: ({ firstHour, lastHour }) =>
    `a privileged action or a sensitive path, not refused, before ${digits(firstHour)}:00 or from ${digits(lastHour + 1)}:00 on in local time`,
  reachDays: () => 1,
  run: (rule, history, scope) =>
    windowedHits(rule, history, scope, {
      grouping: byActor(history),
      include: sensitiveAtNight(history, scope, rule.values),
      windowMinutes: 0,
      cooldownMinutes: rule.values.cooldownMinutes,
      measure: () => measureBy(() => rule.values.score),
      conclude: (_occurrences, { count }, { phrase }) => ({
        threshold: rule.values.score,
        severity: 'medium',
        evidence: { score: rule.values.score },
        words: {
          what: `${counted(count, 'sensitive action')} ${phrase} outside the working day`,
          expected: `The working day of the rule is the hours ${digits(rule.values.firstHour)} to ${digits(rule.values.lastHour)} of the local day.`,
          unusual: `Each of them alone is listed: ${digits(rule.values.score)} of 100 points.`,
          wouldChange:
            'It would not be listed within the working day, or if the action or path were not sensitive.',
        },
      }),
    }),
});

function sensitiveAtNight(history: History, scope: Scope, values: NightValues): Inclusion {
  const { actions } = seriesColumns(history);
  const privileged = actionsThat(history, (action) => scope.privilegedActions.has(action));
  const outcomes = outcomesOf(history);
  const hourAt = localHourIn(scope.zone);
  return (segment) => {
    const isSensitivePath = sensitivePathIn(segment, values.sensitivePaths);
    const isFailed = outcomes.failedIn(segment);
    const isExempt = readCoded(segment, 'actorType', (type) =>
      Number(values.exemptActorTypes.includes(type ?? '')),
    );
    return (index) => {
      if (privileged[actions[segment.series[index]!]!] !== 1 && isSensitivePath?.(index) !== 1) return false;
      const hour = hourAt(segment.microseconds[index]!);
      if (hour >= values.firstHour && hour <= values.lastHour) return false;
      return !isFailed(index) && isExempt?.(index) !== 1;
    };
  };
}
