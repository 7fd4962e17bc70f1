// Folds ledger entries into the current state. Nothing here is stored: entry 1 onwards always gives it back.
import { z } from 'zod';
import { connectionProfile, type ConnectionProfile } from '#shared/model/connection.ts';
import {
  defaultDetection,
  detectionSettings,
  exception,
  type DetectionSettings,
} from '#shared/model/detection.ts';
import type { LedgerEntry } from '#shared/model/evidence.ts';
import { disposition, type Disposition } from '#shared/model/finding.ts';
import { decisionKind, serverDecision, type ServerDecision } from '#shared/model/review.ts';
import { reviewer, type Reviewer } from '#shared/model/reviewer.ts';
import { syncItem, type SyncItem } from '#shared/model/workspace.ts';
import type { StoredEntry } from '../store/ledger/entries.ts';
import { defaultPrivilegedActions } from './privileged-actions.ts';

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
  supersedes: z.string().nullable(),
  batch: z.string().nullable(),
  dwellMs: z.number().nullable(),
  reviewerName: z.string(),
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
});

export const detectionPayload = z.object({
  before: detectionSettings,
  after: detectionSettings,
  reason: z.string(),
});

export const grantedException = exception.extend({
  /** The finding it was granted for, when it was granted for one. */
  grantedFor: z.string().nullable(),
  acknowledgesDeterministic: z.boolean(),
});
export type GrantedException = z.infer<typeof grantedException>;

export const syncOutcomePayload = z.object({
  items: z.array(syncItem.extend({ server: serverDecision.nullable() })),
});

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
  outcome: (SyncItem & { server: ServerDecision | null }) | null;
};

export type DispositionRecord = {
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

export type LedgerState = {
  connection: (ConnectionProfile & { isSample: boolean; identity: string | null }) | null;
  reviewer: Reviewer | null;
  keyFingerprint: string | null;
  privilegedActions: readonly string[];
  /** Decisions of each review, oldest first, withdrawn ones included. */
  readonly decisions: Map<string, DecisionRecord[]>;
  readonly decisionsById: Map<string, DecisionRecord>;
  readonly dispositions: Map<string, DispositionRecord>;
  detection: DetectionSettings;
  /** Every exception ever granted, oldest first. */
  exceptions: readonly GrantedException[];
  lastPackSha256: string | null;
  entries: number;
  headHash: string;
};

export function emptyState(genesis: string): LedgerState {
  return {
    connection: null,
    reviewer: null,
    keyFingerprint: null,
    privilegedActions: defaultPrivilegedActions,
    decisions: new Map(),
    decisionsById: new Map(),
    dispositions: new Map(),
    detection: defaultDetection,
    exceptions: [],
    lastPackSha256: null,
    entries: 0,
    headHash: genesis,
  };
}

const connectionPayload = connectionProfile.extend({
  isSample: z.boolean(),
  identity: z.string().nullable(),
});

/** Applies one entry, in ledger order. */
export function applyEntry(state: LedgerState, { entry, hash }: StoredEntry): void {
  state.entries = entry.seq;
  state.headHash = hash;
  switch (entry.type) {
    case 'connection-changed':
      state.connection = connectionPayload.parse(entry.payload);
      return;
    case 'reviewer-changed':
      state.reviewer = reviewer.parse(entry.payload);
      return;
    case 'key-created':
      state.keyFingerprint = entry.subject;
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
      state.detection = detectionPayload.parse(entry.payload).after;
      return;
    case 'exception-granted':
      state.exceptions = [...state.exceptions, grantedException.parse(entry.payload)];
      return;
    case 'exception-ended':
      return endException(state, entry);
    case 'sync-sent':
      for (const id of z.array(z.string()).parse(entry.payload['decisions'])) {
        withDecision(state, id, (decision) => (decision.inFlight = true));
      }
      return;
    case 'sync-outcome':
      for (const item of syncOutcomePayload.parse(entry.payload).items) {
        withDecision(state, item.decisionId, (decision) => {
          decision.inFlight = false;
          decision.outcome = item;
        });
      }
      return;
    case 'export':
      state.lastPackSha256 = z.object({ sha256: z.string() }).parse(entry.payload).sha256;
      return;
    case 'workspace-created':
    case 'self-review-refused':
    case 'key-rotated':
    case 'aliases-changed':
    case 'four-eyes-changed':
    case 'concurrence':
    case 'review-created':
    case 'anomaly-disposition':
    case 'publication-changed':
    case 'publication':
    case 'conflict-closed':
    case 'clock-jump':
    case 'clock-acknowledged':
    case 'checkpoint':
    case 'unmask':
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
    outcome: null,
  };
  state.decisionsById.set(record.id, record);
  state.decisions.set(payload.review, [...(state.decisions.get(payload.review) ?? []), record]);
}

function applyDisposition(state: LedgerState, entry: LedgerEntry): void {
  const { finding, disposition, note, digest, shown, reviewerName, blindCheckOf } = dispositionPayload.parse(
    entry.payload,
  );
  state.dispositions.set(finding, {
    disposition,
    note,
    digest,
    shown,
    at: entry.wall_time,
    by: reviewerName,
    blindCheckOf: blindCheckOf ?? null,
    sourceAccount: entry.tenant,
  });
}

function endException(state: LedgerState, { payload, wall_time: endedAt }: LedgerEntry): void {
  const { id } = z.object({ id: z.string() }).parse(payload);
  state.exceptions = state.exceptions.map((granted) =>
    granted.id === id ? { ...granted, endedAt } : granted,
  );
}

function withDecision(state: LedgerState, id: unknown, change: (decision: DecisionRecord) => void): void {
  const decision = state.decisionsById.get(z.string().parse(id));
  if (decision) change(decision);
}

export const sourceOf = (state: LedgerState): string | null => state.connection?.identity ?? null;

/** The decision in force on a review: the latest that was not withdrawn. */
export function decisionInForce(state: LedgerState, review: string): DecisionRecord | null {
  return state.decisions.get(review)?.findLast((decision) => !decision.withdrawn) ?? null;
}
