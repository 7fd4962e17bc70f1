// Keeps only what was read last: for what is large, read again in no time, and asked for in runs.

/**
 * Makes readers that share room for `most` values. What each returns stays until others need its room; then it is
 * read again.
 */
export function recentReads(most: number): <Value>(read: () => Value) => () => Value {
  const releases: (() => void)[] = [];
  return <Value>(read: () => Value) => {
    let kept: { readonly value: Value } | null = null;
    return () => {
      if (kept !== null) return kept.value;
      const { value } = (kept = { value: read() });
      releases.push(() => (kept = null));
      if (releases.length > most) releases.shift()!();
      return value;
    };
  };
}
