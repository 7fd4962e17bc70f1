// Checks the access reviews of a pack: each campaign is what the ledger adds up to, and closed on the word of two people.
import type { LedgerEntry } from '#shared/model/evidence.ts';
import { isSamePerson, type Identities } from '../../review/aliases.ts';
import { applyCampaignEntry, emptyCampaigns } from '../../review/campaigns/campaign-state.ts';
import { campaignIdentities } from '../../review/campaigns/reviewer-of-record.ts';
import { applyIndependence, emptyIndependence } from '../../review/independence-state.ts';
import { sha256Hex } from '../digest.ts';
import { canonicalJson } from '../entry-hash.ts';
import { ledgerPart } from '../pack-contents.ts';
import {
  campaignLineOf,
  openedCampaigns,
  type CampaignLine,
  type OpenedCampaign,
} from '../parts/campaign-lines.ts';
import { campaignItemsPart, campaignsPart } from '../parts/campaign-part.ts';
import { absentText } from './absent-part.ts';
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
function checkCourse(record: OpenedCampaign, known: Identities, reserve: Reserve): void {
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
  if (campaignLineOf(record, known).outcomesSha256 !== closed.outcomesSha256)
    reserve(
      `What stands of the campaign “${definition.name}” is not what was attested when it was closed, because of what is known since about who is whom.`,
    );
}

/** Keeps the entries about campaigns, and of one with samples the keys of its items. */
export function watchCampaigns(has: (name: string) => boolean, reserve: Reserve): Watcher {
  const isThere = has(campaignsPart.name) || has(campaignItemsPart.name);
  const ledger = campaignsOfLedger();
  const populations = populationsCheck(ledger.opened, ledger.identities, reserve);
  let lines = 0;
  const checkLine = (line: CampaignLine, number: number): void => {
    lines = number;
    const record = ledger.opened()[number - 1];
    if (record === undefined)
      return failCheck('tampered', 'campaigns.jsonl names a campaign the ledger does not open.');
    if (canonicalJson(line) !== canonicalJson(campaignLineOf(record, ledger.identities())))
      tampered(record, 'campaigns.jsonl does not say what the ledger adds up to');
    checkCourse(record, ledger.identities(), reserve);
  };
  return {
    name: 'campaigns',
    takes: isThere
      ? [
          take(ledgerPart, ({ entry }) => ledger.add(entry)),
          take(campaignsPart, checkLine),
          take(campaignItemsPart, populations.add),
        ]
      : [],
    end: () => {
      if (!isThere) return absentText(campaignsPart.name);
      const items = populations.end();
      const opened = ledger.opened().length;
      if (lines !== opened) failCheck('tampered', 'campaigns.jsonl leaves out a campaign of the ledger.');
      return `${opened} ${opened === 1 ? 'campaign' : 'campaigns'} with ${items} items: populations as frozen, every decision on what was shown, counts, attestations and samples recomputed.`;
    },
  };
}
