// What ledger entries say came of decisions, one by one, in whichever of their two forms.
import type { StoredEntry } from '../../src-main/store/ledger/entries.ts';
import { syncOutcomePayload } from '../../src-main/review/sent-decisions.ts';

export type RecordedOutcome = { readonly decisionId: string; readonly outcome: string };

/** In the order in which they were recorded; a decision with two outcomes is there twice. */
export function recordedOutcomes(entries: readonly StoredEntry[]): RecordedOutcome[] {
  return entries
    .filter(({ entry }) => entry.type === 'sync-outcome')
    .flatMap(({ entry }) => {
      const { items, asSent } = syncOutcomePayload.parse(entry.payload);
      return [
        ...(asSent?.decisions ?? []).map((decisionId) => ({ decisionId, outcome: 'applied' })),
        ...items.map(({ decisionId, outcome }) => ({ decisionId, outcome })),
      ];
    });
}
