// How batches are to be written, and what came of it.

export type WriteOptions = {
  /** Everything up to here has been read; null leaves the watermark where it is. */
  readonly watermarkMicroseconds: number | null;
  /** Actions whose events are also kept whole, one row each. */
  readonly keptActions: ReadonlySet<string>;
  /** Whether the batches hold every field there is. */
  readonly isWhole: boolean;
};

export type Written = {
  /** Rows the mirror held already. */
  readonly duplicates: number;
  readonly added: number;
};
