// The access reviews of a pack: their lines, and of their items those that were not simply certified.
import { campaignDecisionPayload, type CampaignDecisionPayload } from '#shared/model/campaign-entries.ts';
import type { LedgerEntry } from '#shared/model/evidence.ts';
import { noRemediations, type Remediation } from '#shared/model/campaign.ts';
import type { CampaignItemLine, CampaignLine } from '../parts/campaign-lines.ts';
import type { Listed } from './collect-first.ts';

/** Campaigns that have a chapter; then items of each campaign, and of all campaigns of a pack together. */
export const campaignsListed = {
  campaigns: 100,
  ofEach: { taken: 500, held: 200, silent: 100 },
  ofAll: { taken: 2000, held: 1000, silent: 500 },
} as const;

/** Items drawn as a sample that are told one by one: those that did not pass, or were not tested, up to so many of each sample. */
const drawnListed = 200;

type SampleLine = CampaignLine['samples'][number];

export function drawnToTell({ plan, results }: SampleLine): readonly string[] {
  const passed = new Set(results.filter(({ result }) => result === 'pass').map(({ item }) => item));
  return plan.drawn.filter((item) => !passed.has(item)).slice(0, drawnListed);
}

/** Who holds which right. */
export type DrawnRight = Pick<
  CampaignItemLine['item'],
  'subject' | 'subjectName' | 'entitlement' | 'resource'
>;

/** taken: to be revoked or modified · held: somebody decided, and nothing final came of it · silent: nobody decided. */
type Kind = keyof typeof campaignsListed.ofEach;

/** What is printed of a decision that does not certify. */
export type ToldDecision = Pick<
  CampaignDecisionPayload,
  'decision' | 'reason' | 'reviewerName' | 'ofRecord' | 'batch'
> & { readonly reviewer: string; readonly at: string };

export type CampaignItemRow = Pick<CampaignItemLine, 'item' | 'state' | 'outcome'> & {
  /** By stage; “certify” for one that does, null where nothing stands. */
  readonly decisions: readonly (ToldDecision | 'certify' | null)[];
  /** Null where nobody said anything about it yet. */
  readonly remediation: Remediation | null;
};

export type RemediationCounts = Readonly<Record<Remediation['state'], number>>;

export type CampaignRow = {
  readonly line: CampaignLine;
  readonly taken: Listed<CampaignItemRow>;
  readonly held: Listed<CampaignItemRow>;
  readonly silent: Listed<CampaignItemRow>;
  /** Of items of samples that are told one by one, by key. */
  readonly drawn: ReadonlyMap<string, DrawnRight>;
  readonly certified: { readonly privileged: number; readonly maybePrivileged: number };
  /** Of what is to be revoked or modified. */
  readonly remediation: RemediationCounts;
};

export type CampaignRows = Listed<CampaignRow>;

function openRow(line: CampaignLine) {
  return {
    line,
    toTell: new Set(line.samples.flatMap((sample) => drawnToTell(sample))),
    drawn: new Map<string, DrawnRight>(),
    remedies: new Map(line.remediations.map((one) => [one.item, one])),
    lists: { taken: [] as CampaignItemRow[], held: [] as CampaignItemRow[], silent: [] as CampaignItemRow[] },
    totals: { taken: 0, held: 0, silent: 0 },
    certified: { privileged: 0, maybePrivileged: 0 },
    remediation: noRemediations(),
  };
}
type OpenRow = ReturnType<typeof openRow>;

const kindOf = ({ outcome, decisions }: CampaignItemLine): Kind => {
  if (outcome !== null) return 'taken';
  return decisions.some((one) => one !== null) ? 'held' : 'silent';
};

/** Takes the ledger, then the campaigns, then their items. Keeps the decisions that do not certify. */
export function collectCampaigns() {
  const told = new Map<string, ToldDecision>();
  const rows: OpenRow[] = [];
  const left = { ...campaignsListed.ofAll } as Record<Kind, number>;
  let total = 0;
  let present: OpenRow | undefined;
  const rowFor = (line: CampaignItemLine, { remedies }: OpenRow): CampaignItemRow => ({
    item: line.item,
    state: line.state,
    outcome: line.outcome,
    decisions: line.decisions.map((id) => (id === null ? null : (told.get(id) ?? 'certify'))),
    remediation: remedies.get(line.item.key) ?? null,
  });
  const addTo = (row: OpenRow, line: CampaignItemLine): void => {
    if (line.outcome === 'certify') {
      if (line.item.privileged === 'yes') row.certified.privileged += 1;
      if (line.item.privileged === 'unknown') row.certified.maybePrivileged += 1;
      return;
    }
    const kind = kindOf(line);
    row.totals[kind] += 1;
    if (kind === 'taken') row.remediation[row.remedies.get(line.item.key)?.state ?? 'open'] += 1;
    if (left[kind] === 0 || row.lists[kind].length >= campaignsListed.ofEach[kind]) return;
    left[kind] -= 1;
    row.lists[kind].push(rowFor(line, row));
  };
  return {
    addEntry: (entry: LedgerEntry): void => {
      const found = toldOf(entry);
      if (found !== null && !told.has(found.id)) told.set(found.id, found.decision);
    },
    add: (line: CampaignLine): void => {
      total += 1;
      if (rows.length < campaignsListed.campaigns) rows.push(openRow(line));
    },
    addItem: (line: CampaignItemLine): void => {
      if (present?.line.campaign !== line.campaign)
        present = rows.find((row) => row.line.campaign === line.campaign);
      if (present === undefined) return;
      noteDrawn(present, line);
      addTo(present, line);
    },
    rows: (): CampaignRows => ({
      total,
      rows: rows.map(({ line, lists, totals, certified, remediation, drawn }) => ({
        line,
        drawn: new Map(drawn),
        taken: { rows: [...lists.taken], total: totals.taken },
        held: { rows: [...lists.held], total: totals.held },
        silent: { rows: [...lists.silent], total: totals.silent },
        certified: { ...certified },
        remediation: { ...remediation },
      })),
    }),
  };
}

function noteDrawn({ toTell, drawn }: OpenRow, { item }: CampaignItemLine): void {
  if (!toTell.has(item.key)) return;
  const { subject, subjectName, entitlement, resource } = item;
  drawn.set(item.key, { subject, subjectName, entitlement, resource });
}

function toldOf(entry: LedgerEntry): { id: string; decision: ToldDecision } | null {
  if (entry.type !== 'campaign-decision' || entry.payload['decision'] === 'certify') return null;
  const { data } = campaignDecisionPayload.safeParse(entry.payload);
  if (data === undefined) return null;
  const { decision, reason, reviewerName, ofRecord, batch, imported } = data;
  return {
    id: imported?.id ?? entry.id,
    decision: {
      decision,
      reason,
      reviewerName,
      ofRecord,
      batch,
      reviewer: imported?.reviewer ?? entry.actor,
      at: imported?.decidedAt ?? entry.wall_time,
    },
  };
}
