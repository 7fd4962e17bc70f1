// What becomes of every right that is to be revoked or modified: whose task it is, until when, under which ticket, how far it is.
import type { Remediation } from '#shared/model/campaign.ts';
import type { campaignRemediationPayload } from '#shared/model/campaign-entries.ts';
import type { RemediationChange, RemediationList, RemediationRow } from '#shared/model/campaign-follow-up.ts';
import { Problem } from '#shared/model/problem.ts';
import { localDaysOf } from '#shared/time/local-days.ts';
import { parseInstant } from '#shared/time/instant.ts';
import type { z } from 'zod';
import { isSamePerson, type Identities } from '../aliases.ts';
import { requireReviewer } from '../decide.ts';
import type { Act, Ledger } from '../ledger.ts';
import type { LedgerState } from '../projection.ts';
import { campaignOf, untouchedRemediation, type CampaignRecord, type DecidedItem } from './campaign-state.ts';
import { campaignIdentities } from './reviewer-of-record.ts';
import { instructionFor } from './remediation-instruction.ts';
import { standingOf } from './standing.ts';

/** A right whose decision stands, and is to revoke or modify it. */
export type ToFollowUp = {
  readonly item: string;
  readonly outcome: 'revoke' | 'modify';
  /** The decision it comes from: the last final one that stands. */
  readonly decision: DecidedItem;
};

/** Every right that is to be revoked or modified, in the order of keys. */
export function toFollowUp(record: CampaignRecord, identities: Identities): ToFollowUp[] {
  return [...record.decisions.keys()].toSorted().flatMap((item) => {
    const { subject } = record.decisions.get(item)![0]!;
    const { outcome, decisions } = standingOf(record, { key: item, subject }, identities);
    if (outcome !== 'revoke' && outcome !== 'modify') return [];
    const decision = decisions.findLast((one) => one?.decision === outcome) ?? null;
    return decision === null ? [] : [{ item, outcome, decision }];
  });
}

const noCounts: Readonly<Record<Remediation['state'], number>> = {
  open: 0,
  ticketed: 0,
  'done-unverified': 0,
  'verified-removed': 0,
  'still-present': 0,
  're-granted': 0,
};

/** @param nowMs milliseconds since the epoch, for what is overdue */
export function listRemediation(state: LedgerState, campaign: string, nowMs: number): RemediationList {
  const record = requireOwn(campaignOf(state, campaign));
  const identities = campaignIdentities(state.independence.identities, record.definition);
  const needed = new Map(toFollowUp(record, identities).map((one) => [one.item, one]));
  const keys = [...new Set([...needed.keys(), ...record.remediations.keys()])].toSorted();
  const today = localDaysOf(record.definition.zone).dateAt(nowMs * 1000);
  const rows = keys.map((item) => rowOf(record, item, needed.get(item) ?? null, today));
  const counts = { ...noCounts };
  for (const { state: is, outcome } of rows) if (outcome !== null) counts[is] += 1;
  return { campaign, rows, counts, overdue: rows.filter(({ isOverdue }) => isOverdue).length };
}

function rowOf(
  record: CampaignRecord,
  item: string,
  needed: ToFollowUp | null,
  today: string,
): RemediationRow {
  const now = record.remediations.get(item)?.now ?? untouchedRemediation(item);
  const about = needed?.decision ?? record.decisions.get(item)?.at(-1);
  const { subject = '', entitlement = '', resource = null, reason = null } = about ?? {};
  const outcome = needed?.outcome ?? null;
  const instruction =
    now.instruction ??
    (outcome === null
      ? 'Nothing is to be done: the decision was corrected.'
      : instructionFor(record.definition, { subject, entitlement, resource, outcome, reason }));
  const isDone = outcome === null || now.state === 'verified-removed';
  return {
    ...now,
    subject,
    entitlement,
    resource,
    outcome,
    reason,
    decidedBy: about?.reviewerName ?? null,
    instruction,
    isOverdue: !isDone && now.dueOn !== null && now.dueOn < today,
  };
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
    const needed = new Map(toFollowUp(record, identities).map((one) => [one.item, one]));
    assertDate(change);
    return [...new Set(change.items)].map((item): Act => {
      const about = requireNeeded(needed, item);
      const now = changed(record.remediations.get(item)?.now ?? untouchedRemediation(item), change);
      if (now.owner !== null && isSamePerson(identities, now.owner, about.decision.subject))
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
