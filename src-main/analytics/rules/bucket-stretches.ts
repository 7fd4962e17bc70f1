// Buckets of equal length that stand out, put together where they follow one another closely.

export interface Bucket {
  readonly startMicroseconds: number;
  readonly endMicroseconds: number;
  readonly score: number;
  readonly count: number;
}

export interface Stretch<Item extends Bucket> {
  readonly startMicroseconds: number;
  readonly endMicroseconds: number;
  readonly count: number;
  /** The bucket with the highest score, the earliest of equals. */
  readonly peak: Item;
  readonly buckets: readonly Item[];
}

/** @param buckets in order of time. */
export function stretchesOf<Item extends Bucket>(
  buckets: readonly Item[],
  cooldownMicroseconds: number,
): Stretch<Item>[] {
  const stretches: Item[][] = [];
  for (const bucket of buckets) {
    const current = stretches.at(-1);
    const last = current?.at(-1);
    const isClose = last && bucket.startMicroseconds - last.endMicroseconds <= cooldownMicroseconds;
    if (current && isClose) current.push(bucket);
    else stretches.push([bucket]);
  }
  return stretches.map((members) => ({
    startMicroseconds: members[0]!.startMicroseconds,
    endMicroseconds: members.at(-1)!.endMicroseconds,
    count: members.reduce((sum, { count }) => sum + count, 0),
    peak: members.reduce((highest, bucket) => (bucket.score > highest.score ? bucket : highest)),
    buckets: members,
  }));
}
