// The formulas behind a finding with its numbers in them, worked out again.
import { z } from 'zod';
import { z3EvidenceOf, type Finding } from '#shared/model/finding.ts';
import { formatCount, formatMeasure } from '../../domain/count-words.ts';
import { text } from '../../texts/text.ts';

export type FormulaLine = {
  name: string;
  /** With symbols, and with numbers where there are any to put in. */
  general: string;
  filled: string | null;
  result: number;
  /** What the formula gives; null where it is not worked out here. */
  recomputed: number | null;
};

const number = z.number();
const nbNumbers = z.object({
  count: number,
  lambda: number,
  lambda0: number,
  alpha: number,
  beta: number,
  weightedEvents: number,
  sumOfWeights: number,
  dispersion: number,
  size: number,
  minusLog10Probability: number,
  looks: number,
  surprise: number,
  parameters: z.object({ kappa: number }),
});

type Numbered = Pick<Finding, 'detector' | 'evidence' | 'count' | 'score'>;

/** Empty for detectors whose formula is told by their method alone. */
export function formulaLines(finding: Numbered): FormulaLine[] {
  if (finding.detector === 'z3') return z3Lines(finding);
  const nb = finding.detector === 'nb' ? nbNumbers.safeParse(finding.evidence).data : undefined;
  return nb === undefined ? [] : nbLines(nb);
}

const shown = (value: number) => formatMeasure(value);

function z3Lines(finding: Numbered): FormulaLine[] {
  const evidence = z3EvidenceOf(finding);
  if (evidence === null) return [];
  const { mean, sd, deviationUsed } = evidence;
  return [
    {
      name: text('findings:formula.deviation'),
      general: 's = max(sd, √max(mean, 1))',
      filled: `max(${shown(sd)}, √max(${shown(mean)}, 1))`,
      result: deviationUsed,
      recomputed: Math.max(sd, Math.sqrt(Math.max(mean, 1))),
    },
    {
      name: text('findings:number.scoreZ'),
      general: 'z = (count − mean) ÷ s',
      filled: `(${formatCount(finding.count)} − ${shown(mean)}) ÷ ${shown(deviationUsed)}`,
      result: finding.score,
      recomputed: (finding.count - mean) / deviationUsed,
    },
  ];
}

function nbLines(nb: z.infer<typeof nbNumbers>): FormulaLine[] {
  const { lambda0, weightedEvents, sumOfWeights, dispersion, alpha, looks } = nb;
  const { kappa } = nb.parameters;
  return [
    {
      name: text('findings:formula.expectation'),
      general: 'λ = (κ λ₀ + Σ w y) ÷ (κ + Σ w)',
      filled: `(${shown(kappa)} × ${shown(lambda0)} + ${shown(weightedEvents)}) ÷ (${shown(kappa)} + ${shown(sumOfWeights)})`,
      result: nb.lambda,
      recomputed: (kappa * lambda0 + weightedEvents) / (kappa + sumOfWeights),
    },
    {
      name: text('findings:formula.size'),
      general: 'r = 1 ÷ (φ + 1 ÷ (κ λ₀ + Σ w y))',
      filled: `1 ÷ (${shown(dispersion)} + 1 ÷ ${shown(alpha)})`,
      result: nb.size,
      recomputed: 1 / (dispersion + 1 / alpha),
    },
    {
      name: text('findings:formula.probability'),
      general: text('findings:formula.probabilityGeneral', { count: nb.count }),
      filled: `10^−${shown(nb.minusLog10Probability)}`,
      result: 10 ** -nb.minusLog10Probability,
      recomputed: null,
    },
    {
      name: text('findings:formula.surprise'),
      general: looks > 1 ? 'S = −log₁₀ P − log₁₀ L' : 'S = −log₁₀ P',
      filled:
        looks > 1
          ? `${shown(nb.minusLog10Probability)} − log₁₀ ${formatCount(looks)}`
          : shown(nb.minusLog10Probability),
      result: nb.surprise,
      recomputed: Math.max(0, nb.minusLog10Probability - Math.log10(looks)),
    },
  ];
}

/** Whether everything that was worked out again is what is on record, but for the last digits of a double. */
export function areSound(lines: readonly FormulaLine[]): boolean {
  return lines.every(
    ({ result, recomputed }) =>
      recomputed === null || Math.abs(recomputed - result) <= 1e-9 * Math.max(1, Math.abs(result)),
  );
}
