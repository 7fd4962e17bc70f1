// A few failures each on many accounts from one address: too few on any of them to be noticed there.
import { declareRule } from '../declared-rule.ts';
import { daysCovering } from '../judged-days.ts';
import { byActor } from '../subjects.ts';
import { distinctTexts, measureDistinct, windowedHits } from '../windowed-rule.ts';
import { counted, digits, listed, minutes } from '../wording.ts';
import { actorIn, addressesOf, signInsOf } from './sign-ins.ts';

interface SprayValues {
  readonly minimumActors: number;
  readonly highestFailuresEach: number;
  readonly score: number;
  readonly windowMinutes: number;
  readonly cooldownMinutes: number;
  readonly [name: string]: number;
}

/** The published rule is declared and never computed. An audit event has no password, so “the same one” cannot be asked. */
export const passwordSpray = declareRule<SprayValues>({
  id: 'security.password_spray',
  preset: 'security',
  title: 'Few failures each on many accounts',
  version: 1,
  parameters: {
    minimumActors: {
      default: 10,
      unit: 'actors',
      meaning: 'Different named actors that failed.',
      minimum: 1,
    },
    highestFailuresEach: {
      default: 3,
      unit: 'failures',
      meaning: 'Up to this many for each actor on average; more is guessing, not spraying.',
      minimum: 1,
    },
    score: { default: 90, unit: 'points of 100', meaning: 'Score of the finding.' },
    windowMinutes: { default: 60, unit: 'minutes', meaning: 'How close together they are.' },
    cooldownMinutes: { default: 60, unit: 'minutes', meaning: 'A repeat within it is the same finding.' },
  },
  needs: () => ['ip'],
  text: ({ minimumActors, highestFailuresEach, windowMinutes }) =>
    `failed sign-ins of at least ${counted(minimumActors, 'actor')} from one address within ${minutes(windowMinutes)}, at most ${digits(highestFailuresEach)} each on average`,
  reachDays: ({ windowMinutes, cooldownMinutes }) => daysCovering(windowMinutes + cooldownMinutes),
  run: (rule, history, scope) => {
    const { minimumActors, highestFailuresEach, windowMinutes, score } = rule.values;
    const isFailed = signInsOf(history).failed;
    const people = byActor(history);
    const actors = actorIn(history);
    return windowedHits(rule, history, scope, {
      ...rule.values,
      grouping: addressesOf(history).grouping,
      // Who is unattributed would count as a failure of nobody and raise the average.
      include: (segment) => {
        const failed = isFailed(segment);
        const actorAt = people.keyIn(segment);
        return failed && ((index) => failed(index) && actorAt(index) >= 0);
      },
      measure: (occurrences) =>
        measureDistinct(occurrences.column(actors), (distinct, first, last) => {
          const isSpread = last - first + 1 <= highestFailuresEach * distinct;
          return distinct >= minimumActors && isSpread ? score : Number.NaN;
        }),
      conclude: (occurrences, { count, peak }, { phrase }) => {
        const names = distinctTexts(
          peak,
          occurrences.column(actors),
          (actor) => history.actors[actor]!.actor,
        );
        const failuresInWindow = peak.last - peak.first + 1;
        const failuresEach = failuresInWindow / names.length;
        return {
          threshold: score,
          severity: 'critical',
          evidence: {
            failuresInWindow,
            actorsTried: names.length,
            failuresEach,
            firstActors: names.slice(0, 50),
          },
          words: {
            what: `${counted(count, 'failed sign-in')} ${phrase}`,
            unusual: `${failuresInWindow} within ${minutes(windowMinutes)} on ${counted(names.length, 'actor')}, ${digits(failuresEach)} each: ${listed(names)}.`,
            wouldChange: `It would not be listed with fewer than ${digits(minimumActors)} actors, or more than ${digits(highestFailuresEach)} failures each.`,
          },
        };
      },
    });
  },
});
