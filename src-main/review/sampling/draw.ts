// Draws a sample that anybody can draw again: the keys whose SHA-256 after the seed is smallest.
import { Problem } from '#shared/model/problem.ts';
import { contentDigester, sha256Hex } from '../../evidence/digest.ts';

const byBytes = (left: string, right: string): number =>
  Buffer.compare(Buffer.from(left, 'utf8'), Buffer.from(right, 'utf8'));

/** SHA-256 over the keys in the order of their bytes, each with a line feed: `LC_ALL=C sort keys.txt | sha256sum`. */
export function hashOfKeys(keys: readonly string[]): string {
  const digester = contentDigester();
  for (const key of keys.toSorted(byBytes)) digester.add(Buffer.from(`${key}\n`, 'utf8'));
  return digester.end().sha256;
}

/**
 * The `size` keys with the smallest SHA-256(seed ‖ key), in the order of these hashes.
 * @throws Problem `invalid-input` for a key that is there twice or would not be one line of a file.
 */
export function drawSample(keys: readonly string[], seed: string, size: number): string[] {
  const fault = faultInKeys(keys);
  if (fault !== null) throw new Problem('invalid-input', `No sample was drawn: ${fault}.`);
  const hashed = keys.map((key) => ({ key, hash: sha256Hex(seed + key) }));
  hashed.sort((left, right) => (left.hash < right.hash ? -1 : left.hash > right.hash ? 1 : 0));
  return hashed.slice(0, size).map(({ key }) => key);
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
