// The names of numbers in words, and the numbers of an hour as a line.
import { z } from 'zod';
import type { Finding } from '#shared/model/finding.ts';
import type { NumberLineInput } from '../../charts/number-line.ts';

/** “baselineHours” as “Baseline hours”. */
export function wordsOfName(name: string): string {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[_.]/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const nbNumbers = z.object({
  lambda: z.number().positive(),
  size: z.number().positive(),
  smallestListed: z.number(),
  highestInCell: z.number(),
});

/** What nb expected and what it would have listed; null where its evidence is of another kind. The variance is λ + λ² ÷ size. */
export function nbLineOf({ evidence, count }: Pick<Finding, 'evidence' | 'count'>): NumberLineInput | null {
  const numbers = nbNumbers.safeParse(evidence).data;
  if (numbers === undefined) return null;
  const { lambda, size, smallestListed, highestInCell } = numbers;
  return {
    count: z.number().safeParse(evidence['count']).data ?? count,
    mean: lambda,
    meanIs: 'usual',
    sd: Math.sqrt(lambda + lambda ** 2 / size),
    deviationUsed: Math.max(0, smallestListed - lambda),
    threshold: 1,
    highest: highestInCell,
  };
}
