// What a third party types to draw a sample again, with nothing but sh, sort, head, cut, diff and sha256sum.
import type { SamplingPlan } from '#shared/model/sampling.ts';
import type { PackSection } from '#shared/model/work-papers.ts';
import { drawRecipe } from '../sampling/draw.ts';
import { changeTypes } from './change-types.ts';

const keyFilters: Readonly<Record<PackSection, string>> = {
  population: `jq -r .id data/population.jsonl`,
  decisions: `jq -r 'select(.decision != null) | .id' data/decisions.jsonl`,
  findings: `jq -r .id data/findings.jsonl`,
  conflicts: `jq -r '.anomaly // .review' data/conflicts.jsonl`,
  changes: `jq -r 'select(.type | IN(${changeTypes.map((type) => `"${type}"`).join(', ')})) | .id' data/ledger.jsonl`,
  ledger: `jq -r .id data/ledger.jsonl`,
  campaigns: `jq -r .campaign data/campaigns.jsonl`,
  'campaign-items': `jq -r '.campaign + "/" + .item.key' data/campaign-items.jsonl`,
};

/** How the keys are taken from an extracted pack; keys.txt beside the sample holds the same. */
export const keyCommand = (section: PackSection): string => `${keyFilters[section]} > keys.txt`;

/**
 * A shell script, to be run in a folder with keys.txt and drawn.txt. It prints nothing and ends with 0 when the population
 * has the stated hash and the same items are drawn.
 */
export function redrawScript({ populationSha256, seed, size }: SamplingPlan): string {
  return [
    'set -e',
    `test "$(LC_ALL=C sort keys.txt | sha256sum | cut -c1-64)" = ${populationSha256} || { echo "keys.txt is another population" >&2; exit 1; }`,
    drawRecipe(seed, size).replace(/$/, ' | diff - drawn.txt'),
    '',
  ].join('\n');
}

/** The commands from the extracted pack on, for people. */
export function redrawCommands(section: PackSection, plan: SamplingPlan): string {
  const { populationSha256, seed, size } = plan;
  return [
    '# in the folder of the extracted pack; keys.txt is in the work papers, too',
    keyCommand(section),
    'LC_ALL=C sort keys.txt | sha256sum',
    `# must print ${populationSha256}`,
    drawRecipe(seed, size),
    '',
  ].join('\n');
}
