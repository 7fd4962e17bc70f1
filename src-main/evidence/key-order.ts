// Plain JSON values in the member order of RFC 8785, so that the engine's own JSON writer gives their canonical text.

/** Says that only the full algorithm knows the canonical form of a value, or that it has none. */
export const notPlain: unique symbol = Symbol('not plain');

const deepest = 64;

/**
 * The value with the members of each object ordered by UTF-16 code units; parts already in order are the same objects.
 * {@link notPlain} for anything the built-in writer would write otherwise: numbers that are none, half characters, names
 * that look like indices, class instances, what JSON drops, and nesting beyond reason.
 */
export function inKeyOrder(value: unknown, depth = 0): unknown {
  switch (typeof value) {
    case 'string':
      return value.isWellFormed() ? value : notPlain;
    case 'number':
      return Number.isFinite(value) ? value : notPlain;
    case 'boolean':
      return value;
    case 'object':
      if (value === null) return value;
      if (depth === deepest) return notPlain;
      return Array.isArray(value) ? listInOrder(value, depth) : membersInOrder(value, depth);
    default:
      return notPlain;
  }
}

function listInOrder(list: readonly unknown[], depth: number): unknown {
  let copy: unknown[] | null = null;
  for (let index = 0; index < list.length; index += 1) {
    const ordered = inKeyOrder(list[index], depth + 1);
    if (ordered === notPlain) return notPlain;
    if (ordered !== list[index]) (copy ??= [...list])[index] = ordered;
  }
  return copy ?? list;
}

function membersInOrder(value: object, depth: number): unknown {
  if (Object.getPrototypeOf(value) !== Object.prototype) return notPlain;
  const members = Object.entries(value);
  let isSame = true;
  for (let index = 0; index < members.length; index += 1) {
    const member = members[index]!;
    const [name, held] = member;
    if (looksLikeIndex(name) || !name.isWellFormed()) return notPlain;
    const ordered = inKeyOrder(held, depth + 1);
    if (ordered === notPlain) return notPlain;
    if (index > 0 && name < members[index - 1]![0]) isSame = false;
    if (ordered === held) continue;
    member[1] = ordered;
    isSame = false;
  }
  if (isSame) return value;
  return Object.fromEntries(members.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** An object lists such members first, whatever order they were added in. */
function looksLikeIndex(name: string): boolean {
  const unit = name.charCodeAt(0);
  return unit >= 48 && unit <= 57;
}
