// Whether a decision on record says all that its reviewer signed: asked when a file is taken in, and by whoever verifies a pack.
import type { CampaignDecisionPayload } from '#shared/model/campaign-entries.ts';
import type { DecidedItem } from './campaign-state.ts';

const members = [
  'item',
  'stage',
  'decision',
  'reason',
  'digest',
  'dwellMs',
  'batch',
  'supersedes',
  'subject',
  'entitlement',
  'resource',
] as const;

type Signed = { readonly decidedAt: string; readonly payload: CampaignDecisionPayload };

/** Whose it was by rule, the workspace of the campaign says; that is checked with the population. */
export const isAsSigned = (known: DecidedItem, { decidedAt, payload }: Signed): boolean =>
  known.decidedAt === decidedAt &&
  members.every((member) => known[member] === payload[member]) &&
  known.opened.join('\n') === payload.opened.join('\n');
