// Sends dispositions of the source's own anomalies: before anything leaves, the ledger says with which stamp; after, what came of it.
import type { AnomalySyncItem, PublicationItem } from '#shared/model/anomaly.ts';
import type { AnomalyDispositionRecord } from '../review/anomaly-ledger.ts';
import { identitiesOf } from '../review/aliases.ts';
import { isOwnAction } from '../review/independence.ts';
import type { Ledger } from '../review/ledger.ts';
import { sourceOf } from '../review/projection.ts';
import type { DispositionIntent, DispositionResult } from '../source/anomaly-outcomes.ts';
import type { AnomalyTable } from '../source/anomaly-table.ts';
import { allowedWords, dispositionWords, publishedWords, wordOf } from '../source/anomaly-words.ts';
import { writeDispositions } from '../source/anomaly-write.ts';
import { serverMicroseconds } from '../source/anomaly-write-query.ts';
import type { SourceClient } from '../source/client.ts';
import { canBeReviewer } from '../source/sendable.ts';
import { openAnomalyIntents } from './anomaly-outbox.ts';

const batchSize = 500;

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
 * Writes every open disposition by compare-and-set. Safe to kill anywhere: one without an outcome is sent again, and the row
 * is known by any of the stamps that were announced.
 * @throws Problem when the connection or a right is lost
 */
export async function pushAnomalyDispositions(sending: AnomalySending): Promise<void> {
  const { ledger, client, anomalyTable, signal } = sending;
  const intents = openAnomalyIntents(ledger.state());
  if (intents.length === 0) return;
  const allowed = await allowedWords(client, anomalyTable, 'disposition', dispositionWords);
  const words = allowed.isLimited ? allowed.words : publishedWords;
  const settle = (results: readonly DispositionResult[]) => {
    recordOutcomes(ledger, results);
    for (const result of results) sending.settled.dispositions.set(result.dispositionId, toItem(result));
  };
  for (let start = 0; start < intents.length; start += batchSize) {
    signal.throwIfAborted();
    sending.onProgress(start, intents.length);
    const batch = intents.slice(start, start + batchSize);
    settle(batch.flatMap((disposition) => unfit(sending, disposition, words) ?? []));
    const leaving = announce(ledger, batch, await serverMicroseconds(client));
    await writeDispositions(
      { client, anomalyTable, onSettled: settle },
      leaving.map((disposition) => toIntent(ledger, disposition, words)),
    );
  }
  sending.onProgress(intents.length, intents.length);
}

/** Why a disposition cannot be sent at all; one whose answer was lost is settled by looking at the row first. */
function unfit(
  { ledger, anomalyTable }: AnomalySending,
  disposition: AnomalyDispositionRecord,
  words: ReadonlySet<string>,
): DispositionResult | null {
  if (disposition.inFlight) return null;
  const { payload, reviewer, id } = disposition;
  const column = anomalyTable.columns.reviewed_by;
  const rejected = (detail: string): DispositionResult => ({
    anomaly: payload.anomaly,
    dispositionId: id,
    outcome: 'rejected',
    detail,
    server: null,
    isTransient: false,
  });
  const source = sourceOf(ledger.state());
  if (disposition.source !== null && disposition.source !== source)
    return rejected(
      'This disposition was made for another database than the one this workspace is connected to now. Judge again here if it holds here, too.',
    );
  if (isOwnAction(ledger.state(), payload.shown.user, reviewer))
    return rejected('The reviewer is the person this anomaly is about; nobody reviews their own action.');
  if (wordOf(payload.disposition, words) === null)
    return rejected(`The table of anomalies allows no word for “${payload.disposition}”, so it stays here.`);
  if (!canBeReviewer(reviewer, column))
    return rejected(
      `The reviewer id of this disposition cannot be stored in the table of anomalies, whose column has the type ${column.type}. Judge again as a reviewer with the id under which the audited system knows you.`,
    );
  return null;
}

/** Puts on record that these are about to leave, each with its stamp; ones settled or corrected meanwhile stay. */
function announce(
  ledger: Ledger,
  batch: readonly AnomalyDispositionRecord[],
  nowMicroseconds: number,
): AnomalyDispositionRecord[] {
  let leaving: AnomalyDispositionRecord[] = [];
  ledger.append((state) => {
    const open = new Set(openAnomalyIntents(state).map(({ id }) => id));
    leaving = batch.filter(({ id }) => open.has(id));
    if (leaving.length === 0) return [];
    const anomalies = leaving.map((disposition) => ({
      id: disposition.id,
      stampMicroseconds: stampOf(disposition, nowMicroseconds),
    }));
    return [
      {
        type: 'sync-sent',
        subject: null,
        actor: state.reviewer?.id ?? '',
        payload: { decisions: [], anomalies },
      },
    ];
  });
  return leaving;
}

/** The server's moment, less up to a millisecond of the entry's own: no two entries have the same stamp for one row. */
function stampOf({ hash }: AnomalyDispositionRecord, nowMicroseconds: number): number {
  return nowMicroseconds - (Number.parseInt(hash.slice(0, 8), 16) % 1000);
}

function toIntent(
  ledger: Ledger,
  { id }: AnomalyDispositionRecord,
  words: ReadonlySet<string>,
): DispositionIntent {
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

/** One outcome a disposition; a passing obstacle settles nothing, and the next sync sends again. */
function recordOutcomes(ledger: Ledger, results: readonly DispositionResult[]): void {
  if (results.every(({ isTransient }) => isTransient)) return;
  ledger.append((state) => {
    const anomalies = results
      .filter(({ isTransient }) => !isTransient)
      .filter(({ dispositionId }) => !state.anomalies.byId.get(dispositionId)?.outcome)
      .map((result) => ({ ...toItem(result), server: result.server }));
    if (anomalies.length === 0) return [];
    return [
      {
        type: 'sync-outcome',
        subject: null,
        actor: state.reviewer?.id ?? '',
        payload: { items: [], anomalies },
      },
    ];
  });
}

function toItem({ anomaly, dispositionId, outcome, detail }: DispositionResult): AnomalySyncItem {
  return { anomaly, dispositionId, outcome, detail };
}
