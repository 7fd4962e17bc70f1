// The end of a campaign: the owner attests, the approver approves, and only then it is closed; nothing is ever decided by closing.
import type { Attestation } from '#shared/model/campaign.ts';
import { nameOf } from '#shared/model/campaign-people.ts';
import type { campaignAttestedPayload, campaignClosedPayload } from '#shared/model/campaign-entries.ts';
import { Problem } from '#shared/model/problem.ts';
import type { z } from 'zod';
import { isSamePerson, type Identities } from '../aliases.ts';
import { requireReviewer } from '../decide.ts';
import type { Ledger } from '../ledger.ts';
import type { LedgerState } from '../projection.ts';
import { mayActAs, notShownToBe } from './act-as.ts';
import { campaignOf, type CampaignRecord } from './campaign-state.ts';
import { requireOpen } from './decide-items.ts';
import { assertFrozen, frozenFileOf } from './frozen-file.ts';
import { campaignIdentities } from './reviewer-of-record.ts';
import type { Tally } from './tally-steps.ts';
import { prepareTally, tallyNow } from './tally.ts';

export type ClosingScene = { readonly ledger: Ledger; readonly workspace: string };

/**
 * Puts on record that the owner, or after them the approver, stands for what was decided so far. A decision after that asks both again.
 * @throws Problem `refused` for anybody else, for the approver before the owner, and for whoever decided everything alone
 */
export async function attestCampaign(
  { ledger, workspace }: ClosingScene,
  request: { readonly campaign: string; readonly role: Attestation['role']; readonly statement: string },
): Promise<CampaignRecord> {
  const { campaign, role } = request;
  const statement = request.statement.toWellFormed().trim();
  if (statement === '')
    throw new Problem('invalid-input', 'An attestation needs a statement. Nothing was recorded.');
  await prepareClosing(ledger, workspace, campaign);
  ledger.append((state) => {
    const reviewer = requireReviewer(state);
    const record = requireOwn(campaignOf(state, campaign));
    const { identities, tally } = closingView(state, record);
    assertRole(record, identities, role, reviewer.id);
    assertShownToBe(state, record, identities, reviewer.id, [role]);
    assertIndependent(tally, identities, reviewer.id);
    if (role === 'approver') assertAttested(record, identities, tally, 'owner');
    const payload: z.input<typeof campaignAttestedPayload> = {
      campaign,
      role,
      statement,
      outcomesSha256: tally.outcomesSha256,
      byName: reviewer.name,
    };
    return [{ type: 'campaign-attested', subject: campaign, actor: reviewer.id, payload }];
  });
  return campaignOf(ledger.state(), campaign);
}

/**
 * Closes a campaign both attested. With open items it becomes “closed incomplete”, which needs a reason; they stay without a response.
 * @throws Problem `refused`, or `conflict` where something was decided after an attestation
 */
export async function closeCampaign(
  { ledger, workspace }: ClosingScene,
  request: { readonly campaign: string; readonly reason?: string | undefined },
): Promise<CampaignRecord> {
  const { campaign } = request;
  const reason = request.reason?.toWellFormed().trim() || null;
  await prepareClosing(ledger, workspace, campaign);
  ledger.append((state) => {
    const reviewer = requireReviewer(state);
    const record = requireOwn(campaignOf(state, campaign));
    const { identities, tally } = closingView(state, record);
    const { owner, approver } = record.definition;
    if (![owner, approver].some((id) => isSamePerson(identities, id, reviewer.id)))
      throw new Problem(
        'refused',
        'Only the owner or the approver closes a campaign. Nothing was recorded.',
        {
          next: `Leave it to ${nameOf(record.definition, owner)} or ${nameOf(record.definition, approver)}.`,
        },
      );
    assertShownToBe(state, record, identities, reviewer.id, ['owner', 'approver']);
    assertAttested(record, identities, tally, 'owner');
    assertAttested(record, identities, tally, 'approver');
    const { open } = tally.counts;
    if (open > 0 && reason === null)
      throw new Problem(
        'refused',
        `${open} of ${tally.counts.items} items have no final decision, so the campaign can only be closed as incomplete. Nothing was recorded.`,
        { next: 'Decide them, or close it with a reason why it stays incomplete.' },
      );
    const payload: z.input<typeof campaignClosedPayload> = {
      campaign,
      state: open > 0 ? 'closed-incomplete' : 'closed',
      counts: tally.counts,
      outcomesSha256: tally.outcomesSha256,
      reason,
      byName: reviewer.name,
    };
    return [{ type: 'campaign-closed', subject: campaign, actor: reviewer.id, payload }];
  });
  return campaignOf(ledger.state(), campaign);
}

