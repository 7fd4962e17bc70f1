// The second person's part in decisions and dispositions of this workspace.
import type { Second, SecondState } from '#shared/model/concurrence.ts';
import type { Proposal } from '#shared/model/finding.ts';
import { latestAnomalyDisposition, type AnomalyDispositionRecord } from './anomaly-ledger.ts';
import { isFinal, secondOf, secondStateOf, type Seconded } from './four-eyes.ts';
import { actorShownIn, type DecisionRecord, type DispositionRecord, type LedgerState } from './projection.ts';

/** Null where no rule asked for a second person. */
export function secondOfDecision({ independence }: LedgerState, record: DecisionRecord): Second | null {
  const { actor, digest, fourEyes = [] } = record.payload;
  const first = { reviewer: record.reviewer, actor, digest, fourEyes };
  return secondOf(independence.identities, first, independence.concurrences.get(record.id) ?? []);
}

/** Null where no rule asked for a second person. */
export function secondOfDisposition({ independence }: LedgerState, record: DispositionRecord): Second | null {
  const first = { ...record, actor: actorShownIn(record) };
  return secondOf(independence.identities, first, independence.concurrences.get(record.id) ?? []);
}

/** The latest disposition of a finding, when a rule asked for a second person. */
export function proposalOf(state: LedgerState, finding: string): Proposal | null {
  const record = state.dispositionHistory.get(finding)?.at(-1);
  const second = record && secondOfDisposition(state, record);
  if (!second) return null;
  const { id, disposition, note, reviewer, by: byName, at } = record;
  return { id, disposition, note, by: reviewer, byName, at, second };
}

function firstOfAnomaly({ reviewer, payload }: AnomalyDispositionRecord): Seconded {
  const { digest, shown, fourEyes = [] } = payload;
  return { reviewer, actor: shown.user, digest, fourEyes };
}

/** Where a disposition of one of the source's anomalies stands with its second person. */
export function anomalySecond(
  { independence }: Pick<LedgerState, 'independence'>,
  record: AnomalyDispositionRecord,
): SecondState {
  const { identities, concurrences } = independence;
  return secondStateOf(identities, firstOfAnomaly(record), concurrences.get(record.id) ?? []);
}

/** Null where no rule asked for a second person. */
export function secondOfAnomaly(
  { independence }: Pick<LedgerState, 'independence'>,
  record: AnomalyDispositionRecord,
): Second | null {
  const { identities, concurrences } = independence;
  return secondOf(identities, firstOfAnomaly(record), concurrences.get(record.id) ?? []);
}

/**
 * The disposition of an anomaly that counts: the latest that needs no second person, or has one, or is in the audit database
 * already, where nothing learned later about who is whom takes it back.
 */
export function anomalyDispositionInForce(
  state: Pick<LedgerState, 'anomalies' | 'independence'>,
  anomaly: string,
): AnomalyDispositionRecord | null {
  const made = state.anomalies.dispositions.get(anomaly) ?? [];
  return made.findLast((record) => isWritten(record) || isFinal(anomalySecond(state, record))) ?? null;
}

/** True when the row took this disposition. */
export function isWritten({ outcome }: Pick<AnomalyDispositionRecord, 'outcome'>): boolean {
  return outcome?.outcome === 'applied' || outcome?.outcome === 'already-mine';
}

/** The latest disposition of an anomaly, when a rule asked for a second person. */
export function proposalOfAnomaly(
  state: Pick<LedgerState, 'anomalies' | 'independence'>,
  anomaly: string,
): Proposal | null {
  const record = latestAnomalyDisposition(state.anomalies, anomaly);
  const second = record && secondOfAnomaly(state, record);
  if (!second) return null;
  const { disposition, note, reviewerName: byName } = record.payload;
  return { id: record.id, disposition, note, by: record.reviewer, byName, at: record.at, second };
}
