// Findings and their versions: inserted once, never changed; a later result is a further version.
import type { FindingVersion } from '#shared/model/finding.ts';
import { z3Evidence } from '#shared/model/finding.ts';
import { severity } from '#shared/model/severity.ts';
import { formatInstant, microsecondsPerHour } from '#shared/time/instant.ts';
import { z } from 'zod';
import type { DatabaseHandle } from '../database.ts';
import { rows } from '../query.ts';

export type FindingRecord = {
  readonly id: string;
  readonly version: number;
  readonly flagged: boolean;
  readonly detector: string;
  readonly sourceAccount: string;
  readonly actor: string;
  readonly actorName: string | null;
  readonly action: string;
  readonly startMicroseconds: number;
  readonly count: number;
  readonly score: number;
  readonly threshold: number;
  readonly severity: 'low' | 'medium' | 'high' | 'critical';
  readonly explanation: string;
  readonly evidence: FindingVersion['evidence'];
  readonly eventIds: string[];
  readonly foundMicroseconds: number;
};

type Row = {
  id: string;
  version: number;
  flagged: number;
  detector: string;
  source_account: string;
  actor: string;
  actorName: string | null;
  action: string;
  start_us: number;
  count: number;
  score: number;
  threshold: number;
  severity: string;
  explanation: string;
  evidence: string;
  event_ids: string;
  found_us: number;
};

const selection = `SELECT f.*, a.name AS actorName FROM finding_version f
  LEFT JOIN actor a ON a.source_account = f.source_account AND a.actor = f.actor`;

export function insertFindingVersion(
  database: DatabaseHandle,
  record: Omit<FindingRecord, 'actorName'>,
): void {
  database
    .prepare(
      `INSERT INTO finding_version (id, version, flagged, detector, source_account, actor, action, start_us, count, score, threshold, severity, explanation, evidence, event_ids, found_us)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      record.id,
      record.version,
      record.flagged ? 1 : 0,
      record.detector,
      record.sourceAccount,
      record.actor,
      record.action,
      record.startMicroseconds,
      record.count,
      record.score,
      record.threshold,
      record.severity,
      record.explanation,
      JSON.stringify(record.evidence),
      JSON.stringify(record.eventIds),
      record.foundMicroseconds,
    );
}

/** All versions of one finding, oldest first. */
export function readFindingVersions(database: DatabaseHandle, id: string): FindingRecord[] {
  return rows<Row>(database, `${selection} WHERE f.id = ? ORDER BY f.version`, id).map(toRecord);
}

/** The newest version of every finding that is in force, most unusual first. */
export function readFindings(database: DatabaseHandle): FindingRecord[] {
  return rows<Row>(
    database,
    `${selection} WHERE f.flagged = 1
         AND f.version = (SELECT max(version) FROM finding_version n WHERE n.id = f.id) ORDER BY f.score DESC, f.id`,
  ).map(toRecord);
}

export function toVersion(record: FindingRecord): FindingVersion {
  const { version, flagged, count, score, evidence } = record;
  return { version, flagged, count, score, evidence, foundAt: formatInstant(record.foundMicroseconds) };
}

export const hourRange = (startMicroseconds: number) => ({
  start: formatInstant(startMicroseconds),
  end: formatInstant(startMicroseconds + microsecondsPerHour),
});

function toRecord(row: Row): FindingRecord {
  return {
    id: row.id,
    version: row.version,
    flagged: row.flagged === 1,
    detector: row.detector,
    sourceAccount: row.source_account,
    actor: row.actor,
    actorName: row.actorName,
    action: row.action,
    startMicroseconds: row.start_us,
    count: row.count,
    score: row.score,
    threshold: row.threshold,
    severity: severity.parse(row.severity),
    explanation: row.explanation,
    evidence: z3Evidence.parse(JSON.parse(row.evidence)),
    eventIds: z.array(z.string()).parse(JSON.parse(row.event_ids)),
    foundMicroseconds: row.found_us,
  };
}
