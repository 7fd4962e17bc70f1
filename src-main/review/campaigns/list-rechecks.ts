// The re-checks on record: what each came to, and its results page by page.
import type { z } from 'zod';
import type {
  RecheckPage,
  RecheckResult,
  RecheckSummary,
  recheckFindings,
} from '#shared/model/campaign-follow-up.ts';
import { Problem } from '#shared/model/problem.ts';
import type { LedgerState } from '../projection.ts';
import { campaignOf, type CampaignRecord } from './campaign-state.ts';
import { requireOwn } from './remediation.ts';

type Recheck = CampaignRecord['rechecks'][number];
type Finding = z.infer<typeof recheckFindings>;

/** Oldest first. @throws Problem `refused` in the workspace of a reviewer, or for a draft */
export const listRechecks = (state: LedgerState, campaign: string): RecheckSummary[] =>
  requireOwn(campaignOf(state, campaign)).rechecks.map(summaryOf);

function summaryOf({ number, at, byName, ipe, results, unknown = [], period }: Recheck): RecheckSummary {
  const count = (wanted: Finding) => results.filter(({ state }) => state === wanted).length;
  return {
    number,
    at,
    byName,
    ipe,
    counts: {
      'verified-removed': count('verified-removed'),
      'still-present': count('still-present'),
      're-granted': count('re-granted'),
      unknown: unknown.length,
    },
    period: period ?? null,
  };
}

/** One page, in the order of keys. @throws Problem `not-found`, `refused` */
export function recheckResults(
  state: LedgerState,
  request: {
    readonly id: string;
    readonly number: number;
    readonly finding?: Finding | undefined;
    readonly after?: string | undefined;
    readonly limit: number;
  },
): Omit<RecheckPage, 'rows'> & { readonly rows: readonly RecheckResult[] } {
  const { id, number, finding, after = '', limit } = request;
  const record = requireOwn(campaignOf(state, id));
  const recheck = record.rechecks.find((one) => one.number === number);
  if (recheck === undefined)
    throw new Problem('not-found', 'This campaign has no such re-check.', {
      next: 'See which there are in its remediation.',
    });
  const all = [...recheck.results, ...(recheck.unknown ?? []).map((one) => ({ ...one, state: null }))];
  const onwards = all
    .filter(({ item, state: is }) => item > after && (finding === undefined || (is ?? 'unknown') === finding))
    .toSorted((a, b) => (a.item < b.item ? -1 : 1));
  const rows = onwards.slice(0, limit).map((one): RecheckResult => {
    const { subject = '', entitlement = '', resource = null } = record.decisions.get(one.item)?.at(-1) ?? {};
    return { subject, entitlement, resource, ...one };
  });
  const nextAfter = onwards.length > limit ? (rows.at(-1)?.item ?? null) : null;
  return { recheck: summaryOf(recheck), rows, nextAfter };
}
