// Whether every number a finding says can be found in its evidence, as far as numbers can be told from names.
import type { Hit } from '../../../src-main/analytics/detector.ts';

/**
 * Numbers of the sentences that are neither in the evidence nor parts of names, dates, clock times or formulas. Nothing is
 * said about hits whose names look like numbers or like nothing.
 */
export function unprovenNumbers(hit: Hit): string[] {
  if (namesOf(hit).some((name) => /^[\s\d.-]+$/.test(name))) return [];
  // A surprise S is also said as “once in 10^S”.
  const known = [...numbersIn(hit.evidence), hit.count, hit.score, hit.threshold, 10 ** hit.score];
  return (
    [...plainText(hit).matchAll(/(?<![\p{L}\p{N}_.:-])\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![\p{L}\p{N}_-]|\.\d)/gu)]
      .map(([printed]) => printed)
      // The 1 is the formula's own.
      .filter((printed) => printed !== '1' && !known.some((value) => isRounded(printed, value)))
  );
}

/** What three digits leave open. */
const tolerance = 0.006;
const units = [1, 100, 1e-3, 1e-6, 1e-9, 1e-12, 1e-15, 1e-18];

/** Printed with three digits, as a percentage, or in thousands, millions and so on. */
function isRounded(printed: string, value: number): boolean {
  const said = Number(printed);
  return units.some(
    (unit) => Math.abs(said - Math.abs(value) * unit) <= Math.max(Math.abs(value * unit) * tolerance, 1e-9),
  );
}

/** Longest first. */
function namesOf({ evidence, sourceAccount, actor, entity, action }: Hit): string[] {
  return [sourceAccount, actor, entity.value, action, ...textsIn(evidence)]
    .filter((name) => name !== '')
    .toSorted((a, b) => b.length - a.length);
}

function plainText(hit: Hit): string {
  const { what, expected, unusual, comparedWith, alsoSeen, confidence } = hit.explanation;
  let text = [what, expected, unusual, comparedWith, alsoSeen, confidence]
    .filter((part) => part !== null)
    .join(' ');
  for (const name of namesOf(hit)) text = text.replaceAll(name, ' … ');
  return text
    .replaceAll(/(?<=\d),(?=\d{3})/g, '')
    .replaceAll(/\d{1,2} [A-Z][a-z]+ \d{4}/g, '')
    .replaceAll(/\d{2}:\d{2}(:\d{2})?/g, '')
    .replaceAll(/log10|log₁₀|n − 1|max\(mean, 1\)|of 100 points|of 100\b|10\^\d+/g, '');
}

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  if (Array.isArray(value)) return [value.length, ...value.flatMap(numbersIn)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
