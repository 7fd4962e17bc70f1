// What is said about a pack before its export, and what of it cannot be used as it is.
import type { RedactionProfile } from '#shared/model/redaction.ts';
import { profileOf, usualProfile, type ProfileDraft } from '../../domain/profile-draft.ts';
import {
  emptySamplingDraft,
  samplingWishOf,
  type SamplingDraft,
  type SamplingWish,
} from '../../domain/sampling-draft.ts';
import { text } from '../../texts/text.ts';

export type ExportDraft = {
  retention: string;
  samples: boolean;
  sampling: SamplingDraft;
  redacts: boolean;
  profile: ProfileDraft;
};

export const noParticulars: ExportDraft = {
  retention: '',
  samples: false,
  sampling: emptySamplingDraft,
  redacts: false,
  profile: usualProfile,
};

export type ExportWish = { retention?: string; sampling?: SamplingWish; redact?: RedactionProfile };

/** Null while something chosen is not complete. */
export function exportWishOf(draft: ExportDraft): ExportWish | null {
  if (exportFaults(draft).length > 0) return null;
  const retention = draft.retention.trim();
  const sampling = draft.samples ? samplingWishOf(draft.sampling) : null;
  const redact = draft.redacts ? profileOf(draft.profile) : null;
  return {
    ...(retention !== '' && { retention }),
    ...(sampling !== null && { sampling }),
    ...(redact !== null && { redact }),
  };
}

/** One sentence for each part that cannot be used. */
export function exportFaults({ samples, sampling, redacts, profile }: ExportDraft): string[] {
  return [
    ...(samples && samplingWishOf(sampling) === null ? [text('evidence:fault.sample')] : []),
    ...(redacts && profileOf(profile) === null ? [text('evidence:fault.redaction')] : []),
  ];
}
