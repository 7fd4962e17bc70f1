// Puts many texts in order in steps: sorting a quarter of a million at once would keep everybody waiting.

const textsAtOnce = 10_000;
/** Keys are hashes, so that those that begin alike are about as many each. */
const prefixLength = 2;

/** The texts in ascending order of their UTF-16 code units, as `toSorted()` has them, some at a time. */
export function* inOrder(texts: Iterable<string>): Generator<readonly string[]> {
  const alike = new Map<string, string[]>();
  let seen = 0;
  for (const text of texts) {
    const prefix = text.slice(0, prefixLength);
    const known = alike.get(prefix);
    if (known) known.push(text);
    else alike.set(prefix, [text]);
    seen += 1;
    if (seen % textsAtOnce === 0) yield [];
  }
  for (const prefix of [...alike.keys()].toSorted()) {
    const some = alike.get(prefix)!;
    alike.delete(prefix);
    yield some.toSorted();
  }
}
