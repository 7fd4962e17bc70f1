// Reads a ledger file as a stranger would: its own SQL, its own hash, none of the product's code.
import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import canonicalize from 'canonicalize';
import { z } from 'zod';

const entry = z.looseObject({
  seq: z.number(),
  id: z.string(),
  type: z.string(),
  actor: z.string(),
  subject: z.string().nullable(),
  prev: z.string(),
  payload: z.record(z.string(), z.unknown()),
});
export type FileEntry = z.infer<typeof entry> & { readonly hash: string };

export type LedgerFile = {
  readonly entries: readonly FileEntry[];
  /** What does not hold together; empty when all does. */
  readonly faults: readonly string[];
};

type Row = { seq: number; id: string; body: string; hash: string };

export function readLedgerFile(path: string): LedgerFile {
  const database = new Database(path, { fileMustExist: true });
  try {
    const faults: string[] = [];
    const soundness = database.pragma('integrity_check', { simple: true });
    if (soundness !== 'ok') faults.push(`SQLite finds the file unsound: ${String(soundness)}`);
    let previous = '0'.repeat(64);
    const rows = database.prepare<[], Row>('SELECT seq, id, body, hash FROM entry ORDER BY seq').all();
    const entries = rows.map((row, index) => {
      const read = { ...entry.parse(JSON.parse(row.body)), hash: row.hash };
      if (read.seq !== index + 1 || row.seq !== index + 1)
        faults.push(`entry ${row.seq} is out of its place`);
      if (read.id !== row.id) faults.push(`entry ${row.seq} is filed under another id`);
      if (read.prev !== previous) faults.push(`entry ${row.seq} does not follow the one before`);
      if (hashOf(row.body) !== row.hash) faults.push(`entry ${row.seq} has another hash than its content`);
      previous = row.hash;
      return read;
    });
    return { entries, faults };
  } finally {
    database.close();
  }
}

function hashOf(body: string): string {
  const canonical = canonicalize(JSON.parse(body));
  return createHash('sha256')
    .update(Buffer.from([0]))
    .update(canonical ?? '')
    .digest('hex');
}

const outcomes = z.object({
  items: z.array(z.looseObject({ decisionId: z.string(), outcome: z.string() })),
  asSent: z.looseObject({ decisions: z.array(z.string()) }).optional(),
  anomalies: z.array(z.looseObject({ dispositionId: z.string(), outcome: z.string() })).optional(),
});

/** What came of a decision, or of a disposition, by its id. */
export type FileOutcome = { readonly id: string; readonly outcome: string };

export function outcomesOf({ entries }: LedgerFile): {
  decisions: FileOutcome[];
  dispositions: FileOutcome[];
} {
  const read = entries
    .filter(({ type }) => type === 'sync-outcome')
    .map(({ payload }) => outcomes.parse(payload));
  return {
    decisions: read.flatMap(({ items, asSent }) => [
      ...items.map(({ decisionId: id, outcome }) => ({ id, outcome })),
      ...(asSent?.decisions ?? []).map((id) => ({ id, outcome: 'applied' })),
    ]),
    dispositions: read.flatMap(({ anomalies = [] }) =>
      anomalies.map(({ dispositionId: id, outcome }) => ({ id, outcome })),
    ),
  };
}

const announced = z.object({
  decisions: z.array(z.string()),
  anomalies: z.array(z.object({ id: z.string(), stampMicroseconds: z.number() })).optional(),
});

/** What an entry says is about to leave: ids of decisions, and dispositions with the moments they are known by. */
export function announcedIn({ type, payload }: FileEntry): z.infer<typeof announced> {
  return type === 'sync-sent' ? announced.parse(payload) : { decisions: [] };
}

/** Ids of the decisions that were announced to leave. */
export function announcedDecisions({ entries }: Pick<LedgerFile, 'entries'>): Set<string> {
  return new Set(entries.flatMap((entry) => announcedIn(entry).decisions));
}

/** The moments each disposition was announced with. */
export function announcedDispositions({ entries }: Pick<LedgerFile, 'entries'>): Map<string, number[]> {
  const stamps = new Map<string, number[]>();
  for (const { id, stampMicroseconds } of entries.flatMap((entry) => announcedIn(entry).anomalies ?? []))
    stamps.set(id, [...(stamps.get(id) ?? []), stampMicroseconds]);
  return stamps;
}
