// What the connect report says about the source's own anomalies: whether they can be read, judged, and joined by ours.
import type { InspectionReport } from '#shared/model/connection.ts';
import { dispositions } from '#shared/model/finding.ts';
import { findAnomalyTable, type AnomalyTableState } from './anomaly-table.ts';
import { allowedWords, dispositionWords, publishedWords, wordOf } from './anomaly-words.ts';
import type { SourceClient } from './client.ts';
import { quoteTable } from './identifier.ts';
import { titleOf } from './mapping.ts';
import { ask } from './query.ts';

export type AnomalyInspection = {
  state: AnomalyTableState;
  report: NonNullable<InspectionReport['anomalyTable']> | null;
};

export async function inspectAnomalies(client: SourceClient): Promise<AnomalyInspection> {
  const state = await findAnomalyTable(client);
  if (state.state === 'unavailable') return { state, report: null };
  const { anomalyTable } = state;
  const [counts] = await ask<{ rows: string; open: string }>(client, {
    text: `SELECT count(*)::text AS rows, count(*) FILTER (WHERE reviewed_at IS NULL AND disposition IS NULL)::text AS open
           FROM ${quoteTable(anomalyTable.table)}`,
    values: [],
  });
  const allowed = await allowedWords(client, anomalyTable, 'disposition', dispositionWords);
  const words = allowed.isLimited ? allowed.words : publishedWords;
  return {
    state,
    report: {
      table: titleOf(anomalyTable.table),
      rows: Number(counts?.rows),
      open: Number(counts?.open),
      cannotDispose: anomalyTable.cannotDispose,
      cannotPublish: anomalyTable.cannotPublish,
      words: dispositions.map((disposition) => ({ disposition, word: wordOf(disposition, words) })),
    },
  };
}

export function describeAnomalies({ state, report }: AnomalyInspection): string[] {
  if (state.state === 'unavailable') return [`${state.sentence} No anomalies of another scorer are shown.`];
  if (report === null) return [];
  const { table, rows, open, cannotDispose, cannotPublish, words } = report;
  const written = words.map(({ disposition, word }) =>
    word === null
      ? `“${disposition}” has no word there and stays here`
      : `“${disposition}” is written as ${word}`,
  );
  return [
    `The table of anomalies ${table} shows ${rows} ${rows === 1 ? 'row' : 'rows'} of another scorer, ${open} of them not judged; they are shown beside the findings, never mixed with them.`,
    cannotDispose ?? `Dispositions of them can be written back: ${written.join(', ')}.`,
    cannotPublish ??
      'This user may publish findings there, once each, where this workspace is set to (Settings, or countersign publication).',
  ];
}
