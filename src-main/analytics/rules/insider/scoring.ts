// What the five rules add to the score, of what was measured and what is usual.
import {
  contributionNamed,
  contributionNames,
  type ContributionName,
  type ContributionValues,
} from './contributions.ts';
import type { Habits } from './habits.ts';
import { heldWithin100 } from './points.ts';

export type RuleValues = Readonly<Record<ContributionName, ContributionValues>>;

/** What one rule adds at one moment. */
export interface Scored {
  readonly name: ContributionName;
  readonly points: number;
  readonly value: number;
  /** Null where the rule compares with nothing. */
  readonly usual: number | null;
}

/** What is usual within the rule's window: a day's amount is scaled to the window's length. */
function usualOf(name: ContributionName, habits: Habits, windowMinutes: number): number | null {
  if (name === 'volume_spike') return (habits.bytesPerDay * windowMinutes) / 1440;
  if (name === 'scope_expansion') return (habits.resourcesPerDay * windowMinutes) / 1440;
  return null;
}

function pointsOf(name: ContributionName, value: number, habits: Habits, values: ContributionValues): number {
  if (values.weight === 0) return 0;
  const usual = usualOf(name, habits, values.windowMinutes) ?? 1;
  return contributionNamed[name].points(value / usual, values);
}

/** The published sum, of all rules whose weight is not 0. */
export function totalOf(measured: Float64Array, habits: Habits, rules: RuleValues): number {
  let total = 0;
  for (let rule = 0; rule < measured.length; rule += 1) {
    const name = contributionNames[rule]!;
    total += pointsOf(name, measured[rule]!, habits, rules[name]);
  }
  return heldWithin100(total);
}

export function scoredOf(
  measured: Float64Array,
  habits: Habits,
  knownAddresses: number,
  rules: RuleValues,
): Scored[] {
  return contributionNames
    .map((name, rule) => {
      const value = measured[rule]!;
      const points = pointsOf(name, value, habits, rules[name]);
      const usualHours = habits.isUsualHour.reduce((sum, hour) => sum + hour, 0);
      const counts: Partial<Record<ContributionName, number>> = {
        off_hours: usualHours,
        new_ip: knownAddresses,
      };
      const usual = counts[name] ?? usualOf(name, habits, rules[name].windowMinutes);
      return { name, points, value, usual };
    })
    .filter(({ points }) => points > 0);
}

/** What so few events could earn whatever they are and are compared with: most actors of a day need no closer look. */
export function mostPossible(events: number, rules: RuleValues): number {
  let total = 0;
  for (const name of contributionNames) {
    const { weight } = rules[name];
    const isCount = name !== 'volume_spike' && name !== 'scope_expansion';
    if (weight > 0) total += isCount ? contributionNamed[name].points(events, rules[name]) : weight;
  }
  return total;
}
