// Derives the decisions in force from the ledger, entry by entry, and keeps of each only what a comparison needs.
import { z } from 'zod';
import { Problem } from '#shared/model/problem.ts';
import { decisionKind, type Decision } from '#shared/model/review.ts';
import { isSamePerson } from '../review/aliases.ts';
import { secondOf, type Seconded } from '../review/four-eyes.ts';
import {
  applyIndependence,
  emptyIndependence,
  type IndependenceState,
} from '../review/independence-state.ts';
import { keyColumn, numberColumn } from './column.ts';
import { canonicalJson } from './entry-hash.ts';
import { keyIndex, keyOf } from './key-index.ts';
import type { LedgerLine } from './pack-input.ts';

const decisionPayload = z.object({
  review: z.string(),
  decision: decisionKind,
  reason: z.string().nullable(),
  digest: z.string(),
  actor: z.string().nullable(),
  supersedes: z.string().nullable(),
  batch: z.string().nullable(),
  dwellMs: z.number().nullable().optional(),
  reviewerName: z.string(),
  /** Absent in entries older than rules about second persons. */
  fourEyes: z.array(z.string()).optional(),
});
const withdrawalPayload = z.object({ decision: z.string() });

/** Everything about a decision that the ledger and a pack both state. */
type Claim = Pick<
  Decision,
  | 'id'
  | 'hash'
  | 'review'
  | 'decision'
  | 'reason'
  | 'reviewer'
  | 'reviewerName'
  | 'decidedAt'
  | 'supersedes'
  | 'batch'
>;

/** The key of a claim: equal for equal claims only. */
const keyOfClaim = (made: Claim): Buffer =>
  keyOf(
    canonicalJson([
      made.id,
      made.hash,
      made.review,
      made.decision,
      made.reason,
      made.reviewer,
      made.reviewerName,
      made.decidedAt,
      made.supersedes,
      made.batch,
    ]),
  );

/** What the ledger adds up to; takes some 150 bytes a decision, whatever it says. */
export type Projection = {
  /** Whether the ledger records this decision exactly so, its second person included. */
  readonly isBacked: (made: Decision) => boolean;
  /** Whether this is the decision in force on its item. */
  readonly isInForce: (made: Pick<Decision, 'id' | 'review'>) => boolean;
  readonly hasDecision: (review: string) => boolean;
  /** Whether the decision was made on the item as this digest describes it. */
  readonly wasAbout: (decision: string, digest: string) => boolean;
  /** Whether who decided is known by the end of the ledger to be the person the decision is about, under whatever id. */
  readonly isOwnAction: (decision: string) => boolean;
  /** How long the item was in view, in milliseconds; null when no time was kept. */
  readonly dwellMs: (decision: string) => number | null;
  readonly withdrawn: number;
  /** Reviews with a decision in force. */
  readonly decidedReviews: number;
  /** Whether any decision ever needed a second person. */
  readonly hasSeconds: boolean;
  /** Whether there is an entry of this id, of whatever type. */
  readonly hasEntry: (id: string) => boolean;
  /** Who is whom, and what second persons said, by the end of the ledger. */
  readonly independence: IndependenceState;
};

export type Projector = {
  /** @throws Problem `store-damaged` naming an entry that contradicts the ones before it. */
  readonly add: (line: LedgerLine) => void;
  /** To be called once, after the last entry. */
  readonly end: () => Projection;
};

const contradiction = (seq: number, what: string) =>
  new Problem('store-damaged', `Ledger entry ${seq} ${what}.`);

function readDecision({ entry }: LedgerLine) {
  const payload = decisionPayload.safeParse(entry.payload);
  if (payload.success && payload.data.review === entry.subject) return payload.data;
  throw contradiction(entry.seq, 'is a decision without the particulars of one');
}

function readIndependence(independence: IndependenceState, { entry }: LedgerLine): void {
  try {
    applyIndependence(independence, entry);
  } catch (cause) {
    if (!(cause instanceof z.ZodError)) throw cause;
    throw contradiction(entry.seq, `is of the type ${entry.type} without the particulars of one`);
  }
}

/** Pairs of ids, each once: there are few of them, however many decisions there are. */
function numberedPairs() {
  const numbers = new Map<string, number>();
  const pairs: (readonly [string, string])[] = [];
  return {
    at: (number: number) => pairs[number],
    add: (one: string, other: string): number => {
      const name = JSON.stringify([one, other]);
      const known = numbers.get(name);
      if (known !== undefined) return known;
      numbers.set(name, pairs.length);
      return pairs.push([one, other]) - 1;
    },
  };
}

