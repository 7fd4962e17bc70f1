// Sends dispositions of the source's own anomalies: which of them may leave, with which stamp, and what the ledger says of each.
import type { AnomalySyncItem, PublicationItem } from '#shared/model/anomaly.ts';
import type { AnomalyDispositionRecord } from '../review/anomaly-ledger.ts';
import { identitiesOf } from '../review/aliases.ts';
import { isOwnAction } from '../review/independence.ts';
import type { Ledger } from '../review/ledger.ts';
import { sourceOf, type LedgerState } from '../review/projection.ts';
import { resultOf, type DispositionIntent, type DispositionResult } from '../source/anomaly-outcomes.ts';
import type { AnomalyTable } from '../source/anomaly-table.ts';
import { allowedWords, dispositionWords, publishedWords, wordOf } from '../source/anomaly-words.ts';
import { dispositionDelivery } from '../source/anomaly-write.ts';
import { serverMicroseconds } from '../source/anomaly-write-query.ts';
import type { SourceClient } from '../source/client.ts';
import { canBeReviewer } from '../source/sendable.ts';
import { anomalySyncStateOf, openAnomalyIntents } from './anomaly-outbox.ts';
import { sendOpen, type Outgoing } from './send-open.ts';

export interface AnomalySending {
  readonly ledger: Ledger;
  readonly client: SourceClient;
  readonly anomalyTable: AnomalyTable;
  readonly onProgress: (done: number, total: number) => void;
  readonly signal: AbortSignal;
  /** Outcomes as they become certain, so that none is lost when a later one fails. */
  readonly settled: AnomalySettled;
}

/** What earlier attempts of the same sync settled, too: by disposition, and by finding. */
export interface AnomalySettled {
  readonly dispositions: Map<string, AnomalySyncItem>;
  readonly publications: Map<string, PublicationItem>;
}

export const nothingSettled = (): AnomalySettled => ({ dispositions: new Map(), publications: new Map() });

/**
 * Writes every open disposition by compare-and-set, as {@link sendOpen} does; a row is known by any of the stamps that were
 * announced.
 * @throws Problem when the connection or a right is lost, or it was stopped
 */
export async function pushAnomalyDispositions(sending: AnomalySending): Promise<void> {
  const { ledger, client, anomalyTable, onProgress, signal } = sending;
  const open = openAnomalyIntents(ledger.state());
  if (open.length === 0) return;
  const allowed = await allowedWords(client, anomalyTable, 'disposition', dispositionWords);
  const words = allowed.isLimited ? allowed.words : publishedWords;
  const settled = sending.settled.dispositions;
  await sendOpen(ledger, outgoingDispositions(sending, words), open, { onProgress, signal, settled });
}

function outgoingDispositions(
  { ledger, client, anomalyTable }: AnomalySending,
  words: ReadonlySet<string>,
): Outgoing<AnomalyDispositionRecord, DispositionIntent, DispositionResult, AnomalySyncItem> {
  return {
    delivery: dispositionDelivery(client, anomalyTable),
    stillOpen: (state, id) => {
      const disposition = state.anomalies.byId.get(id);
      return disposition && isOpen(state, disposition) ? disposition : null;
    },
    whyUnfit: (state, disposition) => whyUnfit(state, disposition, anomalyTable, words),
    reject: ({ id, payload }, why) =>
      resultOf({ dispositionId: id, anomalyId: payload.anomaly }, 'rejected', null, why),
    prepareAnnouncement: async () => {
      const nowMicroseconds = await serverMicroseconds(client);
      return (leaving) => ({
        decisions: [],
        anomalies: leaving.map((disposition) => ({
          id: disposition.id,
          stampMicroseconds: stampOf(disposition, nowMicroseconds),
        })),
      });
    },
    toIntent: (_state, { id }) => toIntent(ledger, id, words),
    idOf: ({ dispositionId }) => dispositionId,
    isSettled: (state, id) => (state.anomalies.byId.get(id)?.outcome ?? null) !== null,
    toItem,
    outcomes: (results) => ({
      items: [],
      anomalies: results.map((each) => ({ ...toItem(each), server: each.server })),
    }),
  };
}

function isOpen(state: LedgerState, disposition: AnomalyDispositionRecord): boolean {
  const sync = anomalySyncStateOf(state, disposition);
  return sync === 'unsent' || sync === 'unknown';
}

/** Why a disposition cannot be sent at all; one whose answer was lost is settled by looking at the row first. */
function whyUnfit(
  state: LedgerState,
  { inFlight, payload, reviewer, source }: AnomalyDispositionRecord,
  { columns }: AnomalyTable,
  words: ReadonlySet<string>,
): string | null {
  if (inFlight) return null;
  if (source !== null && source !== sourceOf(state))
    return 'This disposition was made for another database than the one this workspace is connected to now. Judge again here if it holds here, too.';
  // Whom an id belongs to may have been learned after the disposition.
  if (isOwnAction(state, payload.shown.user, reviewer))
    return 'The reviewer is the person this anomaly is about; nobody reviews their own action.';
  if (wordOf(payload.disposition, words) === null)
    return `The table of anomalies allows no word for “${payload.disposition}”, so it stays here.`;
  if (canBeReviewer(reviewer, columns.reviewed_by)) return null;
  return `The reviewer id of this disposition cannot be stored in the table of anomalies, whose column has the type ${columns.reviewed_by.type}. Judge again as a reviewer with the id under which the audited system knows you.`;
}

/** The server's moment, less up to a millisecond of the entry's own: no two entries have the same stamp for one row. */
function stampOf({ hash }: AnomalyDispositionRecord, nowMicroseconds: number): number {
  return nowMicroseconds - (Number.parseInt(hash.slice(0, 8), 16) % 1000);
}

function toIntent(ledger: Ledger, id: string, words: ReadonlySet<string>): DispositionIntent {
  const state = ledger.state();
  const { payload, reviewer, stamps } = state.anomalies.byId.get(id)!;
  return {
    dispositionId: id,
    anomalyId: payload.anomaly,
    shown: payload.shown,
    reviewerId: reviewer,
    ownIds: identitiesOf(state.independence.identities, reviewer),
    word: wordOf(payload.disposition, words) ?? payload.disposition,
    stampMicroseconds: stamps.at(-1)!,
    // As of when it is asked: another process may have announced and sent the same one meanwhile.
    get stamps() {
      return ledger.state().anomalies.byId.get(id)!.stamps;
    },
  };
}

function toItem({ anomaly, dispositionId, outcome, detail }: DispositionResult): AnomalySyncItem {
  return { anomaly, dispositionId, outcome, detail };
}
