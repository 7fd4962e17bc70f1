// How far a campaign is, as parts of all its items that add up to them.
import type { ClosingCounts } from '#shared/model/campaign-entries.ts';

export const progressKinds = [
  'certified',
  'modified',
  'revoked',
  'undecided',
  'disagreed',
  'waiting',
] as const;
export type ProgressKind = (typeof progressKinds)[number];
export type ProgressPart = { kind: ProgressKind; items: number };

/**
 * undecided: abstained or escalated by the last stage, or decided only by their own subject · disagreed: the stages or two people
 * did not come to the same · waiting: nobody decided the stage they are in.
 */
export function progressParts(counts: ClosingCounts): ProgressPart[] {
  const { certified, modified, revoked, disagreed, open } = counts;
  const undecided = counts.undecided + counts.ownOnly;
  const waiting = open - undecided - disagreed;
  const items = { certified, modified, revoked, undecided, disagreed, waiting };
  return progressKinds.map((kind) => ({ kind, items: items[kind] }));
}

export const decidedOf = ({ items, open }: ClosingCounts): number => items - open;

/** In whole per cent, never 100 while anything is open and never 0 once anything is decided. */
export function decidedPercent(counts: ClosingCounts): number {
  const { items } = counts;
  const decided = decidedOf(counts);
  if (items === 0 || decided === 0) return 0;
  if (decided === items) return 100;
  return Math.min(99, Math.max(1, Math.round((decided / items) * 100)));
}
