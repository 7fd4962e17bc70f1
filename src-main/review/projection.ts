// Folds ledger entries into the current state. Nothing here is stored: entry 1 onwards always gives it back.
import { z } from 'zod';
import { conflictClosing, type ConflictClosing, type EntryReference } from '#shared/model/conflict.ts';
import type { SecondState } from '#shared/model/concurrence.ts';
import { defaultDetection } from '#shared/model/detection.ts';
import { controlMapping, type ControlMapping, type LedgerEntry } from '#shared/model/evidence.ts';
import { disposition, type Disposition } from '#shared/model/finding.ts';
import { decisionKind, type ServerDecision } from '#shared/model/review.ts';
import { osUser } from '#shared/model/independence.ts';
import { reviewer, type Reviewer } from '#shared/model/reviewer.ts';
import type { SyncItem } from '#shared/model/workspace.ts';
import { emptyCheckpointedLedger, withEntry, type CheckpointedLedger } from '../evidence/checkpoint.ts';
import type { StoredEntry } from '../store/ledger/entries.ts';
import {
  applyAnomalyEntry,
  emptyAnomalyLedger,
  isAboutAnomaly,
  type AnomalyLedger,
} from './anomaly-ledger.ts';
import { applyCampaignEntry } from './campaigns/apply-campaign-entry.ts';
import { emptyCampaigns, type CampaignsState } from './campaigns/campaign-state.ts';
import { connectionOf, type ConnectionInForce } from './connection-state.ts';
import { applyAct, firstIdentityOf, noPin, type DatabasePin } from './database-pin.ts';
import { applyCheckpoint, noCheckpoint, type LastCheckpoint } from './last-checkpoint.ts';
import { applyDetection, type DetectionState } from './detection-state.ts';
import { followTrail } from './entry-trail.ts';
import { applyCreatedReviews, noCreatedReviews, type CreatedReviews } from './created-reviews.ts';
import { isFinal, secondStateOf } from './four-eyes.ts';
import { applyKeyEntry, emptyKeyRing, keyInUse, type KeyRing } from './key-ring.ts';
import { applyIndependence, emptyIndependence, type IndependenceState } from './independence-state.ts';
import { defaultPrivilegedActions } from './privileged-actions.ts';
import { applyPrivacy, emptyPrivacy, type PrivacyState } from './privacy/privacy-state.ts';
import { applyOutcome, applySent } from './sent-decisions.ts';
import { applyTrust, emptyTrust, type TrustState } from './trust-state.ts';
import { applyWorkPaperEntry, emptyWorkPapers, type WorkPaperState } from './work-papers/state.ts';

export const decisionPayload = z.object({
  review: z.string(),
  origin: z.enum(['database', 'derived']),
  tenant: z.string().nullable(),
  decision: decisionKind,
  reason: z.string().nullable(),
  digest: z.string(),
  auditLogId: z.string().nullable(),
  action: z.string(),
  actor: z.string().nullable(),
  createdAt: z.string().nullable(),
  dueAt: z.string(),
  /** What stood in the notes of the open row when it was decided; absent where nothing did, and in older entries. */
  notes: z.string().optional(),
  supersedes: z.string().nullable(),
  /** Present where an earlier decision was settled in the row, and the row was shown open again after that. */
  reopened: z.literal(true).optional(),
  batch: z.string().nullable(),
  dwellMs: z.number().nullable(),
  reviewerName: z.string(),
  /** As the source states it; absent in entries older than rules about it. */
  severity: z.string().nullable().optional(),
  /** Ids of the rules that ask for a second person; absent in entries older than such rules, which needed none. */
  fourEyes: z.array(z.string()).optional(),
  /** Present when it is another account than the reviewer's profile names. */
  osUser: osUser.optional(),
});
export type DecisionPayload = z.infer<typeof decisionPayload>;

export const dispositionPayload = z.object({
  finding: z.string(),
  disposition,
  note: z.string(),
  /** Digest of the finding as shown: a later version of it asks again. */
  digest: z.string(),
  shown: z.record(z.string(), z.unknown()),
  reviewerName: z.string(),
  /** The exception whose blind check this was; absent in entries older than exceptions. */
  blindCheckOf: z.string().nullable().optional(),
  /** Ids of the rules that ask for a second person; absent in entries older than such rules, which needed none. */
  fourEyes: z.array(z.string()).optional(),
});

