// The second person's part in decisions and dispositions of this workspace.
import type { Second } from '#shared/model/concurrence.ts';
import type { Finding } from '#shared/model/finding.ts';
import { secondOf } from './four-eyes.ts';
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
export function proposalOf(state: LedgerState, finding: string): Finding['proposal'] | null {
  const record = state.dispositionHistory.get(finding)?.at(-1);
  const second = record && secondOfDisposition(state, record);
  if (!second) return null;
  const { id, disposition, note, reviewer, by: byName, at } = record;
  return { id, disposition, note, by: reviewer, byName, at, second };
}
