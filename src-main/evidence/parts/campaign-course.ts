// How a campaign went, for its line in a pack: what was corrected, decided differently, brought back as a file, and how quickly.
import { z } from 'zod';
import { campaignDecision } from '#shared/model/campaign.ts';
import { campaignImportedPayload } from '#shared/model/campaign-entries.ts';
import { instant } from '#shared/time/instant.ts';
import { isSamePerson, type Identities } from '../../review/aliases.ts';
import type { CampaignRecord, DecidedItem } from '../../review/campaigns/campaign-state.ts';
import { conflictsInCampaign } from '../../review/campaigns/conflicts-in-campaign.ts';
import { isOwnItem } from '../../review/campaigns/own-names.ts';
import { medianOf } from '../../review/campaigns/indicators.ts';

/** So many corrections and conflicts stand in the line with who and why; all of them are in the ledger. */
export const describedAtMost = 200;

const whole = z.number().int().min(0);

/** Of all decisions ever made, those corrected later included. */
export const campaignConduct = z.strictObject({
  decisions: whole,
  /** Made together with others, under one reason. */
  bulk: whole,
  /** Made one by one, with a known time in view; the median is of these, the lower of two in the middle. */
  timed: whole,
  medianDwellMs: z.number().nullable(),
  corrected: whole,
  /** Made in another workspace, and brought back as a file. */
  imported: whole,
  /** Made by somebody who stood in for the reviewer of record, or instead of them. */
  standIns: whole,
  /** By the subject of the item, as is known by the end of the ledger: they do not count. */
  own: whole,
});

/** A decision as far as it is printed. */
const opinion = campaignDecision
  .pick({ reason: true, reviewer: true, reviewerName: true, decidedAt: true })
  .extend({ id: z.string(), decision: campaignDecision.shape.decision });
const about = {
  item: z.string(),
  stage: whole,
  subject: z.string(),
  entitlement: z.string(),
  resource: z.string().nullable(),
};

export const campaignCorrections = z.strictObject({
  total: whole,
  /** In the order in which they were made. */
  first: z.array(z.strictObject({ ...about, corrected: opinion, by: opinion })),
});

export const campaignConflicts = z.strictObject({
  total: whole,
  /** About which nobody said yet which decision stands. */
  open: whole,
  first: z.array(
    z.strictObject({
      ...about,
      opinions: z.array(opinion.extend({ stands: z.boolean() })),
      closing: z
        .strictObject({
          stands: z.string(),
          note: z.string(),
          by: z.string(),
          byName: z.string(),
          at: instant,
        })
        .nullable(),
    }),
  ),
});

export const campaignImports = z.array(
  campaignImportedPayload
    .pick({ fileName: true, fileSha256: true, reviewer: true, reviewerName: true, signer: true, kept: true })
    .extend({
      accepted: z.string().nullable(),
      added: whole,
      known: whole,
      refused: whole,
      conflicts: whole,
      at: instant,
    }),
);

const decisionsAtOnce = 2_000;

/** In steps, as everything here that looks at all decisions. */
export function* conductOf(
  record: CampaignRecord,
  identities: Identities,
): Generator<undefined, z.infer<typeof campaignConduct>> {
  const counts = { decisions: 0, bulk: 0, corrected: 0, imported: 0, standIns: 0, own: 0 };
  const dwells: number[] = [];
  for (const {
    batch,
    dwellMs,
    supersedes,
    importedFrom,
    ofRecord,
    reviewer,
    subject,
  } of record.decisionsById.values()) {
    counts.decisions += 1;
    if (batch !== null) counts.bulk += 1;
    else if (dwellMs !== null) dwells.push(dwellMs);
    if (supersedes !== null && record.decisionsById.has(supersedes)) counts.corrected += 1;
    if (importedFrom !== null) counts.imported += 1;
    if (!isSamePerson(identities, ofRecord, reviewer)) counts.standIns += 1;
    if (isOwnItem(record, identities, reviewer, subject)) counts.own += 1;
    if (counts.decisions % decisionsAtOnce === 0) yield undefined;
  }
  return { ...counts, timed: dwells.length, medianDwellMs: medianOf(dwells) };
}

const opinionOf = ({ id, decision, reason, reviewer, reviewerName, decidedAt }: DecidedItem) => ({
  id,
  decision,
  reason,
  reviewer,
  reviewerName,
  decidedAt,
});

type Corrections = z.infer<typeof campaignCorrections>;

export function* correctionsOf({ decisionsById }: CampaignRecord): Generator<undefined, Corrections> {
  const first: Corrections['first'] = [];
  let [total, seen] = [0, 0];
  for (const by of decisionsById.values()) {
    seen += 1;
    if (seen % decisionsAtOnce === 0) yield undefined;
    const corrected = by.supersedes === null ? undefined : decisionsById.get(by.supersedes);
    if (corrected === undefined) continue;
    total += 1;
    if (total > describedAtMost) continue;
    const { item, stage, subject, entitlement, resource } = by;
    const about = { item, stage, subject, entitlement, resource };
    first.push({ ...about, corrected: opinionOf(corrected), by: opinionOf(by) });
  }
  return { total, first };
}

export function* conflictsOf(
  record: CampaignRecord,
  identities: Identities,
): Generator<undefined, z.infer<typeof campaignConflicts>> {
  const all = yield* conflictsInCampaign(record, identities);
  return {
    total: all.length,
    open: all.filter(({ closing }) => closing === null).length,
    first: all.slice(0, describedAtMost).map(({ opinions, ...conflict }) => ({
      ...conflict,
      opinions: opinions.map(
        ({ decision: id, kind: decision, reason, reviewer, reviewerName, decidedAt, stands }) => ({
          id,
          decision,
          reason,
          reviewer,
          reviewerName,
          decidedAt,
          stands,
        }),
      ),
    })),
  };
}

export const importsOf = ({ imports }: CampaignRecord): z.infer<typeof campaignImports> =>
  imports.map(
    ({
      fileName,
      fileSha256,
      reviewer,
      reviewerName,
      signer,
      accepted,
      added,
      known,
      refused,
      conflicts,
      kept,
      at,
    }) => ({
      fileName,
      fileSha256,
      reviewer,
      reviewerName,
      signer,
      accepted,
      added,
      known,
      refused: refused.length,
      conflicts,
      ...(kept && { kept }),
      at,
    }),
  );
