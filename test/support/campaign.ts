// Campaigns, items and opened ledgers for tests.
import { mkdirSync, writeFileSync } from 'node:fs';
import type { CampaignDefinition, CampaignItem } from '../../src-shared/model/campaign.ts';
import { campaignDefinition } from '../../src-shared/model/campaign.ts';
import type { CampaignOpenedPayload } from '../../src-shared/model/campaign-entries.ts';
import { sha256Hex } from '../../src-main/evidence/digest.ts';
import { canonicalJson } from '../../src-main/evidence/entry-hash.ts';
import { campaignFolder, frozenFileOf } from '../../src-main/review/campaigns/frozen-file.ts';
import { definitionHash } from '../../src-main/review/campaigns/open-campaign.ts';
import { itemKey } from '../../src-main/review/campaigns/item-digest.ts';
import { campaignOf, type CampaignRecord } from '../../src-main/review/campaigns/campaign-state.ts';
import { defineCampaign } from '../../src-main/review/campaigns/define-campaign.ts';
import type { Ledger } from '../../src-main/review/ledger.ts';

export const people = {
  olga: { id: 'olga', name: 'Olga Owner', email: 'olga@example.org' },
  adam: { id: 'adam', name: 'Adam Approver', email: 'adam@example.org' },
  rita: { id: 'rita', name: 'Rita Reviewer', email: 'rita@example.org' },
  otto: { id: 'otto', name: 'Otto Other', email: 'otto@example.org' },
};

/** A quarter's review of public.entitlement by Rita, and where that cannot be by Otto. */
export function makeDefinition(changes: Partial<CampaignDefinition> = {}): CampaignDefinition {
  return campaignDefinition.parse({
    name: 'Third quarter',
    scope: {
      from: 'table',
      schema: 'public',
      table: 'entitlement',
      columns: { subject: 'account', entitlement: 'role' },
    },
    period: { from: '2026-07-01', to: '2026-09-30' },
    zone: 'Europe/Berlin',
    dueDays: 14,
    people: Object.values(people),
    stages: [{ name: 'review', reviewer: { by: 'person', person: 'rita' }, fallback: 'otto' }],
    policy: 'first-final',
    owner: 'olga',
    approver: 'adam',
    meanings: {
      reader: 'May look at everything.',
      writer: 'May change records.',
      admin: 'May change everything, accounts included.',
    },
    ...changes,
  });
}

export function makeItem(changes: Partial<CampaignItem> = {}): CampaignItem {
  const item = {
    subject: 'eve',
    subjectName: null,
    subjectType: 'user',
    entitlement: 'reader',
    resource: null,
    manager: null,
    owner: null,
    privileged: 'no' as const,
    grantedAt: null,
    lastUsedAt: null,
    usesInPeriod: null,
    rows: 1,
    flags: [],
    ...changes,
  };
  return { ...item, key: changes.key ?? itemKey(item.subject, item.entitlement, item.resource) };
}

/** Makes somebody else the reviewer of the ledger's workspace. */
export function actAs(ledger: Ledger, who: keyof typeof people): void {
  ledger.append(() => [{ type: 'reviewer-changed', subject: who, actor: who, payload: { ...people[who] } }]);
}

/** A campaign that says it was opened with these items; there is no frozen file. */
export function openedWith(
  ledger: Ledger,
  items: readonly CampaignItem[],
  definition: CampaignDefinition = makeDefinition(),
  sha256 = 'a'.repeat(64),
): CampaignRecord {
  const { id } = defineCampaign(ledger, { definition });
  const payload: CampaignOpenedPayload = {
    campaign: id,
    definitionSha256: definitionHash(definition),
    ipe: {
      query: 'made for a test',
      parameters: [],
      role: null,
      serverTime: null,
      snapshot: null,
      rows: items.length,
      countedRows: items.length,
      items: items.length,
      minKey: null,
      maxKey: null,
      sha256,
      keysSha256: 'b'.repeat(64),
      excluded: [],
    },
    file: 'population.jsonl',
    previous: null,
    difference: null,
    source: null,
    dueOn: '2026-12-01',
    flags: [],
    privileged: { yes: 0, unknown: 0 },
    withoutMeaning: 0,
    byName: 'Olga Owner',
  };
  ledger.append(() => [{ type: 'campaign-opened', subject: id, actor: 'olga', payload }]);
  return campaignOf(ledger.state(), id);
}

/** The same with its frozen file in a workspace folder. */
export function frozenCampaign(
  ledger: Ledger,
  workspace: string,
  items: readonly CampaignItem[],
  definition: CampaignDefinition = makeDefinition(),
): CampaignRecord {
  const text = items
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map((item) => `${canonicalJson(item)}\n`)
    .join('');
  const record = openedWith(ledger, items, definition, sha256Hex(text));
  mkdirSync(campaignFolder(workspace, record.id), { recursive: true });
  writeFileSync(frozenFileOf(workspace, record).path, text);
  return record;
}