export const conflictClosedPayload = conflictClosing
  .pick({ decision: true, note: true, server: true, row: true })
  .extend({ review: z.string(), reviewerName: z.string() });

export type DecisionRecord = {
  readonly id: string;
  readonly reviewer: string;
  readonly decidedAt: string;
  readonly offsetMs: number | null;
  readonly hash: string;
  readonly payload: DecisionPayload;
  /** Identity of the database the workspace was connected to; null when it was to none. */
  readonly source: string | null;
  withdrawn: boolean;
  /** True from just before sending until an outcome is known. */
  inFlight: boolean;
  /** True once it was put on record that it leaves; one refused on this computer never was. */
  announced: boolean;
  outcome: (SyncItem & { server: ServerDecision | null }) | null;
  /** When that was put on record, by the server's clock, in microseconds; null where the clocks were never compared. */
  settledAtMicroseconds: number | null;
};

export type DispositionRecord = {
  readonly id: string;
  readonly reviewer: string;
  /** Rules that ask for a second person; none in most. */
  readonly fourEyes: readonly string[];
  readonly disposition: Disposition;
  readonly note: string;
  readonly digest: string;
  readonly at: string;
  readonly by: string;
  readonly blindCheckOf: string | null;
  readonly sourceAccount: string | null;
  /** The finding as it was shown, by name. */
  readonly shown: Readonly<Record<string, unknown>>;
};

export type LedgerState = DetectionState & {
  connection: ConnectionInForce | null;
  /** The databases acts here are about; the workspace stays with them. */
  readonly databasePin: DatabasePin;
  reviewer: Reviewer | null;
  /** The key that signs what comes next; null while there is none, and when it was revoked. */
  keyFingerprint: string | null;
  readonly keys: KeyRing;
  privilegedActions: readonly string[];
  /** Decisions of each review, oldest first, withdrawn ones included. */
  readonly decisions: Map<string, DecisionRecord[]>;
  readonly decisionsById: Map<string, DecisionRecord>;
  /** The disposition of each finding that counts: the latest that needs no second person, or has one. */
  readonly dispositions: Map<string, DispositionRecord>;
  /** Every disposition of each finding, oldest first. */
  readonly dispositionHistory: Map<string, DispositionRecord[]>;
  readonly independence: IndependenceState;
  /** Whom this workspace believes about signers and times. */
  readonly trust: TrustState;
  readonly privacy: PrivacyState;
  /** An auditor’s work on somebody’s pack. */
  readonly workPapers: WorkPaperState;
  /** Access reviews, and the daily reviews of the log. */
  readonly campaigns: CampaignsState;
  /** The source's own anomalies, and findings published beside them. */
  readonly anomalies: AnomalyLedger;
  /** Review rows that were added for privileged events. */
  readonly createdReviews: CreatedReviews;
  /** Closings of the conflict about each review, oldest first. */
  readonly closings: Map<string, ConflictClosing[]>;
  /** The entries about each review, oldest first. */
  readonly trails: Map<string, EntryReference[]>;
  lastPackSha256: string | null;
  /** The controls the evidence is meant for; null while nobody edited the usual ones. */
  controls: ControlMapping | null;
  /** All entries as a checkpoint over them would see them. */
  checkpointed: CheckpointedLedger;
  lastCheckpoint: LastCheckpoint;
  /** This computer's time in the last entry. */
  lastWallTime: string | null;
  /** The difference of the clocks somebody acknowledged, in milliseconds; lapses when the clocks are close again. */
  clockAcknowledged: number | null;
  /** The newest time this computer’s clock was found set back. */
  clockJump: { entry: number; at: string; backMs: number } | null;
  entries: number;
  headHash: string;
};

