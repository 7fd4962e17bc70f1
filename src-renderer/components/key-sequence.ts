// Recognises single keys and two-key sequences such as “g q”.

export type KeyStep = { kind: 'run'; keys: string } | { kind: 'wait'; prefix: string } | { kind: 'none' };

/**
 * What one more key means, given the keys that are bound (`j`, `g q`, `?`) and the prefix typed before.
 * A prefix followed by a key that completes nothing does nothing: a mistyped jump must never decide an item.
 */
export function nextKeyStep(bound: Iterable<string>, prefix: string | null, key: string): KeyStep {
  const keys = [...bound];
  if (prefix !== null) {
    const sequence = `${prefix} ${key}`;
    return keys.includes(sequence) ? { kind: 'run', keys: sequence } : { kind: 'none' };
  }
  if (keys.some((candidate) => candidate.startsWith(`${key} `))) return { kind: 'wait', prefix: key };
  return keys.includes(key) ? { kind: 'run', keys: key } : { kind: 'none' };
}
