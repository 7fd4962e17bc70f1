// How a campaign went, for its line in a pack: what was corrected, decided differently, brought back as a file, and how quickly.
import { z } from 'zod';
import { campaignDecision, type CampaignDefinition } from '#shared/model/campaign.ts';
import { campaignImportedPayload } from '#shared/model/campaign-entries.ts';
import { instant } from '#shared/time/instant.ts';
import { isSamePerson, type Identities } from '../../review/aliases.ts';
import type { CampaignRecord, DecidedItem } from '../../review/campaigns/campaign-state.ts';
import { conflictsInCampaign } from '../../review/campaigns/conflicts-in-campaign.ts';

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
    .pick({ fileName: true, fileSha256: true, reviewer: true, reviewerName: true, signer: true })
    .extend({
      accepted: z.string().nullable(),
      added: whole,
      known: whole,
      refused: whole,
      conflicts: whole,
      at: instant,
    }),
);

export function conductOf(
  { decisionsById }: CampaignRecord,
  identities: Identities,
): z.infer<typeof campaignConduct> {
  const all = [...decisionsById.values()];
  const count = (is: (decision: DecidedItem) => boolean): number => all.filter(is).length;
  const dwells = all.flatMap(({ batch, dwellMs }) => (batch === null && dwellMs !== null ? [dwellMs] : []));
  return {
    decisions: all.length,
    bulk: count(({ batch }) => batch !== null),
    timed: dwells.length,
    medianDwellMs: dwells.toSorted((a, b) => a - b)[(dwells.length - 1) >>> 1] ?? null,
    corrected: count(({ supersedes }) => supersedes !== null && decisionsById.has(supersedes)),
    imported: count(({ importedFrom }) => importedFrom !== null),
    standIns: count(({ ofRecord, reviewer }) => !isSamePerson(identities, ofRecord, reviewer)),
    own: count(({ reviewer, subject }) => isSamePerson(identities, reviewer, subject)),
  };
}

const opinionOf = ({ id, decision, reason, reviewer, reviewerName, decidedAt }: DecidedItem) => ({
  id,
  decision,
  reason,
  reviewer,
  reviewerName,
  decidedAt,
});

export function correctionsOf({ decisionsById }: CampaignRecord): z.infer<typeof campaignCorrections> {
  const pairs = [...decisionsById.values()].flatMap((by) => {
    const corrected = by.supersedes === null ? undefined : decisionsById.get(by.supersedes);
    return corrected === undefined ? [] : [{ by, corrected }];
  });
  return {
    total: pairs.length,
    first: pairs.slice(0, describedAtMost).map(({ by, corrected }) => ({
      item: by.item,
      stage: by.stage,
      subject: by.subject,
      entitlement: by.entitlement,
      resource: by.resource,
      corrected: opinionOf(corrected),
      by: opinionOf(by),
    })),
  };
}

export function conflictsOf(
  record: CampaignRecord,
  identities: Identities,
): z.infer<typeof campaignConflicts> {
  const all = conflictsInCampaign(record, identities);
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
      at,
    }),
  );

/** Who of the people a definition names has which id; the id itself where it names nobody. */
export const nameOf = ({ people }: Pick<CampaignDefinition, 'people'>, id: string): string =>
  people.find((one) => one.id === id)?.name ?? id;
