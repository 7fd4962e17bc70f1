// The references by which work papers and samples are cited.
import { Problem } from '#shared/model/problem.ts';
import type { WorkPaperState } from './state.ts';

/** References are one space, whatever they name and however they are spelled. */
export function freeReference(
  { papers, samples }: WorkPaperState,
  wanted: string | undefined,
  prefix: string,
): string {
  const taken = new Set(
    [...papers.values(), ...samples.values()].map(({ reference }) => reference.toLowerCase()),
  );
  if (wanted !== undefined) {
    if (!taken.has(wanted.toLowerCase())) return wanted;
    throw new Problem('conflict', `There is a work paper ${wanted} already. Nothing was recorded.`, {
      next: 'Choose another reference, or leave it out.',
    });
  }
  for (let number = 1; ; number += 1) {
    const reference = `${prefix}-${number}`;
    if (!taken.has(reference.toLowerCase())) return reference;
  }
}
