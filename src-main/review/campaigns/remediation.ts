// What becomes of every right that is to be revoked or modified: whose task it is, until when, under which ticket, how far it is.
import type { Remediation } from '#shared/model/campaign.ts';
import type { campaignRemediationPayload } from '#shared/model/campaign-entries.ts';
import type { RemediationChange } from '#shared/model/campaign-follow-up.ts';
import { Problem } from '#shared/model/problem.ts';
import { parseInstant } from '#shared/time/instant.ts';
import type { z } from 'zod';
import { requireReviewer } from '../decide.ts';
import type { Act, Ledger } from '../ledger.ts';
import type { LedgerState } from '../projection.ts';
import { campaignOf, untouchedRemediation, type CampaignRecord } from './campaign-state.ts';
import { isOwnItem } from './own-names.ts';
import { campaignIdentities } from './reviewer-of-record.ts';
import { toFollowUp, type ToFollowUp } from './to-follow-up.ts';

const known = new WeakMap<
  CampaignRecord,
  { readonly at: string; readonly needed: Map<string, ToFollowUp> }
>();

/** The same by key of the item, in the same order; kept until somebody decides, closes a conflict, or says who is whom. */
export function followUpOf(state: LedgerState, record: CampaignRecord): ReadonlyMap<string, ToFollowUp> {
  const at = `${record.outcomesRevision} ${state.campaigns.peopleRevision}`;
  const kept = known.get(record);
  if (kept?.at === at) return kept.needed;
  const identities = campaignIdentities(state.independence.identities, record.definition);
  const needed = new Map(toFollowUp(record, identities).map((one) => [one.item, one]));
  known.set(record, { at, needed });
  return needed;
}

/** @throws Problem `refused` in the workspace of a reviewer, or for a draft */
export function requireOwn(record: CampaignRecord): CampaignRecord {
  if (record.opened !== null) return record;
  throw new Problem(
    'refused',
    'This campaign was not opened in this workspace, so what follows from it is not kept here. Nothing was recorded.',
    { next: 'Look in the workspace of the campaign’s owner.' },
  );
}

/**
 * Puts on record who takes care of it, until when, under which ticket, or that it is said to be done. Members that are left out
 * stay as they are. All items or none.
 * @throws Problem `not-found`, `refused`, `invalid-input`
 */
export function changeRemediation(ledger: Ledger, campaign: string, change: RemediationChange): void {
  ledger.append((state) => {
    const reviewer = requireReviewer(state);
    const record = requireOwn(campaignOf(state, campaign));
    const identities = campaignIdentities(state.independence.identities, record.definition);
    const needed = followUpOf(state, record);
    assertDate(change);
    return [...new Set(change.items)].map((item): Act => {
      const about = requireNeeded(needed, item);
      const now = changed(record.remediations.get(item)?.now ?? untouchedRemediation(item), change);
      if (now.owner !== null && isOwnItem(record, identities, now.owner, about.decision.subject))
        throw new Problem(
          'refused',
          'Whoever holds the right cannot be the one who takes it away. Nothing was recorded.',
          {
            next: 'Name somebody else.',
          },
        );
      const payload: z.input<typeof campaignRemediationPayload> = {
        ...now,
        campaign,
        note: change.note?.toWellFormed() ?? null,
        byName: reviewer.name,
      };
      return { type: 'campaign-remediation', subject: item, actor: reviewer.id, payload };
    });
  });
}

function requireNeeded(needed: ReadonlyMap<string, ToFollowUp>, item: string): ToFollowUp {
  const found = needed.get(item);
  if (found) return found;
  throw new Problem(
    'not-found',
    'One of these items is not to be revoked or modified, so there is nothing to remedy. Nothing was recorded.',
    {
      next: 'See what is (countersign campaign remediation).',
    },
  );
}

function changed(now: Remediation, change: RemediationChange): Remediation {
  const next: Remediation = {
    ...now,
    state: change.state ?? now.state,
    owner: textOr(change.owner, now.owner),
    dueOn: change.dueOn === undefined ? now.dueOn : change.dueOn,
    ticket: textOr(change.ticket, now.ticket),
    instruction: textOr(change.instruction, now.instruction),
  };
  if (now.state === 'verified-removed' && next.state !== now.state)
    throw new Problem(
      'refused',
      'A re-check has shown that this right is gone; only another re-check says otherwise. Nothing was recorded.',
    );
  if (next.state === 'ticketed' && next.ticket === null)
    throw new Problem(
      'invalid-input',
      'A remediation is ticketed only with the reference of a ticket. Nothing was recorded.',
      {
        next: 'Name the ticket (--ticket).',
      },
    );
  return next;
}

const textOr = (given: string | null | undefined, before: string | null): string | null =>
  given === undefined ? before : (given?.toWellFormed() ?? null);

function assertDate({ dueOn }: RemediationChange): void {
  if (dueOn === null || dueOn === undefined) return;
  try {
    parseInstant(dueOn);
  } catch (cause) {
    if (!(cause instanceof Problem)) throw cause;
    throw new Problem('invalid-input', 'The due date is not a day of the calendar. Nothing was recorded.', {
      next: 'Write it as YYYY-MM-DD.',
      cause,
    });
  }
}
