// Somebody tries doors: refused requests for sensitive permissions, and denied accesses one after another.
import { severityInBands, securityBands } from '#shared/model/severity.ts';
import { Dictionary } from '../../history/dictionary.ts';
import type { History } from '../../history/history.ts';
import type { Segment } from '../../history/segment.ts';
import { declareRule } from '../declared-rule.ts';
import { matcherOf } from '../glob.ts';
import { daysCovering } from '../judged-days.ts';
import { outcomesOf } from '../outcome.ts';
import { actionsThat, readName, seriesColumns, type Reader } from '../reading.ts';
import { byActor } from '../subjects.ts';
import { distinctTexts, measureBy, measureDistinct, windowedHits } from '../windowed-rule.ts';
import { counted, digits, listed, minutes } from '../wording.ts';
import { deniedScore, refusedPermissionScore } from './scores.ts';

const pace = {
  windowMinutes: { default: 15, unit: 'minutes', meaning: 'How close together they are.' },
  cooldownMinutes: { default: 30, unit: 'minutes', meaning: 'A repeat within it is the same finding.' },
};

interface PermissionValues {
  readonly sensitivePermissions: readonly string[];
  readonly thresholdAttempts: number;
  readonly refusedOnly: boolean;
  readonly windowMinutes: number;
  readonly cooldownMinutes: number;
  readonly [name: string]: number | boolean | readonly string[];
}

/** An administrator uses these permissions all day, so only refused attempts count unless the parameter says otherwise. */
export const permissionAttempts = declareRule<PermissionValues>({
  id: 'security.privilege_attempts',
  preset: 'security',
  title: 'Attempts at sensitive permissions',
  version: 1,
  parameters: {
    sensitivePermissions: {
      default: [
        'admin.*',
        'users.delete',
        'users.manage',
        'roles.assign',
        'roles.create',
        'permissions.manage',
        'system.*',
      ],
      unit: '',
      meaning: 'Actions that use a sensitive permission; * is anything.',
    },
    thresholdAttempts: { default: 3, unit: 'attempts', meaning: 'This many are listed.', minimum: 1 },
    refusedOnly: { default: true, unit: '', meaning: 'Whether only attempts that failed count.' },
    ...pace,
  },
  needs: ({ refusedOnly }) => (refusedOnly ? ['outcome'] : []),
  text: ({ thresholdAttempts, refusedOnly, windowMinutes }) =>
    `at least ${counted(thresholdAttempts, refusedOnly ? 'refused attempt' : 'attempt')} of one actor at sensitive permissions within ${minutes(windowMinutes)}`,
  reachDays: ({ windowMinutes, cooldownMinutes }) => daysCovering(windowMinutes + cooldownMinutes),
  run: (rule, history, scope) => {
    const { sensitivePermissions, thresholdAttempts: threshold, refusedOnly, windowMinutes } = rule.values;
    const { actions } = seriesColumns(history);
    const isSensitive = actionsThat(history, matcherOf(sensitivePermissions));
    const outcomes = outcomesOf(history);
    return windowedHits(rule, history, scope, {
      ...rule.values,
      grouping: byActor(history),
      include: (segment) => {
        const isFailed = outcomes.failedIn(segment);
        return (index) =>
          isSensitive[actions[segment.series[index]!]!] === 1 && (!refusedOnly || isFailed(index));
      },
      measure: () =>
        measureBy((first, last) => {
          const attempts = last - first + 1;
          return attempts >= threshold ? refusedPermissionScore(attempts, threshold) : Number.NaN;
        }),
      conclude: (_occurrences, { count, peak }, { phrase }) => {
        const attemptsInWindow = peak.last - peak.first + 1;
        return {
          threshold: refusedPermissionScore(threshold, threshold),
          severity: 'high',
          evidence: { attemptsInWindow },
          words: {
            what: `${counted(count, refusedOnly ? 'refused attempt' : 'attempt')} ${phrase} at sensitive permissions`,
            unusual: `${attemptsInWindow} within ${minutes(windowMinutes)}, at least the ${digits(threshold)} of the rule: ${digits(peak.score)} of 100 points.`,
            wouldChange: `It would not be listed with fewer than ${digits(threshold)} within ${minutes(windowMinutes)}.`,
          },
        };
      },
    });
  },
});

interface DeniedValues {
  readonly thresholdDenied: number;
  readonly minimumScore: number;
  readonly windowMinutes: number;
  readonly cooldownMinutes: number;
  readonly [name: string]: number;
}

export const deniedPattern = declareRule<DeniedValues>({
  id: 'security.privilege_denied',
  preset: 'security',
  title: 'Denied accesses one after another',
  version: 1,
  parameters: {
    thresholdDenied: { default: 3, unit: 'accesses', meaning: 'With fewer nothing is said.', minimum: 1 },
    minimumScore: { default: 70, unit: 'points of 100', meaning: 'Lowest score that is listed.' },
    ...pace,
  },
  needs: () => ['outcome'],
  text: ({ thresholdDenied, minimumScore, windowMinutes }) =>
    `at least ${counted(thresholdDenied, 'denied access')} of one actor within ${minutes(windowMinutes)}, and at least ${digits(minimumScore)} of 100 points for their number and how many different things they were to`,
  reachDays: ({ windowMinutes, cooldownMinutes }) => daysCovering(windowMinutes + cooldownMinutes),
  run: (rule, history, scope) => {
    const { thresholdDenied: threshold, minimumScore, windowMinutes } = rule.values;
    const outcomes = outcomesOf(history);
    const targets = targetsOf(history);
    return windowedHits(rule, history, scope, {
      ...rule.values,
      grouping: byActor(history),
      include: (segment) => {
        const isDenied = outcomes.deniedIn(segment);
        const isSignIn = outcomes.signInIn(segment);
        return (index) => isDenied(index) && !isSignIn(index);
      },
      measure: (occurrences) =>
        measureDistinct(occurrences.column(targets.read), (distinct, first, last) => {
          const denied = last - first + 1;
          const score = deniedScore(denied, threshold, distinct);
          return denied >= threshold && score >= minimumScore ? score : Number.NaN;
        }),
      conclude: (occurrences, { count, peak }, { phrase }) => {
        const names = distinctTexts(peak, occurrences.column(targets.read), (name) =>
          targets.names.valueOf(name),
        );
        const deniedInWindow = peak.last - peak.first + 1;
        return {
          threshold: minimumScore,
          severity: severityInBands(peak.score, securityBands) ?? 'low',
          evidence: { deniedInWindow, differentThings: names.length, firstThings: names.slice(0, 50) },
          words: {
            what: `${counted(count, 'denied access')} ${phrase}`,
            unusual: `${deniedInWindow} within ${minutes(windowMinutes)}, to ${counted(names.length, 'different thing')} (${listed(names)}): ${digits(peak.score)} of 100 points, at least the ${digits(minimumScore)} of the rule.`,
            wouldChange: `It would not be listed with fewer than ${digits(threshold)}, or to fewer different things.`,
          },
        };
      },
    });
  },
});

/** What was denied: the resource where it is known, the action otherwise. */
function targetsOf(history: History): { names: Dictionary; read(this: void, segment: Segment): Reader } {
  const names = new Dictionary();
  const { actions } = seriesColumns(history);
  const actionNames = Int32Array.from(history.actions.values, (action) => names.codeOf(`action ${action}`));
  return {
    names,
    read: (segment) => {
      const resource = readName(segment, 'resourceId', names);
      return (index) => {
        const name = resource === null ? -1 : resource(index);
        return name >= 0 ? name : actionNames[actions[segment.series[index]!]!]!;
      };
    },
  };
}
