// Findings and their versions: inserted once, never changed; a later result is a further version.
import {
  entityKinds,
  evidence,
  explanation,
  type Evidence,
  type Explanation,
  type FindingVersion,
} from '#shared/model/finding.ts';
import { severity, type Severity } from '#shared/model/severity.ts';
import { formatInstant, microsecondsPerHour } from '#shared/time/instant.ts';
import { z } from 'zod';
import type { DatabaseHandle } from '../database.ts';
import { row, rows, run } from '../query.ts';
import { patternNumbers, patternReader } from './finding-patterns.ts';
import { putTogether, takeApart, type Pieces } from './finding-text.ts';
import { packIds, unpackIds } from './packed-ids.ts';
import { readStored, readStoredJson } from './stored-json.ts';

export type FindingRecord = {
  readonly id: string;
  readonly version: number;
  readonly flagged: boolean;
  readonly detector: string;
  readonly methodVersion: string;
  readonly sourceAccount: string;
  readonly actor: string;
  readonly actorName: string | null;
  readonly entity: { readonly kind: (typeof entityKinds)[number]; readonly value: string };
  readonly action: string;
  readonly startMicroseconds: number;
  readonly endMicroseconds: number;
  readonly count: number;
  readonly score: number;
  readonly threshold: number;
  readonly severity: Severity;
  readonly explanationParts: Explanation;
  readonly evidence: Evidence;
  readonly eventIds: string[];
  readonly foundMicroseconds: number;
};

type Row = {
  id: string;
  version: number;
  flagged: number;
  detector: string;
  method_version: string;
  source_account: string;
  actor: string;
  actorName: string | null;
  entity_kind: string;
  entity: string;
  action: string;
  start_us: number;
  end_us: number;
  count: number;
  score: number;
  threshold: number;
  severity: string;
  pattern_id: number;
  blanks: string;
  event_ids: Buffer;
  found_us: number;
};

const selection = `SELECT f.*, a.name AS actorName FROM finding_version f
  LEFT JOIN actor a ON a.source_account = f.source_account AND a.actor = f.actor`;

/** Writes versions one by one; to be made and used within one transaction. */
export function findingWriter(database: DatabaseHandle): (record: Omit<FindingRecord, 'actorName'>) => void {
  const numberOf = patternNumbers(database);
  return (record) => insertFindingVersion(database, record, numberOf);
}

