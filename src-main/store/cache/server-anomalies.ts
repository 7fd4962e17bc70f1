// The mirror of the source's own anomaly table: versions as they were read, and which rows are still there.
import type { DatabaseHandle } from '../database.ts';
import { row, rows, run } from '../query.ts';

/** One row as the database holds it; identifiers, score and times as text, whatever their type. */
export type ServerAnomalyRow = {
  readonly id: string;
  readonly tenant: string | null;
  readonly user: string | null;
  readonly anomalyType: string | null;
  readonly severity: string | null;
  readonly score: string | null;
  readonly detectedText: string | null;
  /** Null when it is absent, infinite or too far away to be exact. */
  readonly detectedMicroseconds: number | null;
  readonly context: string | null;
  readonly reviewedBy: string | null;
  readonly reviewedText: string | null;
  readonly reviewedMicroseconds: number | null;
  readonly disposition: string | null;
};

export type AnomalyRowVersion = ServerAnomalyRow & {
  readonly version: number;
  readonly seenMicroseconds: number;
};

export type MirroredAnomaly = AnomalyRowVersion & {
  readonly vanishedMicroseconds: number | null;
  readonly returnedMicroseconds: number | null;
};

export type AnomalyReadingState = 'read' | 'absent' | 'denied' | 'changed';

export type AnomalyMirror = {
  /** Mirrors some rows of this pull; together or not at all. */
  readonly add: (some: readonly ServerAnomalyRow[]) => void;
  /** Ends the pull: what it did not bring has vanished, unless the table could not be looked into. */
  readonly finish: (state: AnomalyReadingState) => void;
};

/**
 * Begins a pull.
 * @param assertSameSource throws when the mirror became another source's since the reading began
 */
export function mirrorAnomalies(
  database: DatabaseHandle,
  nowMicroseconds: number,
  assertSameSource: () => void,
): AnomalyMirror {
  const together = (work: () => void) =>
    database
      .transaction(() => {
        assertSameSource();
        work();
      })
      .immediate();
  let pull = 0;
  together(() => (pull = beginPull(database)));
  return {
    add: (some) =>
      together(() => {
        for (const found of some) mirrorRow(database, found, pull, nowMicroseconds);
      }),
    finish: (state) =>
      together(() => {
        if (state === 'read' || state === 'absent')
          run(
            database,
            'UPDATE server_anomaly SET vanished_us = ? WHERE pull <> ? AND vanished_us IS NULL',
            nowMicroseconds,
            pull,
          );
        run(database, 'UPDATE anomaly_reading SET state = ?, read_us = ?', state, nowMicroseconds);
      }),
  };
}

function beginPull(database: DatabaseHandle): number {
  run(
    database,
    'INSERT INTO anomaly_reading (one, pull) VALUES (1, 1) ON CONFLICT (one) DO UPDATE SET pull = pull + 1',
  );
  return row<{ pull: number }>(database, 'SELECT pull FROM anomaly_reading')!.pull;
}

const words = `v.id, v.tenant, v.user, v.anomaly_type AS anomalyType, v.severity, v.score, v.detected_text AS detectedText,
  v.detected_us AS detectedMicroseconds, v.context, v.reviewed_by AS reviewedBy, v.reviewed_text AS reviewedText,
  v.reviewed_us AS reviewedMicroseconds, v.disposition, v.version, v.seen_us AS seenMicroseconds`;

const newest = `SELECT ${words}, a.vanished_us AS vanishedMicroseconds, a.returned_us AS returnedMicroseconds
  FROM server_anomaly a JOIN server_anomaly_version v ON v.id = a.id AND v.version = a.version`;

const fields = [
  'tenant',
  'user',
  'anomalyType',
  'severity',
  'score',
  'detectedText',
  'context',
  'reviewedBy',
  'reviewedText',
  'disposition',
] as const satisfies readonly (keyof ServerAnomalyRow)[];

function mirrorRow(database: DatabaseHandle, found: ServerAnomalyRow, pull: number, now: number): void {
  const before = readServerAnomaly(database, found.id);
  const isSame = before !== null && fields.every((field) => before[field] === found[field]);
  const version = (before?.version ?? 0) + (isSame ? 0 : 1);
  if (!isSame)
    run(
      database,
      `INSERT INTO server_anomaly_version (id, version, tenant, user, anomaly_type, severity, score, detected_text, detected_us, context,
                                           reviewed_by, reviewed_text, reviewed_us, disposition, seen_us)
       VALUES (@id, @version, @tenant, @user, @anomalyType, @severity, @score, @detectedText, @detectedMicroseconds, @context,
               @reviewedBy, @reviewedText, @reviewedMicroseconds, @disposition, @now)`,
      { ...found, version, now },
    );
  run(
    database,
    `INSERT INTO server_anomaly (id, version, pull) VALUES (@id, @version, @pull)
     ON CONFLICT (id) DO UPDATE SET version = @version, pull = @pull, vanished_us = NULL,
       returned_us = CASE WHEN vanished_us IS NULL THEN returned_us ELSE @now END`,
    { id: found.id, version, pull, now },
  );
}

/** Every row ever read of this source as it was last, those that vanished included; newest first. */
export function readServerAnomalies(database: DatabaseHandle): MirroredAnomaly[] {
  return rows<MirroredAnomaly>(database, `${newest} ORDER BY v.detected_us DESC, v.id`);
}

export function readServerAnomaly(database: DatabaseHandle, id: string): MirroredAnomaly | null {
  return row<MirroredAnomaly>(database, `${newest} WHERE a.id = ?`, id) ?? null;
}

/** All versions of one row, newest first. */
export function readAnomalyVersions(database: DatabaseHandle, id: string): AnomalyRowVersion[] {
  return rows<AnomalyRowVersion>(
    database,
    `SELECT ${words} FROM server_anomaly_version v WHERE v.id = ? ORDER BY v.version DESC`,
    id,
  );
}

/** All versions, oldest first, of every row of which there is more than one, by id. */
export function readAlteredAnomalies(database: DatabaseHandle): Map<string, AnomalyRowVersion[]> {
  const found = rows<AnomalyRowVersion>(
    database,
    `SELECT ${words} FROM server_anomaly_version v JOIN server_anomaly a ON a.id = v.id WHERE a.version > 1 ORDER BY v.version`,
  );
  return Map.groupBy(found, ({ id }) => id);
}

/** How the last pull went; null before the first one ended. */
export function readAnomalyReading(
  database: DatabaseHandle,
): { readonly state: AnomalyReadingState; readonly readMicroseconds: number } | null {
  const found = row<{ state: AnomalyReadingState | null; readMicroseconds: number }>(
    database,
    'SELECT state, read_us AS readMicroseconds FROM anomaly_reading',
  );
  return found?.state ? { state: found.state, readMicroseconds: found.readMicroseconds } : null;
}
