// Too many refused requests of one actor, and too many deletions in one account.
import { declareRule, type BoundRule } from '../declared-rule.ts';
import { daysCovering } from '../judged-days.ts';
import type { Inclusion } from '../occurrences.ts';
import { readCoded } from '../reading.ts';
import { byAccount, byActor, type Grouping } from '../subjects.ts';
import { countAtLeast, windowedHits, type WindowedRule } from '../windowed-rule.ts';
import { counted, digits, minutes } from '../wording.ts';

interface CountValues {
  readonly thresholdEvents: number;
  readonly windowMinutes: number;
  readonly cooldownMinutes: number;
  readonly [name: string]: number;
}

const parameters = (thresholdEvents: number) => ({
  thresholdEvents: {
    default: thresholdEvents,
    unit: 'requests',
    meaning: 'This many are listed.',
    minimum: 1,
  },
  windowMinutes: { default: 5, unit: 'minutes', meaning: 'How close together they are.' },
  cooldownMinutes: { default: 5, unit: 'minutes', meaning: 'A repeat within it is the same finding.' },
});

const reachDays = ({ windowMinutes, cooldownMinutes }: CountValues) =>
  daysCovering(windowMinutes + cooldownMinutes);

export const serviceBruteForce = declareRule<CountValues>({
  id: 'service.brute_force',
  preset: 'service',
  title: 'Many refused requests of one actor',
  version: 1,
  parameters: parameters(10),
  needs: () => ['status'],
  text: ({ thresholdEvents, windowMinutes }) =>
    `at least ${counted(thresholdEvents, 'request')} of one actor answered with status 401 or 403 within ${minutes(windowMinutes)}`,
  reachDays,
  run: (rule, history, scope) =>
    windowedHits(
      rule,
      history,
      scope,
      countRule(rule, byActor(history), hasStatus(['401', '403']), 'refused request'),
    ),
});

export const massDelete = declareRule<CountValues>({
  id: 'service.mass_delete',
  preset: 'service',
  title: 'Many deletions in one account',
  version: 1,
  parameters: parameters(50),
  needs: () => ['method'],
  text: ({ thresholdEvents, windowMinutes }) =>
    `at least ${counted(thresholdEvents, 'DELETE request')} in one source account, whoever made them, within ${minutes(windowMinutes)}`,
  reachDays,
  run: (rule, history, scope) =>
    windowedHits(rule, history, scope, countRule(rule, byAccount(history), isDelete, 'DELETE request')),
});

function hasStatus(statuses: readonly string[]): Inclusion {
  return (segment) => {
    const isOne = readCoded(segment, 'status', (text) => Number(statuses.includes(text ?? '')));
    return isOne === null ? null : (index) => isOne(index) === 1;
  };
}

const isDelete: Inclusion = (segment) => {
  const isOne = readCoded(segment, 'method', (text) => Number(text?.toUpperCase() === 'DELETE'));
  return isOne === null ? null : (index) => isOne(index) === 1;
};

function countRule(
  { values }: BoundRule<CountValues>,
  grouping: Grouping,
  include: Inclusion,
  noun: string,
): WindowedRule {
  const { thresholdEvents, windowMinutes, cooldownMinutes } = values;
  return {
    grouping,
    include,
    windowMinutes,
    cooldownMinutes,
    measure: () => countAtLeast(thresholdEvents),
    conclude: (_occurrences, { count, peak }, { phrase }) => ({
      threshold: thresholdEvents,
      severity: 'high',
      evidence: { highestInWindow: peak.score },
      words: {
        what: `${counted(count, noun)} ${phrase}`,
        unusual: `${digits(peak.score)} of them within ${minutes(windowMinutes)}, at least the ${digits(thresholdEvents)} of the rule.`,
        wouldChange: `It would not be listed with fewer than ${digits(thresholdEvents)} within ${minutes(windowMinutes)}.`,
      },
    }),
  };
}
