// Why nothing is sent: what was found to differ from the schema the workspace was connected to. Stays until it is connected again.
import { z } from 'zod';
import type { DatabaseHandle } from '../database.ts';
import { row, run } from '../query.ts';
import { readStoredJson } from './stored-json.ts';

export type SchemaDrift = {
  /** SHA-256 of the fingerprint the differences are differences from. */
  readonly expected: string;
  /** When they were first seen, in microseconds. */
  readonly sinceMicroseconds: number;
  readonly differences: readonly { readonly sentence: string; readonly detail: string | null }[];
};

const storedDifferences = z.array(z.object({ sentence: z.string(), detail: z.string().nullable() }));

export function readSchemaDrift(database: DatabaseHandle): SchemaDrift | null {
  const text = 'SELECT expected, since_us AS since, differences FROM schema_drift';
  const found = row<{ expected: string; since: number; differences: string }>(database, text);
  if (!found) return null;
  const { expected, since } = found;
  return {
    expected,
    sinceMicroseconds: since,
    differences: readStoredJson(storedDifferences, found.differences),
  };
}

/** Keeps the time at which differences from the same fingerprint were first seen. */
export function recordSchemaDrift(database: DatabaseHandle, drift: SchemaDrift): void {
  run(
    database,
    `INSERT INTO schema_drift (one, expected, since_us, differences) VALUES (1, @expected, @since, @differences)
     ON CONFLICT (one) DO UPDATE SET differences = excluded.differences, expected = excluded.expected,
       since_us = CASE expected WHEN excluded.expected THEN since_us ELSE excluded.since_us END`,
    {
      expected: drift.expected,
      since: drift.sinceMicroseconds,
      differences: JSON.stringify(drift.differences),
    },
  );
}

export function clearSchemaDrift(database: DatabaseHandle): void {
  run(database, 'DELETE FROM schema_drift');
}
