// What a sample of a pack is drawn from and for, beside how.
import type { PackSection } from '#shared/model/work-papers.ts';
import {
  emptySamplingDraft,
  samplingWishOf,
  type SamplingDraft,
  type SamplingWish,
} from '../../domain/sampling-draft.ts';

export type SampleDraft = SamplingDraft & { section: PackSection; purpose: string };

export const emptySampleDraft: SampleDraft = { ...emptySamplingDraft, section: 'population', purpose: '' };

export type SampleWish = SamplingWish & { section: PackSection };

/** Null while something is missing. */
export function sampleWishOf(draft: SampleDraft): SampleWish | null {
  const wish = samplingWishOf(draft);
  return wish === null ? null : { section: draft.section, ...wish };
}
