// What sending would do and what it did, in words.
import type { SyncPreview } from '#shared/model/sync.ts';
import type { SyncState } from '#shared/model/review.ts';
import type { SyncReport } from '#shared/model/workspace.ts';
import { countWords, listWords } from '../domain/count-words.ts';
import { text } from '../texts/text.ts';

export type HeldItem = SyncPreview['wouldNotSend'][number];
export type HeldGroup = { reason: HeldReason; title: string; items: readonly HeldItem[] };
type HeldReason = SyncState | 'refused-here';

/** In the order in which somebody may want to do something about them. */
const heldReasons = [
  'disagreed',
  'awaiting-second',
  'changed',
  'refused-here',
  'rejected',
  'not-visible',
  'superseded',
  'unknown',
  'unsent',
  'applied',
  'local',
] as const satisfies readonly HeldReason[];

/** What stays on this computer, by why. */
export function heldGroups(items: readonly HeldItem[]): HeldGroup[] {
  const byReason = Map.groupBy(items, ({ sync, refusedHere }) =>
    refusedHere === true ? 'refused-here' : sync === 'already-mine' ? 'applied' : sync,
  );
  return heldReasons.flatMap((reason) => {
    const held = byReason.get(reason);
    return held === undefined ? [] : [{ reason, title: text(`app:held.${reason}`), items: held }];
  });
}

type Leaving = Pick<SyncPreview, 'wouldSend' | 'wouldDispose' | 'wouldPublish'>;

function leavingParts({ wouldSend, wouldDispose = [], wouldPublish = 0 }: Leaving): string[] {
  return [
    ...(wouldSend.length > 0 ? [countWords(wouldSend.length, 'decision')] : []),
    ...(wouldDispose.length > 0 ? [countWords(wouldDispose.length, 'disposition')] : []),
    ...(wouldPublish > 0 ? [countWords(wouldPublish, 'finding')] : []),
  ];
}

export const isAnythingLeaving = (preview: Leaving): boolean => leavingParts(preview).length > 0;

/** The words of the button: what leaves when it is pressed. While clocks are apart, sending compares them again first. */
export function sendLabel(preview: Leaving, isHeldByClock: boolean): string {
  const parts = leavingParts(preview);
  if (isHeldByClock) return text('app:send.compareFirst');
  return parts.length === 0 ? text('app:send.nothing') : text('app:send.parts', { parts: listWords(parts) });
}

/** Decisions that the last look at the database gives little hope. */
export function doubtful(preview: SyncPreview): SyncPreview['wouldSend'] {
  return preview.wouldSend.filter(({ expected }) => expected !== null);
}

/** Why pressing the button would do nothing; null when it does something. While clocks are apart, it compares them. */
export function whyNotSend(
  preview: Leaving,
  { isConnected, isReadOnly, isHeldByClock }: Record<'isConnected' | 'isReadOnly' | 'isHeldByClock', boolean>,
): string | null {
  if (!isConnected) return text('app:whyNot.notConnected');
  if (isReadOnly) return text('app:whyNot.readOnly');
  if (isHeldByClock || isAnythingLeaving(preview)) return null;
  return text('app:whyNot.nothing');
}

const isAboutAnomaliesOnly = ({ items, anomalies }: SyncReport): boolean =>
  items.length === 0 && anomalies !== undefined && anomalies.sent + anomalies.published.length > 0;

/** The heading of a report: decisions are called so only where there were any. */
export function reportTitle(report: SyncReport): string {
  return isAboutAnomaliesOnly(report) ? text('app:report.titleOther') : text('app:report.title');
}

/** What became of a sync, in one or two sentences; it speaks of what was sent, not of all there is. */
export function reportWords(report: SyncReport): string {
  const { superseded, changed, notVisible, refusedHere = 0 } = report;
  const sent = report.sent + refusedHere;
  const rejected = report.rejected - refusedHere;
  if (sent === 0) return isAboutAnomaliesOnly(report) ? text('app:report.noneBut') : text('app:report.none');
  const arrived = report.applied + report.alreadyMine;
  const others = [
    superseded > 0 && text('app:report.superseded', { count: superseded }),
    changed > 0 && text('app:report.changed', { count: changed }),
    notVisible > 0 && text('app:report.notVisible', { count: notVisible }),
    rejected > 0 && text('app:report.rejected', { count: rejected }),
    refusedHere > 0 && text('app:report.refusedHere', { count: refusedHere }),
  ].filter((part) => part !== false);
  if (others.length === 0) return text('app:report.all', { count: sent });
  const gaps = { sent: countWords(sent, 'decision'), others: listWords(others) };
  return arrived === 0
    ? text('app:report.noneOf', gaps)
    : text('app:report.someOf', { count: arrived, ...gaps });
}
