// How many occurrences of a control are usually tested, by how often it is performed: custom of auditors, not mathematics.
import type { ControlFrequency } from '#shared/model/sampling.ts';

export type JudgementalSize = {
  /** What is usually taken. */
  readonly usual: number;
  /** What is found in practice, from least to most. */
  readonly least: number;
  readonly most: number;
};

/**
 * The table common in the testing of financial controls. Performed as the need arises, a control is taken for one as
 * frequent as its number of occurrences in a year suggests.
 * @param populationSize occurrences in the period; no more than those are ever tested.
 */
export function judgementalSize(frequency: ControlFrequency, populationSize: number): JudgementalSize {
  const { usual, least, most } =
    frequency === 'ad-hoc' ? table[frequencyOf(populationSize)] : table[frequency];
  const atMost = (size: number) => Math.min(size, populationSize);
  return { usual: atMost(usual), least: atMost(least), most: atMost(most) };
}

type Regular = Exclude<ControlFrequency, 'ad-hoc'>;

const table: Readonly<Record<Regular, JudgementalSize>> = {
  annual: { usual: 1, least: 1, most: 1 },
  quarterly: { usual: 2, least: 2, most: 2 },
  monthly: { usual: 3, least: 2, most: 5 },
  weekly: { usual: 5, least: 5, most: 15 },
  daily: { usual: 25, least: 15, most: 40 },
  'several-a-day': { usual: 25, least: 25, most: 60 },
};

/** Occurrences in a year up to which each frequency reaches. */
const reach: readonly (readonly [Regular, number])[] = [
  ['annual', 1],
  ['quarterly', 4],
  ['monthly', 12],
  ['weekly', 52],
  ['daily', 366],
];

function frequencyOf(occurrences: number): Regular {
  return reach.find(([, most]) => occurrences <= most)?.[0] ?? 'several-a-day';
}