/** Compares the population with its hash, and works out beforehand what is asked under the lock. */
async function prepareClosing(ledger: Ledger, workspace: string, campaign: string): Promise<void> {
  const state = ledger.state();
  const record = requireOwn(campaignOf(state, campaign));
  await assertFrozen(frozenFileOf(workspace, record));
  await prepareTally(state, record);
}

function closingView(state: LedgerState, record: CampaignRecord): { identities: Identities; tally: Tally } {
  const identities = campaignIdentities(state.independence.identities, record.definition);
  return { identities, tally: tallyNow(state, record) };
}

function requireOwn(record: CampaignRecord): CampaignRecord {
  requireOpen(record);
  if (record.opened !== null) return record;
  throw new Problem(
    'refused',
    'Only some items of this campaign came here, so it is closed where it was opened. Nothing was recorded.',
    {
      next: 'Hand your decisions back to its owner.',
    },
  );
}

function assertRole(
  record: CampaignRecord,
  identities: Identities,
  role: Attestation['role'],
  id: string,
): void {
  const { owner, approver } = record.definition;
  if (isSamePerson(identities, owner, approver))
    throw new Problem(
      'refused',
      'Owner and approver are known to be one person, so nobody can approve what the owner attests. Nothing was recorded.',
      {
        next: 'Run another campaign with another approver.',
      },
    );
  const of = record.definition[role];
  if (isSamePerson(identities, of, id)) return;
  throw new Problem(
    'refused',
    `Only the ${role} of this campaign attests as its ${role}. Nothing was recorded.`,
    { next: `Leave it to ${nameOf(record.definition, of)}.` },
  );
}

/** @throws Problem `refused` for whoever is only said to be one of these */
function assertShownToBe(
  { keys }: LedgerState,
  { definition }: CampaignRecord,
  identities: Identities,
  reviewer: string,
  roles: readonly Attestation['role'][],
): void {
  const people = roles.map((role) => definition[role]);
  if (people.some((person) => mayActAs(keys, identities, { person, reviewer }))) return;
  const said = people.find((person) => isSamePerson(identities, person, reviewer)) ?? '';
  throw notShownToBe({
    person: said,
    name: nameOf(definition, said),
  });
}

/** What one person decided alone, somebody else has to stand for. */
function assertIndependent({ reviewers }: Tally, identities: Identities, id: string): void {
  const [only, ...others] = reviewers;
  if (only === undefined || others.length > 0 || !isSamePerson(identities, only, id)) return;
  throw new Problem(
    'refused',
    'You are the only one who decided anything in this campaign, so somebody else has to stand for it. Nothing was recorded.',
    { next: 'Let another reviewer decide some of the items, such as those of a second stage.' },
  );
}

function assertAttested(
  record: CampaignRecord,
  identities: Identities,
  tally: Tally,
  role: Attestation['role'],
): void {
  const given = record.attestations.get(role);
  if (given === undefined)
    throw new Problem('refused', `The ${role} has not attested this campaign yet. Nothing was recorded.`, {
      next:
        role === 'owner' ? 'The owner attests first, then the approver.' : 'Let the approver attest, too.',
    });
  if (given.outcomesSha256 !== tally.outcomesSha256)
    throw new Problem(
      'conflict',
      `What was decided changed after the ${role} attested it. Nothing was recorded.`,
      {
        next: 'Attest again: the owner first, then the approver.',
      },
    );
  assertRole(record, identities, role, given.by);
  assertIndependent(tally, identities, given.by);
}
