// What each refresh did, and where its numbers came from.
import type { RefreshReport } from '#shared/model/workspace.ts';
import type { DatabaseHandle } from '../database.ts';

/** How the population was read: what an auditor asks for first. */
export type Provenance = {
  readonly query: string;
  readonly parameters: readonly string[];
  readonly server: string;
  readonly database: string;
  readonly role: string;
  readonly serverTime: string;
  readonly snapshot: string | null;
  readonly countsByDay: readonly {
    readonly day: string;
    readonly mirrored: number;
    readonly server: number;
  }[];
  readonly serverCount: number;
  readonly clockOffsetMs: number;
};

export type RefreshRun = {
  readonly finishedMicroseconds: number;
  readonly replay: boolean;
  readonly report: RefreshReport;
  readonly provenance: Provenance;
};

export function insertRun(database: DatabaseHandle, run: RefreshRun, asOfMicroseconds: number): void {
  database
    .prepare(
      'INSERT INTO refresh_run (finished_us, as_of_us, replay, report, provenance) VALUES (?, ?, ?, ?, ?)',
    )
    .run(
      run.finishedMicroseconds,
      asOfMicroseconds,
      run.replay ? 1 : 0,
      JSON.stringify(run.report),
      JSON.stringify(run.provenance),
    );
}

export function readLastRun(database: DatabaseHandle): RefreshRun | null {
  const row = database
    .prepare('SELECT finished_us, replay, report, provenance FROM refresh_run ORDER BY id DESC LIMIT 1')
    .get() as { finished_us: number; replay: number; report: string; provenance: string } | undefined;
  if (!row) return null;
  return {
    finishedMicroseconds: row.finished_us,
    replay: row.replay === 1,
    report: JSON.parse(row.report) as RefreshReport,
    provenance: JSON.parse(row.provenance) as Provenance,
  };
}
