// What a refresh found otherwise than the one before left it, in words: nothing of it may pass for good news.
import type { QueueChanges } from '#shared/model/review-history.ts';
import type { RefreshReport } from '#shared/model/workspace.ts';
import { text } from '../texts/text.ts';

/** Ways in which a row of the queue may be otherwise that nobody here brought about, the gravest first. */
export const driftKinds = [
  'vanished',
  'reopened',
  'decisionAltered',
  'changed',
  'decidedElsewhere',
] as const satisfies readonly (keyof QueueChanges)[];
export type DriftKind = (typeof driftKinds)[number];

export function driftOf({ queue }: Pick<RefreshReport, 'queue'>): { kind: DriftKind; count: number }[] {
  if (queue === undefined) return [];
  const { appeared, decidedElsewhere, appearedDecided = Math.min(appeared, decidedElsewhere) } = queue;
  const counts = { ...queue, decidedElsewhere: decidedElsewhere - appearedDecided };
  return driftKinds.map((kind) => ({ kind, count: counts[kind] })).filter(({ count }) => count > 0);
}

/** One part of a sentence each; empty where everything is as it was left. */
export function driftWords(report: Pick<RefreshReport, 'queue' | 'vanished'>): string[] {
  return [
    ...(report.vanished > 0 ? [text('domain:drift.events', { count: report.vanished })] : []),
    ...driftOf(report).map(({ kind, count }) => text(`domain:drift.${kind}`, { count })),
  ];
}
