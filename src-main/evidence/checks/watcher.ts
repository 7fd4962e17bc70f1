// A check that looks at the rows of a pack as they go by, so that no pack has to be held in memory.
import type { Rows } from '../payload-part.ts';

/** What to do with rows of one kind. */
export type Take = { readonly of: Rows<unknown>; run(row: unknown, number: number): void };

/** Looks at rows of one kind; `number` counts from 1 in their file. */
export function take<Row>(
  of: Rows<Row>,
  run: (row: Row, number: number) => void,
): { readonly of: Rows<Row>; run(row: Row, number: number): void } {
  return { of, run };
}

/**
 * One watching check. `run` and `end` throw as checks do; whoever failed once is shown no more rows.
 * `settle` is awaited now and then between rows, and before the end.
 */
export type Watcher = {
  readonly name: string;
  readonly takes: readonly Take[];
  readonly settle?: () => Promise<void>;
  /** Lets go of what it holds, however the walk ended. */
  readonly close?: () => Promise<void>;
  /** Says, after the last row, what was found in order. */
  readonly end: () => string | Promise<string>;
};
