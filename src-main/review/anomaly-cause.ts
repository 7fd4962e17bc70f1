// Whether our disposition of one of the source's anomalies and what the audit database holds are two opinions, and why.
import type { ServerDisposition } from '#shared/model/anomaly.ts';
import type {
  AnomalyClosing,
  AnomalyConflict,
  AnomalyConflictCause,
} from '#shared/model/anomaly-conflict.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { canonicalJson } from '../evidence/entry-hash.ts';
import { serverDispositionOf } from '../source/anomaly-outcomes.ts';
import type { MirroredAnomaly, readAnomalyReading } from '../store/cache/server-anomalies.ts';
import { anomalySyncStateOf } from '../sync/anomaly-outbox.ts';
import { isSettledOnServer, type AnomalyDispositionRecord } from './anomaly-ledger.ts';
import { anomalyRowDigest, digestOfAnomaly, isVisible } from './anomaly-row.ts';
import { isOwnAction } from './independence.ts';
import type { LedgerState } from './projection.ts';
import { isWritten } from './seconds.ts';

/** How the last pull of the source's anomalies went; null before the first one. */
export type LastReading = ReturnType<typeof readAnomalyReading>;

export type AnomalyOpinions = Pick<
  AnomalyConflict,
  'standing' | 'cause' | 'reopened' | 'row' | 'theirs' | 'closing'
>;

/**
 * The two opinions about an anomaly, or null where there are not two. A conflict somebody closed stays one, closed, even if
 * the database came round since.
 * @param row as last pulled; null when the mirror holds none
 * @param ours the latest disposition, made while this source was connected
 */
export function anomalyOpinions(
  row: MirroredAnomaly | null,
  ours: AnomalyDispositionRecord,
  state: LedgerState,
  reading: LastReading,
): AnomalyOpinions | null {
  const { anomaly } = ours.payload;
  const cause = causeOf({ row, ours, state, reading });
  const all = state.anomalies.closings.get(anomaly) ?? [];
  const last = all.findLast(({ disposition }) => disposition === ours.id);
  if (cause === null && last === undefined) return null;
  const theirs = theirsOf({ row, ours, state, reading });
  const digest = anomalyRowDigest(row, theirs);
  const made = state.anomalies.dispositions.get(anomaly) ?? [];
  const reopened = isReopened(row, made, reading);
  const standing = standingOf({ cause, theirs, digest, last, reopened }, ours, state);
  return {
    standing,
    cause,
    reopened: standing === 'open' && all.length > 0,
    row: digest,
    theirs,
    closing: standing === 'closed' ? (last ?? null) : null,
  };
}

/** The row was final for us, and was read open after that. */
export function isReopened(
  row: MirroredAnomaly | null,
  made: readonly AnomalyDispositionRecord[],
  reading: LastReading,
): boolean {
  const settled = made.findLast(isSettledOnServer);
  if (settled === undefined || !isVisible(row) || serverDispositionOf(row) !== null) return false;
  return isReadAfter(reading, settled);
}

/**
 * What the database says: the row as it was pulled since, else as it answered when ours was sent. Of a row that is open again it
 * is what somebody else had said there.
 */
function theirsOf({ row, ours, state, reading }: Sides): ServerDisposition | null {
  const made = state.anomalies.dispositions.get(ours.payload.anomaly) ?? [];
  if (isReopened(row, made, reading)) {
    const settled = made.findLast(isSettledOnServer);
    return settled === undefined || isWritten(settled) ? null : (settled.outcome?.server ?? null);
  }
  const pulled = row && serverDispositionOf(row);
  const isNews = isVisible(row) && isReadAfter(reading, ours);
  return isNews ? pulled : (pulled ?? ours.outcome?.server ?? null);
}

/** Whether what the database says was found by a pull, and not only answered when ours was sent. */
export function isInMirror(row: MirroredAnomaly | null): boolean {
  return row !== null && serverDispositionOf(row) !== null;
}

type Sides = {
  readonly row: MirroredAnomaly | null;
  readonly ours: AnomalyDispositionRecord;
  readonly state: LedgerState;
  readonly reading: LastReading;
};

