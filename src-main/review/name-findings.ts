// Names findings in a sentence: the first few by id, the rest by number.

const namedAtMost = 3;

/** “the finding a”, “the findings a, b and c”, “the findings a, b, c and 4 others”. */
export function nameFindings(ids: readonly string[]): string {
  const named = ids.slice(0, namedAtMost);
  const others = ids.length - named.length;
  const parts = others === 0 ? named : [...named, others === 1 ? '1 other' : `${others} others`];
  const list = parts.length === 1 ? parts[0]! : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)!}`;
  return `the finding${ids.length === 1 ? '' : 's'} ${list}`;
}
