// What each refresh did, and where its numbers came from.
import { z } from 'zod';
import { refreshReport, type RefreshReport } from '#shared/model/workspace.ts';
import type { DatabaseHandle } from '../database.ts';
import { row, run } from '../query.ts';
import { readStoredJson } from './stored-json.ts';

const dayCount = z.object({ day: z.string(), mirrored: z.number(), server: z.number() });
export type DayCount = z.infer<typeof dayCount>;

const fullCount = z.object({
  /** Server time at which every day was counted. */
  at: z.string(),
  ms: z.number(),
  /** The database's counters of changes then; null where it shows none. */
  modifications: z.number().nullable(),
  /** Changes when the table was emptied or exchanged, which no counter shows. */
  storage: z.string().nullable(),
  /** Events that were new to the mirror in the refreshes since then. */
  added: z.number(),
});
export type FullCount = z.infer<typeof fullCount>;

/** How the population was read: what an auditor asks for first. */
const provenance = z.object({
  query: z.string(),
  parameters: z.array(z.string()),
  server: z.string(),
  database: z.string(),
  role: z.string(),
  serverTime: z.string(),
  snapshot: z.string().nullable(),
  /** Of a replay: only what lies up to its as-of, on both sides. */
  countsByDay: z.array(dayCount),
  serverCount: z.number(),
  clockOffsetMs: z.number(),
  fullCount,
  /** In which way the rows came. */
  readBy: z.enum(['copy', 'cursor']),
  /** Of the detection settings it judged with; absent in runs older than these, which were all defaults. */
  settingsDigest: z.string().optional(),
});
export type Provenance = z.infer<typeof provenance>;

export type RefreshRun = {
  readonly finishedMicroseconds: number;
  readonly replay: boolean;
  readonly report: RefreshReport;
  readonly provenance: Provenance;
};

export function insertRun(database: DatabaseHandle, done: RefreshRun, asOfMicroseconds: number): void {
  run(
    database,
    'INSERT INTO refresh_run (finished_us, as_of_us, replay, report, provenance) VALUES (?, ?, ?, ?, ?)',
    done.finishedMicroseconds,
    asOfMicroseconds,
    done.replay ? 1 : 0,
    JSON.stringify(done.report),
    JSON.stringify(done.provenance),
  );
}

/** The as-of of the last refresh when that was a replay: nothing later counts until the next refresh. Null is no limit. */
export function readHorizon(database: DatabaseHandle): number | null {
  const last = row<{ asOf: number; replay: number }>(
    database,
    'SELECT as_of_us AS asOf, replay FROM refresh_run ORDER BY id DESC LIMIT 1',
  );
  return last?.replay === 1 ? last.asOf : null;
}

export type RunRow = { finished_us: number; replay: number; report: string; provenance: string };

export function readLastRun(database: DatabaseHandle): RefreshRun | null {
  const last = row<RunRow>(
    database,
    'SELECT finished_us, replay, report, provenance FROM refresh_run ORDER BY id DESC LIMIT 1',
  );
  return last ? readRunRow(last) : null;
}

export function readRunRow(found: RunRow): RefreshRun {
  return {
    finishedMicroseconds: found.finished_us,
    replay: found.replay === 1,
    report: readStoredJson(refreshReport, found.report),
    provenance: readStoredJson(provenance, found.provenance),
  };
}