function insertFindingVersion(
  database: DatabaseHandle,
  record: Omit<FindingRecord, 'actorName'>,
  numberOf: (pattern: string) => number,
): void {
  const text = `${JSON.stringify(record.evidence)}\n${JSON.stringify(record.explanationParts)}`;
  const { pattern, blanks } = takeApart(text, [record.actor, record.action, record.entity.value]);
  run(
    database,
    `INSERT INTO finding_version (id, version, flagged, detector, method_version, source_account, actor, entity_kind, entity, action,
                                  start_us, end_us, count, score, threshold, severity, pattern_id, blanks, event_ids, found_us)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    record.id,
    record.version,
    record.flagged ? 1 : 0,
    record.detector,
    record.methodVersion,
    record.sourceAccount,
    record.actor,
    record.entity.kind,
    record.entity.value,
    record.action,
    record.startMicroseconds,
    record.endMicroseconds,
    record.count,
    record.score,
    record.threshold,
    record.severity,
    numberOf(pattern),
    blanks,
    packIds(record.eventIds),
    record.foundMicroseconds,
  );
}

/** What a version came to, without what it says. */
export type FindingResult = Pick<
  FindingRecord,
  | 'id'
  | 'version'
  | 'flagged'
  | 'detector'
  | 'sourceAccount'
  | 'actor'
  | 'action'
  | 'startMicroseconds'
  | 'endMicroseconds'
  | 'count'
  | 'score'
> & {
  readonly severity: string;
  /** As {@link packIds} makes it. */
  readonly packedIds: Uint8Array;
};

type ResultRow = Omit<FindingResult, 'flagged'> & { readonly flagged: number };

const results = `SELECT id, version, flagged, detector, source_account AS sourceAccount, actor, action, start_us AS startMicroseconds,
    end_us AS endMicroseconds, count, score, severity, event_ids AS packedIds FROM finding_version f
  WHERE f.version = (SELECT max(version) FROM finding_version v WHERE v.id = f.id)`;

/** The newest result of every finding of a detector that starts in [from, to). */
export function readNewestResults(
  database: DatabaseHandle,
  detector: string,
  fromMicroseconds: number,
  toMicroseconds: number,
): FindingResult[] {
  return rows<ResultRow>(
    database,
    `${results} AND f.detector = ? AND f.start_us >= ? AND f.start_us < ?`,
    detector,
    fromMicroseconds,
    toMicroseconds,
  ).map(toResult);
}

/** The newest result of one finding. */
export function readNewestResult(database: DatabaseHandle, id: string): FindingResult | null {
  const found = row<ResultRow>(database, `${results} AND f.id = ?`, id);
  return found ? toResult(found) : null;
}

const toResult = (found: ResultRow): FindingResult => ({ ...found, flagged: found.flagged === 1 });

/** All versions of one finding, oldest first. */
export function readFindingVersions(database: DatabaseHandle, id: string): FindingRecord[] {
  return asRecords(database, () => rows<Row>(database, `${selection} WHERE f.id = ? ORDER BY f.version`, id));
}

/** In one transaction, so that what a row refers to is still there. */
function asRecords(database: DatabaseHandle, read: () => readonly Row[]): FindingRecord[] {
  return database.transaction(() => {
    const patternOf = patternReader(database);
    return read().map((found) => toRecord(found, patternOf(found.pattern_id)));
  })();
}

export type ListedFinding = FindingRecord & {
  /** The newest result when that one no longer stands out; null while this one is the newest that counts. */
  readonly explainedAway: { readonly version: number; readonly count: number; readonly score: number } | null;
};

type ListedRow = Row & { newestVersion: number; newestCount: number; newestScore: number };

const newestThatStoodOut = `
  SELECT f.*, a.name AS actorName, newest.version AS newestVersion, newest.count AS newestCount, newest.score AS newestScore
    FROM finding_version f
    JOIN finding_version newest ON newest.id = f.id AND newest.version = (SELECT max(version) FROM finding_version v WHERE v.id = f.id)
    LEFT JOIN actor a ON a.source_account = f.source_account AND a.actor = f.actor
   WHERE f.version = (SELECT max(version) FROM finding_version v WHERE v.id = f.id AND v.flagged = 1)`;

/**
 * Every finding as its newest version that stood out, most unusual first. One that late events explained away stays
 * listed and says so: somebody may have seen it, and an acted-on finding that is gone explains nothing.
 * @param until only hours that ended by then, in microseconds; null is no limit.
 */
export function readFindings(database: DatabaseHandle, until: number | null = null): ListedFinding[] {
  return asListed(database, () =>
    rows<ListedRow>(
      database,
      `${newestThatStoodOut} AND f.start_us <= ? ORDER BY f.score DESC, f.id`,
      latestStart(until),
    ),
  );
}

/** Those about one actor, as in {@link readFindings}. */
export function readFindingsAbout(
  database: DatabaseHandle,
  actor: string,
  until: number | null = null,
): ListedFinding[] {
  return asListed(database, () =>
    rows<ListedRow>(
      database,
      `${newestThatStoodOut} AND (f.actor = ? OR (f.entity_kind = 'actor' AND f.entity = ?)) AND f.start_us <= ?
        ORDER BY f.score DESC, f.id`,
      actor,
      actor,
      latestStart(until),
    ),
  );
}

/** One finding, as in {@link readFindings}. */
export function readFinding(database: DatabaseHandle, id: string): ListedFinding | null {
  const read = () => rows<ListedRow>(database, `${newestThatStoodOut} AND f.id = ?`, id);
  return asListed(database, read)[0] ?? null;
}

function asListed(database: DatabaseHandle, read: () => readonly ListedRow[]): ListedFinding[] {
  let found: readonly ListedRow[] = [];
  const records = asRecords(database, () => (found = read()));
  return records.map((record, place) => {
    const { newestVersion: version, newestCount: count, newestScore: score } = found[place]!;
    return { ...record, explainedAway: version === record.version ? null : { version, count, score } };
  });
}

const latestStart = (until: number | null): number =>
  (until ?? Number.MAX_SAFE_INTEGER) - microsecondsPerHour;

export function countFindings(database: DatabaseHandle, until: number | null = null): number {
  const found = row<{ findings: number }>(
    database,
    // All but the later ones: both are counted in an index, without a look at the findings.
    `SELECT (SELECT count(*) FROM finding_version WHERE version = 1)
          - (SELECT count(*) FROM finding_version WHERE version = 1 AND start_us > ?) AS findings`,
    latestStart(until),
  );
  return found?.findings ?? 0;
}

export function toVersion(record: FindingRecord): FindingVersion {
  const { version, flagged, count, score, evidence } = record;
  return { version, flagged, count, score, evidence, foundAt: formatInstant(record.foundMicroseconds) };
}

const saying = z.tuple([evidence, explanation]);
const eventIds = z.array(z.string());
const entityKind = z.enum(entityKinds);

/** A finding's paragraph: what happened, what is usual, how unusual it is. */
export function paragraphOf({ what, expected, unusual }: Explanation): string {
  return [what, expected, unusual].filter((part) => part !== null).join(' ');
}

function toRecord(row: Row, pattern: Pieces): FindingRecord {
  const said = readStored(saying, () =>
    putTogether(pattern, row.blanks, [row.actor, row.action, row.entity])
      .split('\n')
      .map((text): unknown => JSON.parse(text)),
  );
  return {
    id: row.id,
    version: row.version,
    flagged: row.flagged === 1,
    detector: row.detector,
    methodVersion: row.method_version,
    sourceAccount: row.source_account,
    actor: row.actor,
    actorName: row.actorName,
    entity: { kind: readStoredJson(entityKind, JSON.stringify(row.entity_kind)), value: row.entity },
    action: row.action,
    startMicroseconds: row.start_us,
    endMicroseconds: row.end_us,
    count: row.count,
    score: row.score,
    threshold: row.threshold,
    severity: readStoredJson(severity, JSON.stringify(row.severity)),
    explanationParts: said[1],
    evidence: said[0],
    eventIds: readStored(eventIds, () => unpackIds(row.event_ids)),
    foundMicroseconds: row.found_us,
  };
}
