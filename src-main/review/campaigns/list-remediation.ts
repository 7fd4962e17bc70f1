// Lists remediations page by page with the counts of all, and one of them with everything that was recorded about it.
import { noRemediations } from '#shared/model/campaign.ts';
import type {
  RemediationDetail,
  RemediationList,
  RemediationQuery,
  RemediationRow,
} from '#shared/model/campaign-follow-up.ts';
import { Problem } from '#shared/model/problem.ts';
import { localDaysOf } from '#shared/time/local-days.ts';
import type { LedgerState } from '../projection.ts';
import { campaignOf, untouchedRemediation, type CampaignRecord } from './campaign-state.ts';
import { followUpOf, requireOwn } from './remediation.ts';
import type { ToFollowUp } from './to-follow-up.ts';
import { instructionFor } from './remediation-instruction.ts';

/** Everything but the instruction, which is only written for what is shown. */
type Standing = Omit<RemediationRow, 'instruction'> & { readonly written: string | null };

const mostOwners = 100;
const usualLimit = 100;

type Given = {
  /** Only these. */
  readonly items?: readonly string[] | undefined;
  /** Items that match the text by the name of their subject. */
  readonly named?: ReadonlySet<string> | undefined;
};

/** A list before the subjects are named. */
export type UnnamedList = Omit<RemediationList, 'rows'> & { readonly rows: readonly RemediationRow[] };

/** @param nowMs milliseconds since the epoch, for what is overdue */
export function listRemediation(
  state: LedgerState,
  query: RemediationQuery & Given,
  nowMs: number,
): UnnamedList {
  const record = requireOwn(campaignOf(state, query.id));
  const all = everything(state, record, nowMs);
  const needed = all.filter(({ outcome }) => outcome !== null);
  const counts = noRemediations();
  for (const { state: is } of needed) counts[is] += 1;
  const matching = all.filter((row) => matches(row, query));
  const onwards = matching.filter(({ item }) => item > (query.after ?? ''));
  const limit = Number(query.limit ?? usualLimit);
  const page = onwards.slice(0, limit);
  return {
    campaign: record.id,
    rows: page.map((row) => withInstruction(record, row)),
    counts,
    overdue: needed.filter(({ isOverdue }) => isOverdue).length,
    corrected: all.length - needed.length,
    owners: ownersOf(needed),
    matching: matching.length,
    nextAfter: onwards.length > limit ? (page.at(-1)?.item ?? null) : null,
  };
}

function everything(state: LedgerState, record: CampaignRecord, nowMs: number): Standing[] {
  const needed = followUpOf(state, record);
  const corrected = [...record.remediations.keys()].filter((item) => !needed.has(item));
  const keys = corrected.length === 0 ? [...needed.keys()] : [...needed.keys(), ...corrected].toSorted();
  const today = localDaysOf(record.definition.zone).dateAt(nowMs * 1000);
  return keys.map((item) => standingRow(record, item, needed.get(item) ?? null, today));
}

function standingRow(
  record: CampaignRecord,
  item: string,
  needed: ToFollowUp | null,
  today: string,
): Standing {
  const { instruction: written, ...now } = record.remediations.get(item)?.now ?? untouchedRemediation(item);
  const about = needed?.decision ?? record.decisions.get(item)?.at(-1);
  const { subject = '', entitlement = '', resource = null, reason = null } = about ?? {};
  const outcome = needed?.outcome ?? null;
  const isDone = outcome === null || now.state === 'verified-removed';
  return {
    ...now,
    written,
    subject,
    entitlement,
    resource,
    outcome,
    reason,
    decidedBy: about?.reviewerName ?? null,
    isOverdue: !isDone && now.dueOn !== null && now.dueOn < today,
  };
}

function withInstruction(record: CampaignRecord, { written, ...row }: Standing): RemediationRow {
  const { subject, entitlement, resource, outcome, reason } = row;
  if (written !== null) return { ...row, instruction: written };
  const instruction =
    outcome === 'revoke' || outcome === 'modify'
      ? instructionFor(record.definition, { subject, entitlement, resource, outcome, reason })
      : 'Nothing is to be done: the decision was corrected.';
  return { ...row, instruction };
}

function matches(
  row: Standing,
  { state, owner, text, only, items, named }: Parameters<typeof listRemediation>[1],
): boolean {
  const { subject, entitlement, resource, ticket, outcome } = row;
  if (items !== undefined && !items.includes(row.item)) return false;
  if (only === 'corrected') return outcome === null;
  if ((state !== undefined || owner !== undefined || only === 'overdue') && outcome === null) return false;
  if (state !== undefined && row.state !== state) return false;
  if (owner !== undefined && (row.owner ?? '') !== owner) return false;
  if (only === 'overdue' && !row.isOverdue) return false;
  const part = text?.toLowerCase() ?? '';
  return (
    part === '' ||
    named?.has(row.item) === true ||
    [subject, entitlement, resource, ticket].some((value) => value?.toLowerCase().includes(part) === true)
  );
}

function ownersOf(rows: readonly Standing[]): RemediationList['owners'] {
  return [...Map.groupBy(rows, ({ owner }) => owner)]
    .map(([owner, theirs]) => ({ owner, items: theirs.length }))
    .toSorted((a, b) => b.items - a.items || ((a.owner ?? '') < (b.owner ?? '') ? -1 : 1))
    .slice(0, mostOwners);
}

/** @throws Problem `not-found` where nothing is, or was, to be done about the item */
export function remediationOf(
  state: LedgerState,
  request: { readonly id: string; readonly item: string },
  nowMs: number,
): Omit<RemediationDetail, 'row'> & { readonly row: RemediationRow } {
  const { id, item } = request;
  const [row] = listRemediation(state, { id, items: [item] }, nowMs).rows;
  if (row === undefined)
    throw new Problem(
      'not-found',
      'This item is not to be revoked or modified, so there is nothing to remedy.',
      {
        next: 'See what is (countersign campaign remediation).',
      },
    );
  const record = campaignOf(state, id);
  const decidedAt = followUpOf(state, record).get(item)?.decision.decidedAt ?? null;
  return { row, decidedAt, history: historyOf(record, item) };
}

function historyOf(record: CampaignRecord, item: string): RemediationDetail['history'] {
  const changes = (record.remediations.get(item)?.acts ?? []).map(
    ({ at, byName, state, owner, dueOn, ticket, note }) =>
      ({ what: 'change', at, byName, state, owner, dueOn, ticket, note }) as const,
  );
  const checks = record.rechecks.flatMap(({ at, byName, number, results, unknown = [] }) => {
    const found = results.find((one) => one.item === item);
    const because = found?.because ?? unknown.find((one) => one.item === item)?.because;
    if (because === undefined) return [];
    return [{ what: 'recheck', at, byName, number, state: found?.state ?? null, because } as const];
  });
  return [...changes, ...checks].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}
