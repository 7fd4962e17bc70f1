// What the ledger itself records about where a pack comes from: reviewers, keys, connections, earlier packs.
import { z } from 'zod';
import { mapping, type Mapping } from '#shared/model/connection.ts';
import { defaultDetection, detectionSettings, type DetectionSettings } from '#shared/model/detection.ts';
import type { LedgerEntry } from '#shared/model/evidence.ts';
import { reviewer, type Reviewer } from '#shared/model/reviewer.ts';
import { parseInstant } from '#shared/time/instant.ts';

const connection = z.object({
  database: z.string(),
  user: z.string(),
  sourceAccount: z.string().nullable(),
  zone: z.string(),
  mapping: mapping.nullable(),
});

export type RecordedConnection = Omit<z.infer<typeof connection>, 'mapping'> & {
  readonly mapping: Mapping | null;
  /** When it was made, by the clock of the server, in microseconds since 1970; null where the clocks were not compared. */
  readonly serverMicroseconds: number | null;
};

const packFile = z.object({ sha256: z.string() });
const changedPackFile = packFile.extend({ before: z.string() });
const changedDetection = z.object({ after: detectionSettings });

export type Origin = {
  /** The reviewer put on record last; null where none can be read. */
  reviewer: Reviewer | null;
  /** Fingerprints of all keys that were put on record. */
  readonly keys: Set<string>;
  /** Oldest first; the last is in force. */
  readonly connections: RecordedConnection[];
  /** The pack exported before, as its file was last changed here; null where the ledger records no export. */
  previousPackSha256: string | null;
  detection: DetectionSettings;
};

export const noOrigin = (): Origin => ({
  reviewer: null,
  keys: new Set(),
  connections: [],
  previousPackSha256: null,
  detection: defaultDetection,
});

/** Takes entries in their order; what cannot be read is passed over, so that nothing is held against it. */
export function noteOrigin(origin: Origin, entry: LedgerEntry): void {
  const { type, payload, subject } = entry;
  switch (type) {
    case 'reviewer-changed':
      origin.reviewer = reviewer.safeParse(payload).data ?? null;
      return;
    case 'key-created':
    case 'key-taken-up':
    case 'key-rotated':
      if (subject !== null) origin.keys.add(subject);
      return;
    case 'connection-changed':
      noteConnection(origin, entry);
      return;
    case 'detection-changed':
      origin.detection = changedDetection.safeParse(payload).data?.after ?? origin.detection;
      return;
    case 'export':
      origin.previousPackSha256 = packFile.safeParse(payload).data?.sha256 ?? origin.previousPackSha256;
      return;
    case 'pack-signed-off':
    case 'pack-timestamped': {
      const changed = changedPackFile.safeParse(payload).data;
      if (changed !== undefined && origin.previousPackSha256 === changed.before)
        origin.previousPackSha256 = changed.sha256;
      return;
    }
    default:
      return;
  }
}

function noteConnection(
  { connections }: Origin,
  { payload, wall_time: at, offset_ms: offsetMs }: LedgerEntry,
): void {
  const found = connection.safeParse(payload).data;
  if (found === undefined) return;
  const serverMicroseconds = offsetMs === null ? null : parseInstant(at) + offsetMs * 1000;
  connections.push({ ...found, serverMicroseconds });
}