export function emptyState(genesis: string): LedgerState {
  return {
    connection: null,
    databasePin: noPin(),
    reviewer: null,
    keyFingerprint: null,
    keys: emptyKeyRing(),
    privilegedActions: defaultPrivilegedActions,
    decisions: new Map(),
    decisionsById: new Map(),
    dispositions: new Map(),
    dispositionHistory: new Map(),
    independence: emptyIndependence(),
    trust: emptyTrust(),
    privacy: emptyPrivacy(),
    workPapers: emptyWorkPapers(),
    campaigns: emptyCampaigns(),
    anomalies: emptyAnomalyLedger(),
    createdReviews: noCreatedReviews(),
    closings: new Map(),
    trails: new Map(),
    detection: defaultDetection,
    exceptions: [],
    lastPackSha256: null,
    controls: null,
    checkpointed: emptyCheckpointedLedger,
    lastCheckpoint: noCheckpoint,
    lastWallTime: null,
    clockAcknowledged: null,
    clockJump: null,
    entries: 0,
    headHash: genesis,
  };
}

/** Two minutes: below, nothing about the clocks needs anybody's word. */
const clocksCloseMs = 120_000;

/** Applies one entry, in ledger order. */
export function applyEntry(state: LedgerState, stored: StoredEntry): void {
  const { entry, hash } = stored;
  followTrail(state.trails, stored, {
    reviewOf: (id) => state.decisionsById.get(id)?.payload.review ?? null,
    anomalyOf: (id) => state.anomalies.byId.get(id)?.payload.anomaly ?? null,
  });
  applyIndependence(state.independence, entry);
  applyKeyEntry(state.keys, entry);
  applyTrust(state.trust, entry);
  applyPrivacy(state.privacy, entry);
  applyWorkPaperEntry(state.workPapers, entry);
  applyCampaignEntry(state.campaigns, entry);
  applyAct(state.databasePin, entry, state.connection);
  applyAnomalyEntry(state.anomalies, stored, sourceOf(state));
  state.entries = entry.seq;
  state.headHash = hash;
  state.lastWallTime = entry.wall_time;
  if (entry.offset_ms !== null && Math.abs(entry.offset_ms) < clocksCloseMs) state.clockAcknowledged = null;
  state.checkpointed = withEntry(state.checkpointed, hash);
  state.lastCheckpoint = applyCheckpoint(state.lastCheckpoint, entry);
  switch (entry.type) {
    case 'connection-changed':
      state.connection = connectionOf(entry, state.databasePin);
      return;
    case 'reviewer-changed':
      state.reviewer = reviewer.parse(entry.payload);
      state.keys.names.set(state.reviewer.id, state.reviewer.name);
      return settleDispositions(state);
    case 'aliases-changed':
      return settleDispositions(state);
    case 'concurrence':
      return settleDisposition(state, entry.subject ?? '');
    case 'key-created':
    case 'key-taken-up':
    case 'key-rotated':
    case 'key-revoked':
    case 'key-reported':
      state.keyFingerprint = keyInUse(state.keys);
      return;
    case 'configuration-changed':
      state.privilegedActions = z.object({ after: z.array(z.string()) }).parse(entry.payload).after;
      return;
    case 'decision':
      return applyDecision(state, entry, hash);
    case 'decision-withdrawn':
      return withDecision(state, entry.payload['decision'], (decision) => (decision.withdrawn = true));
    case 'disposition':
      return applyDisposition(state, entry);
    case 'detection-changed':
    case 'exception-granted':
    case 'exception-ended':
      return applyDetection(state, entry);
    case 'clock-acknowledged':
      state.clockAcknowledged = z.object({ offsetMs: z.number() }).parse(entry.payload).offsetMs;
      return;
    case 'clock-jump': {
      const { backMs } = z.object({ backMs: z.number() }).parse(entry.payload);
      state.clockJump = { entry: entry.seq, at: entry.wall_time, backMs };
      return;
    }
    case 'conflict-closed':
      return isAboutAnomaly(entry) ? undefined : applyClosing(state, entry);
    case 'sync-sent':
      return applySent(state.decisionsById, entry.payload);
    case 'sync-outcome':
      return applyOutcome(state.decisionsById, entry);
    case 'review-created':
      return applyCreatedReviews(state.createdReviews, entry, sourceOf(state));
    case 'controls-changed':
      state.controls = z.object({ after: controlMapping }).parse(entry.payload).after;
      return;
    case 'pack-signed-off':
    case 'pack-timestamped': {
      const file = z.object({ before: z.string(), sha256: z.string() }).parse(entry.payload);
      if (state.lastPackSha256 === file.before) state.lastPackSha256 = file.sha256;
      return;
    }
    case 'export':
      state.lastPackSha256 = z.object({ sha256: z.string() }).parse(entry.payload).sha256;
      return;
    default:
      // What other entries change, the parts of the state above follow by themselves.
      return;
  }
}

