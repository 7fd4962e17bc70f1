// Draws a sample that anybody can draw again: the keys whose SHA-256 after the seed is smallest.
import { Problem } from '#shared/model/problem.ts';
import { contentDigester, sha256Hex } from '../../evidence/digest.ts';

const byBytes = (left: string, right: string): number =>
  Buffer.compare(Buffer.from(left, 'utf8'), Buffer.from(right, 'utf8'));

const isPlain = (key: string): boolean => /^[ -~]*$/.test(key);

/** Most keys are in order already, and of letters whose order is that of their bytes. */
function inByteOrder(keys: readonly string[]): readonly string[] {
  if (!keys.every(isPlain)) return keys.toSorted(byBytes);
  return keys.every((key, place) => place === 0 || keys[place - 1]! <= key) ? keys : keys.toSorted();
}

/** So many keys a step. */
const keysAtOnce = 2_000;

/** SHA-256 over the keys in the order of their bytes, each with a line feed: `LC_ALL=C sort keys.txt | sha256sum`. */
export const hashOfKeys = (keys: readonly string[]): string => lastOf(hashSteps(keys));

/** The same in steps. */
export function* hashSteps(keys: readonly string[]): Generator<undefined, string> {
  const digester = contentDigester();
  const ordered = inByteOrder(keys);
  for (let start = 0; start < ordered.length; start += keysAtOnce) {
    digester.add(Buffer.from(`${ordered.slice(start, start + keysAtOnce).join('\n')}\n`, 'utf8'));
    yield undefined;
  }
  return digester.end().sha256;
}

/**
 * The `size` keys with the smallest SHA-256(seed ‖ key), in the order of these hashes.
 * @throws Problem `invalid-input` for a key that is there twice or would not be one line of a file.
 */
export const drawSample = (keys: readonly string[], seed: string, size: number): string[] =>
  lastOf(drawSteps(keys, seed, size));

type Hashed = { readonly key: string; readonly hash: string };

const smallest = (hashed: readonly Hashed[], size: number): Hashed[] =>
  hashed
    .toSorted((left, right) => (left.hash < right.hash ? -1 : left.hash > right.hash ? 1 : 0))
    .slice(0, size);

/** The same in steps. */
export function* drawSteps(
  keys: readonly string[],
  seed: string,
  size: number,
): Generator<undefined, string[]> {
  const fault = faultInKeys(keys);
  if (fault !== null) throw new Problem('invalid-input', `No sample was drawn: ${fault}.`);
  yield undefined;
  let drawn: Hashed[] = [];
  for (let start = 0; start < keys.length; start += keysAtOnce) {
    for (const key of keys.slice(start, start + keysAtOnce)) drawn.push({ key, hash: sha256Hex(seed + key) });
    if (drawn.length > 2 * size) drawn = smallest(drawn, size);
    yield undefined;
  }
  return smallest(drawn, size).map(({ key }) => key);
}

/** What steps come to, all of them at once. */
export function lastOf<Result>(steps: Generator<undefined, Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

function faultInKeys(keys: readonly string[]): string | null {
  if (new Set(keys).size < keys.length) return 'an item is in the population twice';
  return keys.some((key) => key === '' || /[\0\n\r]/.test(key) || !key.isWellFormed())
    ? 'the key of an item is not one line of text'
    : null;
}

/** What a third party types into a shell to draw the same, with the keys one a line in keys.txt. */
export function drawRecipe(seed: string, size: number): string {
  const quoted = `'${seed.replaceAll("'", `'\\''`)}'`;
  return [
    `seed=${quoted}`,
    `while IFS= read -r key; do printf '%s  %s\\n' "$(printf '%s%s' "$seed" "$key" | sha256sum | cut -c1-64)" "$key"; done < keys.txt |`,
    `  LC_ALL=C sort | head -n ${size} | cut -c67-`,
  ].join('\n');
}
