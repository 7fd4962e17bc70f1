// What each refresh did, and where its numbers came from.
import { z } from 'zod';
import { refreshReport, type RefreshReport } from '#shared/model/workspace.ts';
import type { DatabaseHandle } from '../database.ts';
import { row } from '../query.ts';

/** How the population was read: what an auditor asks for first. */
const provenance = z.object({
  query: z.string(),
  parameters: z.array(z.string()),
  server: z.string(),
  database: z.string(),
  role: z.string(),
  serverTime: z.string(),
  snapshot: z.string().nullable(),
  countsByDay: z.array(z.object({ day: z.string(), mirrored: z.number(), server: z.number() })),
  serverCount: z.number(),
  clockOffsetMs: z.number(),
});
export type Provenance = z.infer<typeof provenance>;

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
  const run = row<{ finished_us: number; replay: number; report: string; provenance: string }>(
    database,
    'SELECT finished_us, replay, report, provenance FROM refresh_run ORDER BY id DESC LIMIT 1',
  );
  if (!run) return null;
  return {
    finishedMicroseconds: run.finished_us,
    replay: run.replay === 1,
    report: refreshReport.parse(JSON.parse(run.report)),
    provenance: provenance.parse(JSON.parse(run.provenance)),
  };
}
