// Checks the access reviews of a pack: each campaign is what the ledger adds up to, and closed on the word of two people.
import type { LedgerEntry } from '#shared/model/evidence.ts';
import type { CampaignsSaid, PackSpan } from '#shared/model/pack-campaigns.ts';
import { isSamePerson, type Identities } from '../../review/aliases.ts';
import { applyCampaignEntry, emptyCampaigns } from '../../review/campaigns/campaign-state.ts';
import { campaignIdentities } from '../../review/campaigns/reviewer-of-record.ts';
import { applyIndependence, emptyIndependence } from '../../review/independence-state.ts';
import { sha256Hex } from '../digest.ts';
import { canonicalJson } from '../entry-hash.ts';
import { ledgerPart } from '../pack-contents.ts';
import {
  campaignLineOf,
  isWished,
  leftOutOf,
  openedCampaigns,
  type CampaignLine,
  type OpenedCampaign,
} from '../parts/campaign-lines.ts';
import { campaignItemsPart, campaignsPart } from '../parts/campaign-part.ts';
import { populationsCheck, tampered } from './campaign-population-checks.ts';
import { failCheck } from './check.ts';
import { take, type Watcher } from './watcher.ts';

type Reserve = (sentence: string) => void;

/** What the ledger says about campaigns, entry by entry. */
function campaignsOfLedger() {
  const state = emptyCampaigns();
  const independence = emptyIndependence();
  return {
    add: (entry: LedgerEntry): void => {
      applyIndependence(independence, entry);
      applyCampaignEntry(state, entry);
    },
    opened: () => openedCampaigns(state),
    identities: () => independence.identities,
  };
}

/** The definition that was opened, and who closed it on whose word. */
function checkCourse(record: OpenedCampaign, line: CampaignLine, known: Identities, reserve: Reserve): void {
  const { definition, opened, closed, attestations } = record;
  if (sha256Hex(canonicalJson(definition)) !== opened.definitionSha256)
    tampered(record, 'its definition is not the one that was opened');
  if (closed === null) return;
  const [owner, approver] = [attestations.get('owner'), attestations.get('approver')];
  if (owner?.outcomesSha256 !== closed.outcomesSha256 || approver?.outcomesSha256 !== closed.outcomesSha256)
    return tampered(record, 'it was closed without both attestations of what stood then');
  if (closed.state === 'closed' && closed.counts.open > 0)
    tampered(record, 'it was closed with open items as if there were none');
  if (owner.by === approver.by) tampered(record, 'one person attested it as owner and as approver');
  if (isSamePerson(campaignIdentities(known, definition), owner.by, approver.by))
    reserve(
      `Owner and approver of the campaign “${definition.name}” are one person, as is known by the end of the ledger.`,
    );
  if (line.outcomesSha256 !== closed.outcomesSha256)
    reserve(
      `What stands of the campaign “${definition.name}” is not what was attested when it was closed, because of what is known since about who is whom.`,
    );
}

/** A pack says which campaigns of its ledger it holds, and by which choice; absent where the ledger opens none. */
export type CampaignsClaim = {
  readonly said: CampaignsSaid | undefined;
  readonly span: PackSpan;
};

/** Which campaigns a pack has to hold, by what it says. */
function expectedCampaigns(
  opened: readonly OpenedCampaign[],
  { said, span }: CampaignsClaim,
): readonly OpenedCampaign[] {
  if (said === undefined) {
    if (opened.length === 0) return [];
    return failCheck('tampered', 'The statement does not say which campaigns of the ledger are in the pack.');
  }
  const left = new Set(said.leftOut.map(({ campaign }) => campaign));
  const packed = opened.filter(({ id }) => !left.has(id));
  if (opened.length === 0 || canonicalJson(said.leftOut) !== canonicalJson(leftOutOf(opened, packed)))
    failCheck('tampered', 'The campaigns the statement leaves out are not campaigns of the ledger.');
  const { choice } = said;
  const ids = packed.map(({ id }) => id);
  const wish = choice === 'chosen' ? { choice, campaigns: ids } : { choice };
  if (opened.some((record) => isWished(record, wish, span) !== packed.includes(record)))
    failCheck('tampered', `Other campaigns are left out than the choice “${choice}” says.`);
  if (choice === 'chosen' && packed.length === 0)
    failCheck('tampered', 'The statement says that campaigns were chosen, and leaves out all of them.');
  return packed;
}

const numberOfCampaigns = (count: number): string => `${count} ${count === 1 ? 'campaign' : 'campaigns'}`;

/** Keeps the entries about campaigns, and of one with samples the keys of its items. */
export function watchCampaigns(claim: CampaignsClaim, reserve: Reserve): Watcher {
  const ledger = campaignsOfLedger();
  let expected: readonly OpenedCampaign[] | null = null;
  const packed = () => (expected ??= expectedCampaigns(ledger.opened(), claim));
  const populations = populationsCheck(packed, ledger.identities, reserve);
  let lines = 0;
  const checkLine = (line: CampaignLine, number: number): void => {
    lines = number;
    const record = packed()[number - 1];
    if (record === undefined)
      return failCheck(
        'tampered',
        'campaigns.jsonl names a campaign that the ledger does not open, or the statement leaves out.',
      );
    if (canonicalJson(line) !== canonicalJson(campaignLineOf(record, ledger.identities())))
      tampered(record, 'campaigns.jsonl does not say what the ledger adds up to');
    checkCourse(record, line, ledger.identities(), reserve);
  };
  return {
    name: 'campaigns',
    takes: [
      take(ledgerPart, ({ entry }) => ledger.add(entry)),
      take(campaignsPart, checkLine),
      take(campaignItemsPart, populations.add),
    ],
    end: () => {
      const { length } = packed();
      const items = populations.end();
      if (lines !== length) failCheck('tampered', 'campaigns.jsonl leaves out a campaign of the ledger.');
      const left = ledger.opened().length - length;
      if (length + left === 0) return 'No campaign was opened in this workspace.';
      const leftOut = left === 0 ? '' : ` Left out, as the statement says: ${numberOfCampaigns(left)}.`;
      if (length === 0) return `The pack holds no campaign.${leftOut}`;
      return `${numberOfCampaigns(length)} with ${items} items: populations as frozen, every decision on what was shown, counts, attestations and samples recomputed.${leftOut}`;
    },
  };
}
