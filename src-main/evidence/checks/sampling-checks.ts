// Checks the sample by drawing it again from the population in the pack.
import { faultInPlan } from '../../review/sampling/plan.ts';
import { itemRows } from '../pack-contents.ts';
import { noSampleText, samplingPart, sampleText, type SamplingFile } from '../parts/sampling-part.ts';
import { absentText } from './absent-part.ts';
import { failCheck } from './check.ts';
import { take, type Watcher } from './watcher.ts';

/** Keeps the ids of the items, and lets go of them where no sample was drawn. */
export function watchSampling(has: (name: string) => boolean): Watcher {
  const keys: string[] = [];
  let found: SamplingFile | null = null;
  return {
    name: 'sampling',
    takes: has(samplingPart.name)
      ? [
          take(itemRows, ({ item }) => void keys.push(item.id)),
          take(samplingPart, (file) => void (found = file)),
        ]
      : [],
    end: () => {
      if (found === null) return absentText(samplingPart.name);
      const { plan, meaning } = found;
      if (meaning !== (plan === null ? noSampleText : sampleText))
        failCheck('tampered', 'sampling.json does not mean what it says.');
      if (plan === null) return 'No sample was drawn.';
      const fault = faultInPlan(plan, keys);
      if (fault !== null) failCheck('tampered', `sampling.json: ${fault}`);
      return `${plan.size} of ${plan.populationSize} items were drawn; drawing again from the same seed gives the same.`;
    },
  };
}
