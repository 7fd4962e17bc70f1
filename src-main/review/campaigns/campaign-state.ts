// The part of the ledger's state that is access reviews: campaigns from their definition to the last re-check.
import type { z } from 'zod';
import type {
  Attestation,
  CampaignDecision,
  CampaignDefinition,
  CampaignState,
  Delegation,
  Remediation,
} from '#shared/model/campaign.ts';
import type {
  campaignAssignedPayload,
  campaignClosedPayload,
  campaignConflictClosedPayload,
  campaignDiscardedPayload,
  campaignHandedBackPayload,
  campaignImportedPayload,
  campaignOpenedPayload,
  campaignRecheckedPayload,
  campaignRemediationPayload,
  campaignSeriesEndedPayload,
  campaignTakenPayload,
  dailyReviewPayload,
  CampaignDecisionPayload,
} from '#shared/model/campaign-entries.ts';
import { Problem } from '#shared/model/problem.ts';
import type { StatedNames } from './own-names.ts';
import type { SampleRecord } from './sample-record.ts';

/** What an entry says, with who wrote it and when. */
type Act<Schema extends z.ZodType> = z.output<Schema> & {
  readonly entry: string;
  readonly by: string;
  readonly at: string;
};

/** A decision as the ledger has it, with what it names besides. */
export type DecidedItem = CampaignDecision &
  Pick<CampaignDecisionPayload, 'subject' | 'entitlement' | 'resource' | 'because'>;

export type CampaignRecord = {
  readonly id: string;
  definition: CampaignDefinition;
  definedAt: string;
  readonly definedBy: string;
  /** The entry the definition is from, and the name of whoever recorded that. */
  definitionEntry: string;
  definitionByName: string;
  /** Null unless it was a draft that is not to be opened any more. */
  discarded: Act<typeof campaignDiscardedPayload> | null;
  /** Null unless somebody said that nothing of its series follows. */
  seriesEnded: Act<typeof campaignSeriesEndedPayload> | null;
  state: CampaignState;
  /** Null while it is a draft, and where the items came as a file. */
  opened: Act<typeof campaignOpenedPayload> | null;
  /** The files of items somebody was handed, where this is the workspace of a reviewer; the newest last. */
  readonly taken: Act<typeof campaignTakenPayload>[];
  readonly assigned: Act<typeof campaignAssignedPayload>[];
  readonly handedBack: Act<typeof campaignHandedBackPayload>[];
  readonly delegations: Delegation[];
  /** The entries they are from, in the same order; empty where they came with a file. */
  readonly delegationEntries: string[];
  /** When each of those was put on record, in microseconds since the epoch; empty, too, where they came with a file. */
  readonly delegationTimes: number[];
  /** By key of the item, as they came; corrections stand after what they correct. */
  readonly decisions: Map<string, DecidedItem[]>;
  readonly decisionsById: Map<string, DecidedItem>;
  readonly imports: Act<typeof campaignImportedPayload>[];
  /** Other names of reviewers, by their own signed files; another map whenever one is added. */
  statedNames: StatedNames;
  /** By {@link stagePlace}; the latest counts. */
  readonly conflictClosings: Map<string, Act<typeof campaignConflictClosedPayload>>;
  /** Of each role the latest. */
  readonly attestations: Map<Attestation['role'], Attestation & { readonly outcomesSha256: string }>;
  closed: Act<typeof campaignClosedPayload> | null;
  /** By key of the item: what stands, and everything that was put on record about it, oldest first. */
  readonly remediations: Map<string, { now: Remediation; acts: Act<typeof campaignRemediationPayload>[] }>;
  readonly rechecks: Act<typeof campaignRecheckedPayload>[];
  /** Oldest first. */
  readonly samples: SampleRecord[];
  /** Number of the newest entry about it. */
  revision: number;
  /** Number of the newest entry that may have changed what its items come to. */
  outcomesRevision: number;
  /** Keys of items in the order in which something about them was recorded; corrected ones come again. */
  readonly touched: string[];
};

export type CampaignsState = {
  /** By id, in the order in which they were defined. */
  readonly byId: Map<string, CampaignRecord>;
  readonly dailyReviews: Act<typeof dailyReviewPayload>[];
  /** Number of the newest entry that may have changed who is whom. */
  peopleRevision: number;
};

export const emptyCampaigns = (): CampaignsState => ({
  byId: new Map(),
  dailyReviews: [],
  peopleRevision: 0,
});

/** @throws Problem `not-found` */
export function campaignOf(
  { campaigns }: { readonly campaigns: CampaignsState },
  id: string,
): CampaignRecord {
  const found = campaigns.byId.get(id);
  if (found) return found;
  throw new Problem('not-found', 'There is no such campaign in this workspace. Nothing was changed.', {
    next: 'See which there are (countersign campaign status).',
  });
}

/** What belongs to one stage of one item. */
export const stagePlace = (item: string, stage: number): string => `${item} ${stage}`;

/** Of a right that is to be revoked or modified and about which nobody said anything yet. */
export const untouchedRemediation = (item: string): Remediation => ({
  item,
  state: 'open',
  owner: null,
  dueOn: null,
  ticket: null,
  instruction: null,
  checkedAt: null,
});
