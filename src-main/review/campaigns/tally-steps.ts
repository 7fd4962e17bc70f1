// Adds up what a campaign came to, in steps: counts of what stands, and the hash that attestations are bound to. Verifiers do the same.
import { createHash } from 'node:crypto';
import type { ClosingCounts } from '#shared/model/campaign-entries.ts';
import { isSamePerson, type Identities } from '../aliases.ts';
import type { CampaignRecord, DecidedItem } from './campaign-state.ts';
import { inOrder } from './keys-in-order.ts';
import { runningCounts } from './running-counts.ts';
import { standingOf, type ItemStanding } from './standing.ts';

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
  const walk = tallySteps(record, identities);
  for (;;) {
    const { done, value } = walk.next();
    if (done === true) return value;
  }
}

/** A step looks at so many. */
export const itemsAtOnce = 1_000;

/** Yields between steps; the result is the same as {@link tallyOf}. */
export function* tallySteps(record: CampaignRecord, identities: Identities): Generator<undefined, Tally> {
  const hash = createHash('sha256');
  const counts = runningCounts(record, identities, null);
  const reviewers: string[] = [];
  const seen = new Set<string>();
  let looked = 0;
  const noteReviewer = ({ reviewer }: DecidedItem): void => {
    if (seen.has(reviewer)) return;
    seen.add(reviewer);
    if (!reviewers.some((known) => isSamePerson(identities, known, reviewer))) reviewers.push(reviewer);
  };
  for (const keys of inOrder(record.decisions.keys())) {
    for (const key of keys) {
      const { subject } = record.decisions.get(key)![0]!;
      const standing = standingOf(record, { key, subject }, identities);
      for (const decision of standing.decisions) if (decision !== null) noteReviewer(decision);
      counts.count(key, standing);
      hash.update(lineOf(key, standing));
      looked += 1;
      if (looked % itemsAtOnce === 0) yield undefined;
    }
    if (keys.length === 0) yield undefined;
  }
  return { counts: counts.now(), outcomesSha256: hash.digest('hex'), reviewers };
}

const lineOf = (key: string, { state, outcome, decisions }: ItemStanding): string =>
  `${key}\t${state}\t${outcome ?? '-'}\t${decisions.map(idOf).join('\t')}\n`;

const idOf = (decision: DecidedItem | null): string => decision?.id ?? '-';
