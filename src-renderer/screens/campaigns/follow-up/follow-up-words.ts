// The words of what follows a campaign: states of a remediation, kinds of difference, results of a test.
import { remediationStates } from '#shared/model/campaign.ts';
import { differenceKinds } from '#shared/model/campaign-follow-up.ts';
import { sampleResults, type CampaignSample } from '#shared/model/campaign-sample.ts';
import { visibleText } from '../../../components/visible-text.ts';
import { byKey } from '../../../texts/by-key.ts';
import { text } from '../../../texts/text.ts';

export const stateWords = byKey([...remediationStates, 'unknown'] as const, (state) => ({
  label: text(`campaignFollowUp:state.${state}.label`),
  meaning: text(`campaignFollowUp:state.${state}.meaning`),
}));

/** What a re-check may come to, in the order of the bar. */
export const recheckFindings = ['verified-removed', 'still-present', 're-granted', 'unknown'] as const;

export const kindWords = byKey(differenceKinds, (kind) => ({
  label: text(`campaignFollowUp:diff.kind.${kind}.label`),
  meaning: text(`campaignFollowUp:diff.kind.${kind}.meaning`),
  empty: text(`campaignFollowUp:diff.empty.${kind}`),
}));

export const testWords = byKey(sampleResults, (result) => text(`campaignFollowUp:sample.result.${result}`));

/** Everything of a right that is not empty: `admin on crm`. */
export function rightWords({
  entitlement,
  resource,
}: {
  entitlement: string;
  resource: string | null;
}): string {
  const right = visibleText(entitlement);
  if (resource === null || resource === '') return right;
  return `${right} ${text('campaignFollowUp:rightOn')} ${visibleText(resource)}`;
}

/** What the deviations come to against what the auditor set as noted only. */
export function materialityWords(
  { counts, materiality }: Pick<CampaignSample, 'counts' | 'materiality'>,
  setBy: string,
): string {
  if (materiality === null) return text('campaignFollowUp:sample.materialityNone');
  const count = counts.deviation + counts.notTestable;
  const gaps = { count, most: materiality.deviations, name: visibleText(setBy) };
  if (count === 0) return text('campaignFollowUp:sample.materialityClean', gaps);
  return materiality.isExceeded
    ? text('campaignFollowUp:sample.materialityAbove', gaps)
    : text('campaignFollowUp:sample.materialityWithin', gaps);
}