/** The decisions recorded so far, one row each, by the number of their entry. */
function decisionRows() {
  const entries = keyIndex();
  const reviews = keyIndex();
  return {
    entries,
    reviews,
    /** Number of the review a row is about; NaN for entries that are no decisions. */
    about: numberColumn(),
    claims: keyColumn(),
    digests: keyColumn(),
    dwells: numberColumn(),
    /** Who decided about whom, by number; NaN where an item is nobody's. */
    people: numberColumn(),
    pairs: numberedPairs(),
    withdrawn: new Set<number>(),
    seconded: new Map<number, Seconded>(),
  };
}
type DecisionRows = ReturnType<typeof decisionRows>;

function addDecision(rows: DecisionRows, line: LedgerLine, row: number, isNew: boolean): void {
  const { entry, hash } = line;
  const payload = readDecision(line);
  const { actor: reviewer, seq } = entry;
  const { supersedes, review, digest, actor, dwellMs = null, fourEyes = [] } = payload;
  if (!isNew && !Number.isNaN(rows.about.get(row)))
    throw contradiction(seq, 'uses the id of an earlier decision');
  if (reviewer === '' || reviewer === actor)
    throw contradiction(seq, 'is a decision by nobody or by the person it is about');
  const about = rows.reviews.add(review);
  if (supersedes !== null && rows.about.get(rows.entries.find(supersedes)) !== about)
    throw contradiction(seq, 'corrects a decision that was not made on this item before');
  rows.about.set(row, about);
  rows.claims.set(row, keyOfClaim({ ...payload, id: entry.id, hash, reviewer, decidedAt: entry.wall_time }));
  rows.digests.set(row, keyOf(digest));
  if (dwellMs !== null) rows.dwells.set(row, dwellMs);
  if (actor !== null) rows.people.set(row, rows.pairs.add(reviewer, actor));
  if (fourEyes.length > 0) rows.seconded.set(row, { reviewer, actor, digest, fourEyes });
}

function addWithdrawal(rows: DecisionRows, { entry }: LedgerLine): void {
  const payload = withdrawalPayload.safeParse(entry.payload);
  const row = payload.success ? rows.entries.find(payload.data.decision) : -1;
  const about = rows.about.get(row);
  if (Number.isNaN(about) || entry.subject === null || about !== rows.reviews.find(entry.subject)) {
    throw contradiction(entry.seq, 'takes back a decision that was not made on this item before');
  }
  rows.withdrawn.add(row);
}

/** Replays the decisions of a ledger, first entry first. */
export function projectDecisions(): Projector {
  const rows = decisionRows();
  const independence = emptyIndependence();
  return {
    add: (line) => {
      const before = rows.entries.size();
      const row = rows.entries.add(line.entry.id);
      readIndependence(independence, line);
      if (line.entry.type === 'decision') addDecision(rows, line, row, row === before);
      else if (line.entry.type === 'decision-withdrawn') addWithdrawal(rows, line);
    },
    end: () => projectionOf(rows, independence),
  };
}

function projectionOf(rows: DecisionRows, independence: IndependenceState): Projection {
  const inForce = numberColumn();
  let decidedReviews = 0;
  for (let row = 0; row < rows.about.length(); row += 1) {
    const about = rows.about.get(row);
    if (Number.isNaN(about) || rows.withdrawn.has(row)) continue;
    if (Number.isNaN(inForce.get(about))) decidedReviews += 1;
    inForce.set(about, row);
  }
  const rowInForce = (review: string): number => inForce.get(rows.reviews.find(review));
  const isSeconded = (row: number, { id, second }: Decision): boolean => {
    const seconded = rows.seconded.get(row);
    const { identities, concurrences } = independence;
    const expected = seconded ? secondOf(identities, seconded, concurrences.get(id) ?? []) : null;
    return canonicalJson(second ?? null) === canonicalJson(expected);
  };
  return {
    isBacked: (made) => {
      const row = rows.entries.find(made.id);
      if (row < 0 || Number.isNaN(rows.about.get(row))) return false;
      return rows.claims.equals(row, keyOfClaim(made)) && isSeconded(row, made);
    },
    isInForce: ({ id, review }) => rowInForce(review) === rows.entries.find(id),
    hasDecision: (review) => !Number.isNaN(rowInForce(review)),
    wasAbout: (decision, digest) => {
      const row = rows.entries.find(decision);
      return !Number.isNaN(rows.about.get(row)) && rows.digests.equals(row, keyOf(digest));
    },
    isOwnAction: (decision) => {
      const [reviewer, actor] = rows.pairs.at(rows.people.get(rows.entries.find(decision))) ?? [];
      if (reviewer === undefined || actor === undefined) return false;
      return isSamePerson(independence.identities, reviewer, actor);
    },
    dwellMs: (decision) => {
      const dwell = rows.dwells.get(rows.entries.find(decision));
      return Number.isNaN(dwell) ? null : dwell;
    },
    withdrawn: rows.withdrawn.size,
    decidedReviews,
    hasSeconds: rows.seconded.size > 0,
    hasEntry: (id) => rows.entries.find(id) >= 0,
    independence,
  };
}
