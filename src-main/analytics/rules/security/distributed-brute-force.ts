// Guessing one actor's password from many addresses at once, so that none of them stands out.
import { declareRule } from '../declared-rule.ts';
import { daysCovering } from '../judged-days.ts';
import { byActor } from '../subjects.ts';
import { distinctTexts, measureDistinct, windowedHits } from '../windowed-rule.ts';
import { counted, digits, listed, minutes } from '../wording.ts';
import { countParameters, type CountValues } from './brute-force.ts';
import { distributedScore } from './scores.ts';
import { addressesOf, signInsOf } from './sign-ins.ts';

export const distributedBruteForce = declareRule<CountValues & { readonly minimumAddresses: number }>({
  id: 'security.brute_force_distributed',
  preset: 'security',
  title: 'Password guessing against one actor from many addresses',
  version: 1,
  parameters: {
    ...countParameters(20, 30),
    minimumAddresses: { default: 3, unit: 'addresses', meaning: 'They come from this many.', minimum: 1 },
  },
  needs: () => ['ip'],
  text: ({ thresholdFailures, windowMinutes, minimumAddresses }) =>
    `at least ${counted(thresholdFailures, 'failed sign-in')} of one actor from at least ${counted(minimumAddresses, 'address')} within ${minutes(windowMinutes)}`,
  reachDays: ({ windowMinutes, cooldownMinutes }) => daysCovering(windowMinutes + cooldownMinutes),
  run: (rule, history, scope) => {
    const { thresholdFailures, windowMinutes, minimumAddresses } = rule.values;
    const addresses = addressesOf(history);
    return windowedHits(rule, history, scope, {
      ...rule.values,
      grouping: byActor(history),
      include: signInsOf(history).failed,
      measure: (occurrences) =>
        measureDistinct(addresses.column(occurrences), (distinct, first, last) => {
          const failures = last - first + 1;
          const isListed = failures >= thresholdFailures && distinct >= minimumAddresses;
          return isListed ? distributedScore(failures, thresholdFailures, distinct) : Number.NaN;
        }),
      conclude: (occurrences, { count, peak }, { phrase }) => {
        const failuresInWindow = peak.last - peak.first + 1;
        const names = distinctTexts(peak, addresses.column(occurrences), (name) =>
          addresses.names.valueOf(name),
        );
        return {
          threshold: distributedScore(thresholdFailures, thresholdFailures, minimumAddresses),
          severity: 'critical',
          evidence: { failuresInWindow, addresses: names.length, firstAddresses: names.slice(0, 50) },
          words: {
            what: `${counted(count, 'failed sign-in')} ${phrase} from ${counted(names.length, 'address')}`,
            unusual: `${failuresInWindow} within ${minutes(windowMinutes)} from ${listed(names)}: ${digits(peak.score)} of 100 points.`,
            wouldChange: `It would not be listed with fewer than ${digits(thresholdFailures)}, or from fewer than ${counted(minimumAddresses, 'address')}.`,
          },
        };
      },
    });
  },
});
