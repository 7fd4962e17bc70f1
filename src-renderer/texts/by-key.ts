// Records of words, asked for in the language of the moment.

/**
 * One value for each key, made anew whenever it is looked up: a record may stand at the level of a module and
 * still follows a change of language.
 */
export function byKey<Key extends string, Value>(
  keys: readonly Key[],
  valueOf: (key: Key) => Value,
): Readonly<Record<Key, Value>> {
  const words: Partial<Record<Key, Value>> = {};
  for (const key of keys) Object.defineProperty(words, key, { enumerable: true, get: () => valueOf(key) });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every key was given its getter just above
  return words as Record<Key, Value>;
}
