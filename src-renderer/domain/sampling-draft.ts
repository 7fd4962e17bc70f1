// What a sample may be drawn by, as people type it, and what of it is still missing.
import type { AttributeMethod, ControlFrequency, SamplingMethod } from '#shared/model/sampling.ts';
import { text } from '../texts/text.ts';

export type SamplingDraft = {
  kind: SamplingMethod['kind'];
  frequency: ControlFrequency;
  /** In per cent, as people type them. */
  confidence: string;
  tolerable: string;
  expected: string;
  model: AttributeMethod['model'];
  /** Empty takes the hash of the population. */
  seed: string;
  /** Empty takes the size that follows from the method. */
  size: string;
  reason: string;
};

export const emptySamplingDraft: SamplingDraft = {
  kind: 'attribute',
  frequency: 'daily',
  confidence: '90',
  tolerable: '10',
  expected: '0',
  model: 'hypergeometric',
  seed: '',
  size: '',
  reason: '',
};

export type SamplingErrors = Partial<Record<keyof SamplingDraft, string>>;

/** A share from per cent with at most two decimals; null for anything else. */
export function shareOf(percent: string): number | null {
  if (!/^\d{1,2}(\.\d{1,2})?$/.test(percent.trim())) return null;
  const share = Math.round(Number(percent) * 100) / 10_000;
  return share > 0 && share < 1 ? share : null;
}

function wholeOf(text: string, least: number, most: number): number | null {
  const value = Number(text);
  return /^\d{1,6}$/.test(text.trim()) && value >= least && value <= most ? value : null;
}

const mostExpected = 1000;
const mostItems = 5000;

export function samplingErrors(draft: SamplingDraft): SamplingErrors {
  const isAttribute = draft.kind === 'attribute';
  const percent = text('domain:sampling.error.percent');
  return {
    ...(isAttribute && shareOf(draft.confidence) === null ? { confidence: percent } : {}),
    ...(isAttribute && shareOf(draft.tolerable) === null ? { tolerable: percent } : {}),
    ...(isAttribute && wholeOf(draft.expected, 0, mostExpected) === null
      ? { expected: text('domain:sampling.error.expected') }
      : {}),
    ...(draft.size.trim() !== '' && wholeOf(draft.size, 1, mostItems) === null
      ? { size: text('domain:sampling.error.size', { most: mostItems }) }
      : {}),
    ...(/^[\x20-\x7e]{0,256}$/.test(draft.seed) ? {} : { seed: text('domain:sampling.error.seed') }),
  };
}

export type SamplingWish = {
  method: SamplingMethod;
  seed: string | null;
  size: number | null;
};

/** Null while something is missing. */
export function samplingWishOf(draft: SamplingDraft): SamplingWish | null {
  if (Object.keys(samplingErrors(draft)).length > 0) return null;
  const size = draft.size.trim() === '' ? null : Number(draft.size);
  const seed = draft.seed === '' ? null : draft.seed;
  const method = methodOf(draft);
  return method === null ? null : { method, seed, size };
}

function methodOf({
  kind,
  frequency,
  reason,
  confidence,
  tolerable,
  expected,
  model,
}: SamplingDraft): SamplingMethod | null {
  if (kind === 'judgemental') return { kind, frequency, reason: reason.trim() === '' ? null : reason.trim() };
  const [sure, rate] = [shareOf(confidence), shareOf(tolerable)];
  if (sure === null || rate === null) return null;
  return {
    kind,
    confidence: sure,
    tolerableRate: rate,
    allowedDeviations: Number(expected),
    model,
  };
}
