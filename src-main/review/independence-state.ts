// The part of the ledger's state that says who is whom, which rules ask for a second person, and what second persons said.
import { z } from 'zod';
import type { LedgerEntry } from '#shared/model/evidence.ts';
import {
  defaultFourEyesRules,
  fourEyesRules,
  osUser,
  type FourEyesRule,
  type OsUser,
} from '#shared/model/independence.ts';
import { linkIdentities, type Identities } from './aliases.ts';
import type { ConcurrenceRecord } from './four-eyes.ts';

/** Also in entries older than OS users and keys, which lack both. */
const profilePayload = z.object({
  email: z.string().nullable().optional(),
  osUser: osUser.nullable().optional(),
  keyFingerprint: z.string().optional(),
});

export const aliasesPayload = z.object({
  reviewer: z.string(),
  before: z.array(z.string()),
  after: z.array(z.string()),
  reason: z.string(),
});

export const fourEyesPayload = z.object({
  before: fourEyesRules,
  after: fourEyesRules,
  reason: z.string(),
});

export const concurrencePayload = z.object({
  about: z.enum(['decision', 'disposition', 'anomaly']),
  /** The ledger entry of the first reviewer's decision or disposition. */
  decision: z.string(),
  digest: z.string(),
  agree: z.boolean(),
  reason: z.string(),
  reviewerName: z.string(),
  /** Present when it is another account than the reviewer's profile names. */
  osUser: osUser.optional(),
});
export type ConcurrencePayload = z.infer<typeof concurrencePayload>;

export type IndependenceState = {
  /** Of everybody who ever reviewed here. */
  readonly identities: Identities;
  /** As stated, by reviewer id. */
  readonly aliases: Map<string, readonly string[]>;
  fourEyes: readonly FourEyesRule[];
  /** By the entry they are about, oldest first. */
  readonly concurrences: Map<string, ConcurrenceRecord[]>;
  /** The account the reviewer's profile is bound to; null while the profile names none. */
  reviewerOsUser: OsUser | null;
  /** The signing key the reviewer's profile is bound to; null in entries older than that. */
  reviewerKey: string | null;
};

export function emptyIndependence(): IndependenceState {
  return {
    identities: new Map(),
    aliases: new Map(),
    fourEyes: defaultFourEyesRules,
    concurrences: new Map(),
    reviewerOsUser: null,
    reviewerKey: null,
  };
}

/** Applies one entry, in ledger order; entries about anything else change nothing. */
export function applyIndependence(state: IndependenceState, entry: LedgerEntry): void {
  switch (entry.type) {
    case 'reviewer-changed':
      return applyProfile(state, entry);
    case 'key-rotated':
      // The profile stays bound to its person, who has another key from now on.
      if (state.reviewerKey === entry.payload['previous']) state.reviewerKey = entry.subject;
      return;
    case 'aliases-changed':
      return applyAliases(state, entry);
    case 'four-eyes-changed':
      state.fourEyes = fourEyesPayload.parse(entry.payload).after;
      return;
    case 'concurrence':
      return applyConcurrence(state, entry);
    default:
      return;
  }
}

function applyProfile(state: IndependenceState, { actor, payload }: LedgerEntry): void {
  const profile = profilePayload.parse(payload);
  linkIdentities(state.identities, [actor, profile.email ?? '']);
  state.reviewerOsUser = profile.osUser ?? null;
  state.reviewerKey = profile.keyFingerprint ?? null;
}

function applyAliases(state: IndependenceState, { payload }: LedgerEntry): void {
  const { reviewer, after } = aliasesPayload.parse(payload);
  state.aliases.set(reviewer, after);
  linkIdentities(state.identities, [reviewer, ...after]);
}

function applyConcurrence(
  state: IndependenceState,
  { id, actor, wall_time: at, payload }: LedgerEntry,
): void {
  const { decision, digest, agree, reason, reviewerName } = concurrencePayload.parse(payload);
  const record = { id, reviewer: actor, reviewerName, agree, reason, digest, at };
  state.concurrences.set(decision, [...(state.concurrences.get(decision) ?? []), record]);
}
