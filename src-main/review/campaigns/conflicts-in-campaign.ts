// Stages of items that people decided differently, from the record of the campaign alone.
import type { CampaignConflict } from '#shared/model/campaign-files.ts';
import type { Identities } from '../aliases.ts';
import { stagePlace, type CampaignRecord, type DecidedItem } from './campaign-state.ts';
import { currentDecision, isInConflict, standingDecisions } from './standing.ts';

const itemsAtOnce = 1_000;

/**
 * Open conflicts first, then closed ones; each in the order of keys and stages. In steps, for all decided items are looked at.
 * @param identities of the campaign
 */
export function* conflictsInCampaign(
  record: CampaignRecord,
  identities: Identities,
): Generator<undefined, CampaignConflict[]> {
  const stages = [...record.definition.stages.keys()];
  const found: CampaignConflict[] = [];
  let looked = 0;
  for (const [item, decisions] of record.decisions) {
    looked += 1;
    if (looked % itemsAtOnce === 0) yield undefined;
    // It takes two to differ.
    if (decisions.length < 2) continue;
    for (const stage of stages) {
      const conflict = conflictAt(record, identities, item, stage);
      if (conflict !== null) found.push(conflict);
    }
  }
  found.sort((a, b) => (a.item < b.item ? -1 : a.item > b.item ? 1 : a.stage - b.stage));
  return [
    ...found.filter(({ closing }) => closing === null),
    ...found.filter(({ closing }) => closing !== null),
  ];
}

/** Null where nobody decided the stage of the item differently from somebody else. */
export function conflictAt(
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
  opened: decision.opened,
  dwellMs: decision.dwellMs,
  stands: decision.id === current?.id,
});
