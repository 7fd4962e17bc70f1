// What sending would do and what it did, in words.
import type { SyncPreview } from '#shared/model/sync.ts';
import type { SyncState } from '#shared/model/review.ts';
import type { SyncReport } from '#shared/model/workspace.ts';
import { countWords, formatCount } from '../domain/count-words.ts';

export type HeldItem = SyncPreview['wouldNotSend'][number];
export type HeldGroup = { reason: HeldReason; title: string; items: readonly HeldItem[] };
type HeldReason = SyncState | 'refused-here';

/** In the order in which somebody may want to do something about them. */
const heldTitles: readonly [HeldReason, string][] = [
  ['disagreed', 'The second person disagrees'],
  ['awaiting-second', 'Waiting for a second person'],
  ['changed', 'The item changed since it was decided'],
  ['refused-here', 'Refused here, before it left'],
  ['rejected', 'Rejected by the database'],
  ['not-visible', 'Not visible in the database'],
  ['superseded', 'Somebody else decided first'],
  ['unknown', 'Sent before, the answer lost'],
  ['unsent', 'Not for this database'],
  ['local', 'Kept here'],
];

/** What stays on this computer, by why. */
export function heldGroups(items: readonly HeldItem[]): HeldGroup[] {
  const byReason = Map.groupBy(items, ({ sync, refusedHere }): HeldReason =>
    refusedHere === true ? 'refused-here' : sync,
  );
  const titles = new Map(heldTitles);
  const order = [...titles.keys()];
  return [...byReason]
    .map(([reason, held]) => ({ reason, title: titles.get(reason) ?? 'Not sent', items: held }))
    .toSorted((one, other) => order.indexOf(one.reason) - order.indexOf(other.reason));
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
  if (isHeldByClock) return 'Compare the clocks again and send';
  return parts.length === 0 ? 'Nothing to send' : `Send ${listWords(parts)}`;
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
  if (!isConnected) return 'Nothing can leave: this workspace is not connected to an audit database.';
  if (isReadOnly) return 'Nothing leaves until the changes of the database are confirmed.';
  if (isHeldByClock || isAnythingLeaving(preview)) return null;
  return 'Nothing waits that could leave.';
}

/** The heading of a report: decisions are called so only where there were any. */
export function reportTitle({ items, anomalies }: SyncReport): string {
  const isAboutAnomalies = anomalies !== undefined && anomalies.sent + anomalies.published.length > 0;
  return items.length === 0 && isAboutAnomalies ? 'Sent to the audit database' : 'Decisions sent';
}

/** What became of a sync, in one or two sentences. */
export function reportWords(report: SyncReport): string {
  const { superseded, changed, notVisible, refusedHere = 0 } = report;
  const sent = report.sent + refusedHere;
  const rejected = report.rejected - refusedHere;
  if (sent === 0)
    return reportTitle(report) === 'Decisions sent'
      ? 'No decision was sent.'
      : 'No decision waited; what was sent stands below.';
  const arrived = report.applied + report.alreadyMine;
  const others = [
    superseded > 0 && `${formatCount(superseded)} ${was(superseded)} decided by somebody else first`,
    changed > 0 && `${formatCount(changed)} ${was(changed)} not taken because the item had changed`,
    notVisible > 0 && `${formatCount(notVisible)} found no row any more`,
    rejected > 0 && `${formatCount(rejected)} ${was(rejected)} rejected`,
    refusedHere > 0 && `${formatCount(refusedHere)} ${was(refusedHere)} refused here and did not leave`,
  ].filter((part) => part !== false);
  if (others.length === 0)
    return sent === 1
      ? 'The decision is in the audit database.'
      : `All ${formatCount(sent)} decisions are in the audit database.`;
  const head =
    arrived === 0
      ? `None of ${countWords(sent, 'decision')} became the decision of record`
      : `${formatCount(arrived)} of ${countWords(sent, 'decision')} ${arrived === 1 ? 'is' : 'are'} in the audit database`;
  return `${head}: ${listWords(others)}.`;
}

const was = (count: number): string => (count === 1 ? 'was' : 'were');

function listWords(parts: readonly string[]): string {
  return new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(parts);
}
