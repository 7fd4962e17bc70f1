// Reads a decision as the ledger of whoever made it has it: when a file is taken in, and by whoever verifies what was taken in.
import type { DecisionsStatement } from '#shared/model/campaign-files.ts';
import { campaignDecisionPayload, type CampaignDecisionPayload } from '#shared/model/campaign-entries.ts';
import { ledgerEntry } from '#shared/model/evidence.ts';
import { Problem } from '#shared/model/problem.ts';
import { parseJsonLine, type TextLine } from '../../evidence/json-lines.ts';
import { foldIdentity } from '../aliases.ts';
import type { OfferedDecision } from './merge.ts';

const entryId = /^[0-9A-HJKMNP-TV-Z]{26}$/;

type Claim = Pick<DecisionsStatement, 'campaign' | 'reviewer'>;

/** @throws Problem `refused` where an entry is of somebody else, or about something else, than the file says */
export function readOffered({ campaign, reviewer }: Claim, { text, where }: TextLine): OfferedDecision {
  const entry = parseJsonLine(text, where, ledgerEntry);
  const payload = payloadOf(entry.payload);
  if (entry.type !== 'campaign-decision' || payload === null || payload.imported !== undefined)
    throw contradicts(`${where} is no decision of the reviewer’s own ledger.`);
  if (payload.campaign !== campaign) throw contradicts(`${where} is about another campaign.`);
  if (foldIdentity(entry.actor) !== foldIdentity(reviewer.id))
    throw contradicts(`${where} was decided by somebody else than the file says.`);
  if (!entryId.test(entry.id)) throw contradicts(`${where} has no number as ledgers give them.`);
  return { id: entry.id, actor: entry.actor, decidedAt: entry.wall_time, payload };
}

const payloadOf = (payload: unknown): CampaignDecisionPayload | null =>
  campaignDecisionPayload.safeParse(payload).data ?? null;

export const contradicts = (detail: string): Problem =>
  new Problem('refused', `This file contradicts itself, so nothing was taken from it. ${detail}`, {
    next: 'Ask whoever sent it to export it again.',
  });
