// What a campaign came to so far: counts of what stands, and the hash that attestations are bound to.
import { createHash } from 'node:crypto';
import type { ClosingCounts } from '#shared/model/campaign-entries.ts';
import { isSamePerson, type Identities } from '../aliases.ts';
import type { CampaignRecord, DecidedItem } from './campaign-state.ts';
import { standingOf } from './standing.ts';

export type Tally = {
  readonly counts: ClosingCounts;
  /**
   * SHA-256 over a line for each item with a decision, in the order of keys: key, state, outcome or a hyphen, and the ids of what
   * stands of each stage or a hyphen, with tabs between and a line feed behind.
   */
  readonly outcomesSha256: string;
  /** The ids under which anybody decided something that stands, one a person. */
  readonly reviewers: readonly string[];
};

/** @param identities of the campaign, as they are known now: a decision about oneself under an alias counts no longer */
export function tallyOf(record: CampaignRecord, identities: Identities): Tally {
  const hash = createHash('sha256');
  const counts = { ...none, items: record.opened?.ipe.items ?? record.taken.at(-1)?.items ?? 0 };
  const reviewers: string[] = [];
  for (const key of [...record.decisions.keys()].toSorted()) {
    const { subject } = record.decisions.get(key)![0]!;
    const { state, outcome, decisions, own } = standingOf(record, { key, subject }, identities);
    const standing = decisions.filter((decision) => decision !== null);
    for (const { reviewer } of standing)
      if (!reviewers.some((known) => isSamePerson(identities, known, reviewer))) reviewers.push(reviewer);
    if (outcome === 'certify') counts.certified += 1;
    else if (outcome === 'revoke') counts.revoked += 1;
    else if (outcome === 'modify') counts.modified += 1;
    else if (state === 'disagreed' || state === 'conflict') counts.disagreed += 1;
    else if (standing.length === 0 && own.length > 0) counts.ownOnly += 1;
    else if (state === 'undecided') counts.undecided += 1;
    hash.update(`${key}\t${state}\t${outcome ?? '-'}\t${decisions.map(idOf).join('\t')}\n`);
  }
  counts.open = counts.items - counts.certified - counts.revoked - counts.modified;
  return { counts, outcomesSha256: hash.digest('hex'), reviewers };
}

const idOf = (decision: DecidedItem | null): string => decision?.id ?? '-';

const none: ClosingCounts = {
  items: 0,
  certified: 0,
  revoked: 0,
  modified: 0,
  open: 0,
  undecided: 0,
  disagreed: 0,
  ownOnly: 0,
};
