// Checks of conflicts about the source's own anomalies: our side, its second person, what was sent and every closing stand in the ledger.
import { z } from 'zod';
import { anomalySyncItem } from '#shared/model/anomaly.ts';
import type { LedgerEntry } from '#shared/model/evidence.ts';
import { isSamePerson } from '../../review/aliases.ts';
import { anomalyDispositionPayload, type AnomalyDispositionPayload } from '../../review/anomaly-ledger.ts';
import { secondOf } from '../../review/four-eyes.ts';
import type { IndependenceState } from '../../review/independence-state.ts';
import { canonicalJson } from '../entry-hash.ts';
import type { AnomalyConflictLine, LedgerLine } from '../pack-input.ts';
import type { Projection } from '../projection.ts';
import { failCheck } from './check.ts';
import { areClosingsBacked } from './closings.ts';

const outcomes = z.object({ anomalies: z.array(anomalySyncItem).optional() });

type Recorded = { readonly line: LedgerLine; readonly payload: AnomalyDispositionPayload };

/** What the ledger says about anomalies, as far as conflicts rest on it. */
export function anomalyRecords() {
  const dispositions = new Map<string, Recorded>();
  const latest = new Map<string, string>();
  const settled = new Map<string, { readonly outcome: string; readonly detail: string | null }>();
  return {
    dispositions,
    latest,
    settled,
    add: (line: LedgerLine): void => {
      const { entry } = line;
      if (entry.type === 'anomaly-disposition') {
        const payload = anomalyDispositionPayload.safeParse(entry.payload).data;
        if (payload === undefined)
          failCheck('tampered', `Ledger entry ${entry.seq} is a disposition without the particulars of one.`);
        dispositions.set(entry.id, { line, payload });
        latest.set(payload.anomaly, entry.id);
      }
      if (entry.type === 'sync-outcome')
        for (const { dispositionId, outcome, detail } of outcomes.safeParse(entry.payload).data?.anomalies ??
          [])
          settled.set(dispositionId, { outcome, detail });
    },
  };
}
export type AnomalyRecords = ReturnType<typeof anomalyRecords>;

/**
 * What the database holds is not in the ledger, so it can only be compared with what is claimed of it.
 * @param closed closings of conflicts, by the id of their entry
 */
export function checkAnomalyConflict(
  conflict: AnomalyConflictLine,
  records: AnomalyRecords,
  projection: Projection,
  closed: ReadonlyMap<string, LedgerEntry>,
  number: number,
): void {
  const recorded = records.dispositions.get(conflict.ours.id);
  if (
    recorded === undefined ||
    records.latest.get(conflict.anomaly) !== conflict.ours.id ||
    !isOurs(conflict, recorded) ||
    !isSeconded(conflict, recorded, projection.independence) ||
    !isSettledSo(conflict, records)
  )
    failCheck('tampered', `conflicts.jsonl, line ${number}, is not what the ledger says about this anomaly.`);
  if (
    !areClosingsBacked(conflict.closings, { anomaly: conflict.anomaly }, closed) ||
    !conflict.entries.every((id) => projection.hasEntry(id))
  )
    failCheck('tampered', `conflicts.jsonl, line ${number}, names what the ledger does not have.`);
  if (!standsSo(conflict, projection.independence))
    failCheck('tampered', `conflicts.jsonl, line ${number}, is called what it is not.`);
}

/** A disposition of what is about the reviewer is none, whatever the ledger says. */
function isOurs({ anomaly, ours }: AnomalyConflictLine, { line, payload }: Recorded): boolean {
  const { entry, hash } = line;
  return (
    ours.hash === hash &&
    payload.anomaly === anomaly &&
    entry.subject === anomaly &&
    ours.disposition === payload.disposition &&
    ours.note === payload.note &&
    ours.digest === payload.digest &&
    ours.reviewer === entry.actor &&
    ours.reviewerName === payload.reviewerName &&
    ours.at === entry.wall_time &&
    entry.actor !== payload.shown.user
  );
}

/** Both reviewers of a disposition that needs two are what the ledger says. */
function isSeconded(
  { ours }: AnomalyConflictLine,
  { line, payload }: Recorded,
  { identities, concurrences }: IndependenceState,
): boolean {
  const { digest, shown, fourEyes = [] } = payload;
  const first = { reviewer: line.entry.actor, actor: shown.user, digest, fourEyes };
  const expected = secondOf(identities, first, concurrences.get(line.entry.id) ?? []);
  return canonicalJson(ours.second ?? null) === canonicalJson(expected);
}

function isSettledSo({ ours, outcome }: AnomalyConflictLine, { settled }: AnomalyRecords): boolean {
  const recorded = settled.get(ours.id);
  if (recorded === undefined) return outcome === null;
  return outcome === recorded.outcome && ours.sync === outcome && ours.syncDetail === recorded.detail;
}

/** A corroboration is somebody else saying the same; closed is what somebody closed as it is now. */
function standsSo(
  { standing, cause, ours, server, row, closings }: AnomalyConflictLine,
  { identities }: IndependenceState,
): boolean {
  if (standing === 'corroboration')
    return (
      cause === 'decided-first' &&
      server?.understoodAs === ours.disposition &&
      server.reviewedBy !== null &&
      !isSamePerson(identities, ours.reviewer, server.reviewedBy)
    );
  const last = closings.findLast(({ disposition }) => disposition === ours.id);
  const isAsClosed = last !== undefined && (cause === null || row === null || row === last.row);
  return (standing === 'closed') === isAsClosed && (cause !== null || isAsClosed);
}
