// What the ledger says about the source's own anomalies and about findings published beside them.
import { z } from 'zod';
import {
  anomalySyncItem,
  anomalyWords,
  publicationItem,
  serverDisposition,
  type ServerDisposition,
} from '#shared/model/anomaly.ts';
import { anomalyClosing, type AnomalyClosing } from '#shared/model/anomaly-conflict.ts';
import type { LedgerEntry } from '#shared/model/evidence.ts';
import { disposition } from '#shared/model/finding.ts';
import type { StoredEntry } from '../store/ledger/entries.ts';

/** The row as it was shown; a long context is cut, its digest is of the whole. */
const shownAnomaly = anomalyWords.extend({
  context: z.string().nullable(),
  contextSha256: z.string().nullable(),
});
export type ShownAnomalyRow = z.infer<typeof shownAnomaly>;

export const anomalyDispositionPayload = z.object({
  anomaly: z.string(),
  disposition,
  note: z.string(),
  digest: z.string(),
  shown: shownAnomaly,
  supersedes: z.string().nullable(),
  /** Present where an earlier disposition was settled in the row, and the row was shown open again after that. */
  reopened: z.literal(true).optional(),
  reviewerName: z.string(),
  /** Ids of the rules that ask for a second person; absent in entries older than such rules, which needed none. */
  fourEyes: z.array(z.string()).optional(),
});
export type AnomalyDispositionPayload = z.infer<typeof anomalyDispositionPayload>;

/** In entries of type sync-sent, beside decisions; absent in older ones. */
const sentPayload = z.object({
  anomalies: z.array(z.object({ id: z.string(), stampMicroseconds: z.number().int() })).optional(),
});

/** In entries of type sync-outcome, beside decisions; absent in older ones. */
const outcomePayload = z.object({
  anomalies: z.array(anomalySyncItem.extend({ server: serverDisposition.nullable() })).optional(),
});

/** In entries of type conflict-closed; those about review items name a review instead. */
export const anomalyClosedPayload = anomalyClosing
  .pick({ disposition: true, note: true, server: true, row: true })
  .extend({ anomaly: z.string(), reviewerName: z.string() });

export const publicationChangedPayload = z.object({
  before: z.boolean(),
  after: z.boolean(),
  reason: z.string(),
});

/** First that rows are about to be added, then what came of each. */
const publicationPayload = z.discriminatedUnion('phase', [
  z.object({
    phase: z.literal('sending'),
    items: z.array(z.object({ finding: z.string(), anomaly: z.string() })),
  }),
  z.object({ phase: z.literal('settled'), items: z.array(publicationItem) }),
]);

export type AnomalyDispositionRecord = {
  readonly id: string;
  readonly reviewer: string;
  readonly at: string;
  readonly offsetMs: number | null;
  readonly hash: string;
  readonly payload: AnomalyDispositionPayload;
  /** Identity of the database the workspace was connected to; null when it was to none. */
  readonly source: string | null;
  /** Moments of the server's clock it was sent with; our write is known by one of them. */
  stamps: readonly number[];
  /** True from just before sending until an outcome is known. */
  inFlight: boolean;
  outcome: (z.infer<typeof anomalySyncItem> & { readonly server: ServerDisposition | null }) | null;
  /** This computer's time when the outcome was recorded. */
  settledAt: string | null;
};

export type Publication = z.infer<typeof publicationItem> & { readonly at: string };

export type AnomalyLedger = {
  /** Dispositions of each anomaly, oldest first. */
  readonly dispositions: Map<string, AnomalyDispositionRecord[]>;
  readonly byId: Map<string, AnomalyDispositionRecord>;
  /** Closings of the conflict about each anomaly, oldest first. */
  readonly closings: Map<string, AnomalyClosing[]>;
  publishFindings: boolean;
  /** By source, then by finding. */
  readonly publications: Map<string, Map<string, Publication>>;
};

export function emptyAnomalyLedger(): AnomalyLedger {
  return {
    dispositions: new Map(),
    byId: new Map(),
    closings: new Map(),
    publishFindings: false,
    publications: new Map(),
  };
}

/** Applies one entry, in ledger order; most are about something else. */
export function applyAnomalyEntry(state: AnomalyLedger, stored: StoredEntry, source: string | null): void {
  const { entry } = stored;
  switch (entry.type) {
    case 'anomaly-disposition':
      return applyDisposition(state, stored, source);
    case 'sync-sent':
      for (const { id, stampMicroseconds } of sentPayload.parse(entry.payload).anomalies ?? []) {
        const sent = state.byId.get(id);
        if (!sent) continue;
        sent.inFlight = true;
        sent.stamps = [...sent.stamps, stampMicroseconds];
      }
      return;
    case 'sync-outcome':
      for (const item of outcomePayload.parse(entry.payload).anomalies ?? []) {
        const settled = state.byId.get(item.dispositionId);
        if (!settled) continue;
        settled.inFlight = false;
        settled.outcome = item;
        settled.settledAt = entry.wall_time;
      }
      return;
    case 'conflict-closed':
      return applyClosing(state, stored);
    case 'publication-changed':
      state.publishFindings = publicationChangedPayload.parse(entry.payload).after;
      return;
    case 'publication':
      return applyPublication(state, stored, source);
    default:
      return;
  }
}

function applyDisposition(state: AnomalyLedger, { entry, hash }: StoredEntry, source: string | null): void {
  const payload = anomalyDispositionPayload.parse(entry.payload);
  const record: AnomalyDispositionRecord = {
    id: entry.id,
    reviewer: entry.actor,
    at: entry.wall_time,
    offsetMs: entry.offset_ms,
    hash,
    payload,
    source,
    stamps: [],
    inFlight: false,
    outcome: null,
    settledAt: null,
  };
  state.byId.set(record.id, record);
  state.dispositions.set(payload.anomaly, [...(state.dispositions.get(payload.anomaly) ?? []), record]);
}

/** True of a closing, a refusal or the like that is about one of the source's anomalies, and not about a review item. */
export function isAboutAnomaly({ payload }: Pick<LedgerEntry, 'payload'>): boolean {
  return typeof payload['anomaly'] === 'string';
}

function applyClosing(state: AnomalyLedger, { entry }: StoredEntry): void {
  if (!isAboutAnomaly(entry)) return;
  const { anomaly, reviewerName, ...closed } = anomalyClosedPayload.parse(entry.payload);
  const closing = { ...closed, entry: entry.id, by: entry.actor, byName: reviewerName, at: entry.wall_time };
  state.closings.set(anomaly, [...(state.closings.get(anomaly) ?? []), closing]);
}

function applyPublication(state: AnomalyLedger, { entry }: StoredEntry, source: string | null): void {
  const payload = publicationPayload.parse(entry.payload);
  if (payload.phase === 'sending') return;
  const known = state.publications.get(source ?? '') ?? new Map<string, Publication>();
  for (const item of payload.items) known.set(item.finding, { ...item, at: entry.wall_time });
  state.publications.set(source ?? '', known);
}

/** The row is final for us by this disposition: ours is written, or somebody else's is. */
export function isSettledOnServer({ outcome }: Pick<AnomalyDispositionRecord, 'outcome'>): boolean {
  const settled = outcome?.outcome;
  return settled === 'applied' || settled === 'already-mine' || settled === 'superseded';
}

/** What was said last about an anomaly, whether it needs a second person or not. */
export function latestAnomalyDisposition(
  { dispositions }: AnomalyLedger,
  anomaly: string,
): AnomalyDispositionRecord | null {
  return dispositions.get(anomaly)?.at(-1) ?? null;
}
