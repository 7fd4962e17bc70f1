// The words the table of anomalies allows, asked of the database itself, and how they and ours stand for each other.
import type { Disposition } from '#shared/model/finding.ts';
import type { AnomalyColumn, AnomalyTable } from './anomaly-table.ts';
import type { SourceClient } from './client.ts';
import { quoteIdentifier } from './identifier.ts';
import { ask } from './query.ts';

/** By our disposition, words for it, the best first: the documentation's where a table takes them, else the published table's. */
const wordsFor: Readonly<Record<Disposition, readonly string[]>> = {
  acknowledged: ['acknowledged', 'true_positive'],
  'false-positive': ['false_positive', 'false-positive'],
  escalated: ['escalated'],
};

/** What a word of the database means here; null for one we do not know. */
export function dispositionOf(word: string | null): Disposition | null {
  if (word === null) return null;
  const found = Object.entries(wordsFor).find(([, words]) => words.includes(word));
  return found ? ourWord(found[0]) : null;
}

function ourWord(text: string): Disposition | null {
  return text === 'acknowledged' || text === 'false-positive' || text === 'escalated' ? text : null;
}

/** The word for a disposition among those allowed; null when there is none. */
export function wordOf(disposition: Disposition, allowed: ReadonlySet<string>): string | null {
  return wordsFor[disposition].find((word) => allowed.has(word)) ?? null;
}

export const dispositionWords: readonly string[] = Object.values(wordsFor).flat();

/** Where nothing limits the column, only words of the published table are written. */
export const publishedWords: ReadonlySet<string> = new Set(['false_positive', 'true_positive', 'escalated']);

export interface AllowedWords {
  /** Of the candidates, those the column takes. */
  words: ReadonlySet<string>;
  /** Whether the database limits the column at all. */
  isLimited: boolean;
}

/**
 * Asks which of the candidates the column's CHECK constraints or its enumeration allow: the database evaluates its own
 * constraints, so that no reading of their text can be wrong. Constraints over several columns are left to the write itself.
 */
export async function allowedWords(
  client: SourceClient,
  { table, columns }: AnomalyTable,
  column: AnomalyColumn,
  candidates: readonly string[],
): Promise<AllowedWords> {
  if (columns[column].baseType === 'enum') return enumerated(client, table.oid, column, candidates);
  const checks = await ask<{ expression: string }>(client, {
    text: `SELECT pg_get_expr(c.conbin, c.conrelid) AS expression FROM pg_constraint c
             JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attname = $2
            WHERE c.conrelid = $1::oid AND c.contype = 'c' AND c.conkey = ARRAY[a.attnum]`,
    values: [table.oid, column],
  });
  if (checks.length === 0) return { words: new Set(candidates), isLimited: false };
  const name = quoteIdentifier(column);
  const text = `SELECT candidate.${name}::text AS word FROM unnest($1::text[]) AS candidate(${name})
    WHERE ${checks.map(({ expression }) => `(${expression}) IS NOT FALSE`).join(' AND ')}`;
  const found = await ask<{ word: string }>(client, { text, values: [candidates] });
  return { words: new Set(found.map(({ word }) => word)), isLimited: true };
}

async function enumerated(
  client: SourceClient,
  oid: string,
  column: AnomalyColumn,
  candidates: readonly string[],
): Promise<AllowedWords> {
  const labels = await ask<{ word: string }>(client, {
    text: `SELECT e.enumlabel::text AS word FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
             JOIN pg_enum e ON e.enumtypid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END
            WHERE a.attrelid = $1::oid AND a.attname = $2 AND e.enumlabel = ANY ($3::text[])`,
    values: [oid, column, candidates],
  });
  return { words: new Set(labels.map(({ word }) => word)), isLimited: true };
}
