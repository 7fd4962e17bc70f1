// What an exception for a finding may be: its limits, and what is still missing before it can be granted.
import type { ExceptionRequest, ExceptionScope } from '#shared/contract/detection.ts';
import type { Finding } from '#shared/model/finding.ts';
import { text } from '../../texts/text.ts';

export type ExceptionDraft = {
  /** Only this action, where the finding names one. */
  onlyAction: boolean;
  /** Only this hour of the week. */
  onlyHour: boolean;
  maximumCount: string;
  days: string;
  owner: string;
  reason: string;
  acknowledged: boolean;
};

export const mostDays = 90;

/** Nothing in these detectors is a matter of degree: an exception takes an explicit word. */
export const deterministicDetectors: readonly string[] = ['sod', 'gap', 'fail_burst'];

export function emptyDraft(finding: Finding, owner: string): ExceptionDraft {
  return {
    onlyAction: finding.action !== '',
    onlyHour: false,
    maximumCount: String(Math.max(1, finding.count)),
    days: '30',
    owner,
    reason: '',
    acknowledged: false,
  };
}

export type ExceptionErrors = Partial<
  Record<'maximumCount' | 'days' | 'owner' | 'reason' | 'acknowledged', string>
>;

export function exceptionErrors(draft: ExceptionDraft, detector: string): ExceptionErrors {
  return {
    ...(isWholeFrom1(draft.maximumCount) ? {} : { maximumCount: text('findings:exception.error.whole') }),
    ...(isWholeFrom1(draft.days) && Number(draft.days) <= mostDays
      ? {}
      : { days: text('findings:exception.error.wholeTo', { most: mostDays }) }),
    ...(draft.owner.trim() === '' ? { owner: text('findings:exception.error.owner') } : {}),
    ...(draft.reason.trim() === '' ? { reason: text('findings:exception.error.reason') } : {}),
    ...(deterministicDetectors.includes(detector) && !draft.acknowledged
      ? { acknowledged: text('findings:exception.error.acknowledged') }
      : {}),
  };
}

function isWholeFrom1(text: string): boolean {
  return /^\d{1,12}$/.test(text.trim()) && Number(text) >= 1;
}

/** Null while a number is missing. */
export function scopeOf(
  finding: Finding,
  draft: ExceptionDraft,
  hourOfWeek: number,
  nowMs: number,
): ExceptionScope | null {
  if (!isWholeFrom1(draft.maximumCount) || !isWholeFrom1(draft.days)) return null;
  const { detector, sourceAccount, entity, action } = finding;
  const days = Math.min(mostDays, Number(draft.days));
  return {
    detector,
    sourceAccount,
    entityKind: entity.kind,
    entity: entity.value,
    action: draft.onlyAction ? action : null,
    hourOfWeek: draft.onlyHour ? hourOfWeek : null,
    maximumCount: Number(draft.maximumCount),
    expiresAt: new Date(nowMs + days * 86_400_000).toISOString(),
  };
}

export function requestOf(scope: ExceptionScope, finding: Finding, draft: ExceptionDraft): ExceptionRequest {
  return {
    ...scope,
    owner: draft.owner.trim(),
    reason: draft.reason.trim(),
    finding: finding.id,
    ...(draft.acknowledged ? { acknowledgeDeterministic: true } : {}),
  };
}