/** Null when there is nothing of theirs beside ours, or it is ours. */
function causeOf({ row, ours, state, reading }: Sides): AnomalyConflictCause | null {
  const sync = anomalySyncStateOf(state, ours);
  // Sent, the answer lost: what the row holds may be ours. The next sync finds out.
  if (sync === 'unknown') return null;
  const made = state.anomalies.dispositions.get(ours.payload.anomaly) ?? [];
  const settled = made.findLast(isSettledOnServer);
  const written = settled && isWritten(settled) ? settled : null;
  const server = theirsOf({ row, ours, state, reading });
  // Until one made since is written: what the row was closed with is gone.
  if (isReopened(row, made, reading)) return written ? 'row-altered' : 'decided-first';
  if (written) return causeAfterWriting({ row, ours, state, reading }, written);
  if (server !== null) return isOurMoment(server, made) ? 'row-altered' : 'decided-first';
  if (sync === 'rejected') return null;
  const wasReadSince = isReadAfter(reading, ours);
  if (!isVisible(row)) return wasReadSince || sync === 'not-visible' ? 'vanished' : null;
  if (sync === 'not-visible') return wasReadSince ? null : 'vanished';
  const isAnother = digestOfAnomaly(row) !== ours.payload.digest;
  return isAnother || (sync === 'changed' && !wasReadSince) ? 'row-changed' : null;
}

/** A row that took ours and is gone contradicts nothing; one that is there must still hold it. */
function causeAfterWriting(
  { row, ours }: Sides,
  written: AnomalyDispositionRecord,
): AnomalyConflictCause | null {
  if (!isVisible(row)) return null;
  const server = serverDispositionOf(row);
  // Until the next pull the mirror holds the row as it was before.
  if (server === null) {
    const answered = written.outcome?.server ?? null;
    return answered !== null && isAltered(answered, written) ? 'row-altered' : null;
  }
  if (isAltered(server, written)) return 'row-altered';
  if (digestOfAnomaly(row) !== written.payload.digest) return 'row-changed';
  return ours.payload.disposition === written.payload.disposition ? null : 'late-correction';
}

/** True when a row that took ours holds something else than was sent, or than it answered. */
function isAltered(server: ServerDisposition, written: AnomalyDispositionRecord): boolean {
  const left = written.outcome?.server ?? null;
  if (left !== null && canonicalJson(left) !== canonicalJson(server)) return true;
  return (
    server.understoodAs !== written.payload.disposition ||
    server.reviewedBy?.toLowerCase() !== written.reviewer.toLowerCase() ||
    server.reviewedAt === null
  );
}

/** The row carries a moment one of ours was sent with, and yet not ours: it was altered afterwards. */
function isOurMoment({ reviewedAt }: ServerDisposition, made: readonly AnomalyDispositionRecord[]): boolean {
  if (reviewedAt === null) return false;
  const moment = parseInstant(reviewedAt);
  return made.some(({ stamps }) => stamps.includes(moment));
}

/** Whether the table was looked into after the disposition was recorded, or after what came of it was. */
function isReadAfter(reading: LastReading, { at, settledAt }: AnomalyDispositionRecord): boolean {
  if (reading === null || reading.state === 'denied' || reading.state === 'changed') return false;
  return reading.readMicroseconds > parseInstant(settledAt ?? at);
}

type Judged = {
  readonly cause: AnomalyConflictCause | null;
  readonly theirs: ServerDisposition | null;
  readonly digest: string | null;
  readonly last: AnomalyClosing | undefined;
  /** The row is open again. */
  readonly reopened: boolean;
};

function standingOf(
  { cause, theirs, digest, last, reopened }: Judged,
  ours: AnomalyDispositionRecord,
  state: LedgerState,
): AnomalyConflict['standing'] {
  if (cause === null) return 'closed';
  // What is gone from the row bears nobody out.
  if (cause === 'decided-first' && !reopened && theirs !== null && corroborates(theirs, ours, state))
    return 'corroboration';
  // A row that is not visible contradicts nothing it did not before; one that comes back as it was neither.
  const isAsClosed = last !== undefined && (digest === null || digest === last.row);
  return isAsClosed ? 'closed' : 'open';
}

/** Somebody else judged the same; the same person judging twice corroborates nothing. */
function corroborates(
  { understoodAs, reviewedBy }: ServerDisposition,
  { payload, reviewer }: AnomalyDispositionRecord,
  state: LedgerState,
): boolean {
  return (
    understoodAs === payload.disposition && reviewedBy !== null && !isOwnAction(state, reviewedBy, reviewer)
  );
}
