// What connecting would keep on this computer, in words: how much disk, what stays in the database, and what then cannot run.
import type { MirrorLimits } from '#shared/model/connection.ts';

const numbers = new Intl.NumberFormat('en-GB');

/** From here on the report proposes to leave the events where they are. */
export const proposedFrom = 20_000_000;
/** Without metadata: times, ids and coded texts, as measured with millions of events. */
const bytesPerEvent = 60;

export interface Kept {
  readonly rows: number;
  readonly mirror: MirrorLimits;
  readonly hasMetadata: boolean;
  /** How long the text of an event's metadata is on average; null when nobody measured it, or this user may not know. */
  readonly metadataBytes: number | null;
}

export function describeKeeping(kept: Kept): string[] {
  const { rows, mirror } = kept;
  if (rows === 0) return [];
  if (!mirror.rows)
    return [
      `Of the events only counts per quarter hour, source account, actor and action will be kept here; privileged and critical events, and those that findings and review items are about, are fetched as a whole. ${cannotRun}`,
    ];
  const sentences = [
    `Keeping them here takes about ${size(diskBytes(kept))} of disk${isMeasured(kept) ? '' : ', and the size of their metadata'}.`,
  ];
  if (rows <= proposedFrom) return sentences;
  return [
    ...sentences,
    `This table has about ${numbers.format(rows)} events. Countersign can leave them there and keep only counts per quarter hour: connect again with --mirror cells. ${cannotRun}`,
  ];
}

const cannotRun =
  'Whatever looks at single events then cannot be evaluated: segregation of duties, failed sign-ins, mass deletions and exports, things used for the first time, and all rules; types of actors are not told apart.';

function keepsMetadata({ mirror: { fields }, hasMetadata }: Kept): boolean {
  return hasMetadata && (fields === null || fields.includes('metadata'));
}

const isMeasured = (kept: Kept): boolean => kept.metadataBytes !== null || !keepsMetadata(kept);

function diskBytes(kept: Kept): number {
  return kept.rows * (bytesPerEvent + (keepsMetadata(kept) ? (kept.metadataBytes ?? 0) : 0));
}

const units = ['kB', 'MB', 'GB', 'TB'];

/** Two digits at most in the largest unit that suits it: `1.4 GB`. */
function size(bytes: number): string {
  let amount = bytes / 1000;
  let unit = 0;
  for (; amount >= 999.5 && unit < units.length - 1; unit += 1) amount /= 1000;
  return `${Number(Math.max(amount, 0.1).toPrecision(2))} ${units[unit]}`;
}