function applyDecision(state: LedgerState, entry: LedgerEntry, hash: string): void {
  const payload = decisionPayload.parse(entry.payload);
  const record: DecisionRecord = {
    id: entry.id,
    reviewer: entry.actor,
    decidedAt: entry.wall_time,
    offsetMs: entry.offset_ms,
    hash,
    payload,
    source: sourceOf(state),
    withdrawn: false,
    inFlight: false,
    announced: false,
    outcome: null,
    settledAtMicroseconds: null,
  };
  state.decisionsById.set(record.id, record);
  state.decisions.set(payload.review, [...(state.decisions.get(payload.review) ?? []), record]);
}

function applyDisposition(state: LedgerState, entry: LedgerEntry): void {
  const { finding, disposition, note, digest, shown, reviewerName, blindCheckOf, fourEyes } =
    dispositionPayload.parse(entry.payload);
  const record: DispositionRecord = {
    id: entry.id,
    reviewer: entry.actor,
    fourEyes: fourEyes ?? [],
    disposition,
    note,
    digest,
    shown,
    at: entry.wall_time,
    by: reviewerName,
    blindCheckOf: blindCheckOf ?? null,
    sourceAccount: entry.tenant,
  };
  state.dispositionHistory.set(finding, [...(state.dispositionHistory.get(finding) ?? []), record]);
  settleDisposition(state, finding);
}

/** Who is whom may have changed, and with it who counts as a second person. */
function settleDispositions(state: LedgerState): void {
  for (const finding of state.dispositionHistory.keys()) settleDisposition(state, finding);
}

function settleDisposition(state: LedgerState, finding: string): void {
  const counting = state.dispositionHistory
    .get(finding)
    ?.findLast((record) => isFinal(dispositionSecond(state, record)));
  if (counting) state.dispositions.set(finding, counting);
  else state.dispositions.delete(finding);
}

/** Where a disposition stands with its second person. */
export function dispositionSecond(state: LedgerState, record: DispositionRecord): SecondState {
  const { identities, concurrences } = state.independence;
  return secondStateOf(
    identities,
    { ...record, actor: actorShownIn(record) },
    concurrences.get(record.id) ?? [],
  );
}

/** Null when the finding is nobody's in particular. */
export function actorShownIn({ shown }: DispositionRecord): string | null {
  const actor = shown['actor'];
  return typeof actor === 'string' && actor !== '' ? actor : null;
}

/** Where a decision stands with its second person. */
export function decisionSecond(state: LedgerState, { id, reviewer, payload }: DecisionRecord): SecondState {
  const { identities, concurrences } = state.independence;
  const { actor, digest, fourEyes = [] } = payload;
  return secondStateOf(identities, { reviewer, actor, digest, fourEyes }, concurrences.get(id) ?? []);
}

function applyClosing(state: LedgerState, { id, actor, wall_time: at, payload }: LedgerEntry): void {
  const { review, reviewerName, ...closed } = conflictClosedPayload.parse(payload);
  const closing: ConflictClosing = { ...closed, entry: id, by: actor, byName: reviewerName, at };
  state.closings.set(review, [...(state.closings.get(review) ?? []), closing]);
}

const decisionId = z.string();

function withDecision(state: LedgerState, id: unknown, change: (decision: DecisionRecord) => void): void {
  const decision = state.decisionsById.get(decisionId.parse(id));
  if (decision) change(decision);
}

/** Identity of the connected database, as acts about it name it; null when there is none, or it is not known. */
export function sourceOf({ connection, databasePin }: LedgerState): string | null {
  const identity = connection?.identity ?? null;
  return identity === null ? null : firstIdentityOf(databasePin, identity);
}

/** The decision in force on a review: the latest that was not withdrawn. */
export function decisionInForce(state: LedgerState, review: string): DecisionRecord | null {
  return state.decisions.get(review)?.findLast((decision) => !decision.withdrawn) ?? null;
}
