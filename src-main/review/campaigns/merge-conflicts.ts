// Items that people decided differently in one stage: everything they decided stays, and somebody says which one stands.
import type { CampaignConflict } from '#shared/model/campaign-files.ts';
import type { campaignConflictClosedPayload } from '#shared/model/campaign-entries.ts';
import { Problem } from '#shared/model/problem.ts';
import type { z } from 'zod';
import { isSamePerson, type Identities } from '../aliases.ts';
import { requireReviewer } from '../decide.ts';
import type { Ledger } from '../ledger.ts';
import type { LedgerState } from '../projection.ts';
import { campaignOf, stagePlace, type CampaignRecord, type DecidedItem } from './campaign-state.ts';
import { campaignIdentities } from './reviewer-of-record.ts';
import { currentDecision, isInConflict, standingDecisions } from './standing.ts';

/** Open conflicts first, then closed ones; each in the order of keys and stages. */
export function listConflicts(state: LedgerState, campaign: string): CampaignConflict[] {
  const record = campaignOf(state, campaign);
  const identities = campaignIdentities(state.independence.identities, record.definition);
  const found = [...record.decisions.keys()]
    .toSorted()
    .flatMap((item) =>
      record.definition.stages.flatMap((_, stage) => conflictAt(record, identities, item, stage) ?? []),
    );
  return [
    ...found.filter(({ closing }) => closing === null),
    ...found.filter(({ closing }) => closing !== null),
  ];
}

function conflictAt(
  record: CampaignRecord,
  identities: Identities,
  item: string,
  stage: number,
): CampaignConflict | null {
  const about = record.decisions.get(item)?.[0];
  if (about === undefined) return null;
  const { subject, entitlement, resource } = about;
  const reviewed = { key: item, subject };
  const standing = standingDecisions(record, reviewed, stage, identities);
  if (new Set(standing.map(({ decision }) => decision)).size < 2) return null;
  const current = currentDecision(record, reviewed, stage, identities);
  const closed = isInConflict(record, reviewed, stage, identities)
    ? null
    : (record.conflictClosings.get(stagePlace(item, stage)) ?? null);
  return {
    item,
    stage,
    subject,
    entitlement,
    resource,
    opinions: standing.map((decision) => opinionOf(decision, current)),
    closing: closed && {
      stands: closed.stands,
      note: closed.note,
      by: closed.by,
      byName: closed.byName,
      at: closed.at,
    },
  };
}

const opinionOf = (
  decision: DecidedItem,
  current: DecidedItem | null,
): CampaignConflict['opinions'][number] => ({
  decision: decision.id,
  kind: decision.decision,
  reason: decision.reason,
  reviewer: decision.reviewer,
  reviewerName: decision.reviewerName,
  ofRecord: decision.ofRecord,
  decidedAt: decision.decidedAt,
  importedFrom: decision.importedFrom,
  stands: decision.id === current?.id,
});

export type CloseCampaignConflict = {
  readonly campaign: string;
  readonly item: string;
  readonly stage: number;
  /** Id of the decision that stands; the one the policy takes when absent. */
  readonly stands?: string | undefined;
  readonly note: string;
};

/**
 * Puts on record which of several decisions stands, and why. None of them is taken away.
 * @throws Problem `not-found`, `refused` for whoever is the item’s subject, `invalid-input` without a note
 */
export function closeCampaignConflict(ledger: Ledger, request: CloseCampaignConflict): CampaignConflict {
  const { campaign, item, stage } = request;
  const note = request.note.toWellFormed().trim();
  if (note === '')
    throw new Problem('invalid-input', 'A conflict is closed with a note. Nothing was recorded.', {
      next: 'Say in a sentence why the decision you choose stands.',
    });
  ledger.append((state) => {
    const reviewer = requireReviewer(state);
    const record = campaignOf(state, campaign);
    const identities = campaignIdentities(state.independence.identities, record.definition);
    const conflict = conflictAt(record, identities, item, stage);
    if (conflict === null) throw noConflict();
    if (record.opened === null || record.state !== 'open')
      throw new Problem(
        'refused',
        'Conflicts are closed while the campaign is open, in the workspace that opened it. Nothing was recorded.',
      );
    if (isSamePerson(identities, reviewer.id, conflict.subject))
      throw new Problem(
        'refused',
        'This right is your own, so somebody else says which decision about it stands. Nothing was recorded.',
      );
    const stands = request.stands ?? conflict.opinions.find((opinion) => opinion.stands)!.decision;
    if (!conflict.opinions.some(({ decision }) => decision === stands))
      throw new Problem(
        'invalid-input',
        'The decision that is to stand is none of those in conflict. Nothing was recorded.',
      );
    const payload: z.input<typeof campaignConflictClosedPayload> = {
      campaign,
      item,
      stage,
      stands,
      note,
      byName: reviewer.name,
    };
    return [{ type: 'campaign-conflict-closed', subject: item, actor: reviewer.id, payload }];
  });
  const state = ledger.state();
  const record = campaignOf(state, campaign);
  const identities = campaignIdentities(state.independence.identities, record.definition);
  const closed = conflictAt(record, identities, item, stage);
  if (closed === null) throw noConflict();
  return closed;
}

const noConflict = (): Problem =>
  new Problem(
    'not-found',
    'Nobody decided this item differently from somebody else in this stage. Nothing was recorded.',
  );
