// In which order findings stand in evidence, and by which methods there are any, without what they say.
import { microsecondsPerHour } from '#shared/time/instant.ts';
import type { DatabaseHandle } from '../database.ts';
import { rows } from '../query.ts';

const listed = `FROM finding_version f
  WHERE f.version = (SELECT max(version) FROM finding_version v WHERE v.id = f.id AND v.flagged = 1) AND f.start_us <= ?`;

/** The latest start a finding can have whose hour ended by `until` (microseconds; null is no limit). */
const latestStart = (until: number | null): number =>
  (until ?? Number.MAX_SAFE_INTEGER) - microsecondsPerHour;

/** Every finding that is listed, in no particular order. */
export function readFindingStarts(
  database: DatabaseHandle,
  until: number | null,
): readonly { readonly id: string; readonly startMicroseconds: number }[] {
  return rows(database, `SELECT f.id, f.start_us AS startMicroseconds ${listed}`, latestStart(until));
}

export type FindingMethod = { readonly detector: string; readonly methodVersion: string };

/** The method of each listed finding, the most severe first, then the higher score. */
export function readFindingMethods(database: DatabaseHandle, until: number | null): readonly FindingMethod[] {
  const severity = `CASE f.severity WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END`;
  return rows(
    database,
    `SELECT f.detector, f.method_version AS methodVersion ${listed} ORDER BY ${severity}, f.score DESC, f.id`,
    latestStart(until),
  );
}
