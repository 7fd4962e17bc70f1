// Looks up a key path in the metadata of an event.

const unsafeDigits = /\d{16}/;
const deepestNesting = 500;

/** The metadata as an object; null when it is unknown, no JSON, no object, or nested beyond all reason. */
export function parseMetadata(text: string | null): object | null {
  if (text === null || isNestedTooDeeply(text)) return null;
  try {
    const value: unknown = Reflect.apply(
      JSON.parse,
      JSON,
      unsafeDigits.test(text) ? [text, keepDigits] : [text],
    );
    return typeof value === 'object' ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Reading is recursive, and a line of brackets must not exhaust the stack. */
function isNestedTooDeeply(text: string): boolean {
  if (text.length < 2 * deepestNesting) return false;
  let depth = 0;
  let isInText = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\\') at += 1;
    else if (character === '"') isInText = !isInText;
    else if (isInText) continue;
    else if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth -= 1;
    if (depth > deepestNesting) return true;
  }
  return false;
}

/** Whole numbers too large for a double stay as they are written. */
function keepDigits(_key: string, value: unknown, context: { source?: string }): unknown {
  const { source } = context;
  return typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(source ?? '')
    ? source
    : value;
}

/**
 * Every value at the path, as text: numbers and booleans as JSON prints them, objects as compact JSON. A list stands for
 * each of its elements, on the way and at the end. A key may itself hold dots. JSON null, like a missing key, is no value.
 */
export function valuesAt(metadata: object | null, path: readonly string[]): string[] {
  const values: string[] = [];
  collect(metadata, path, values);
  return values;
}

function collect(node: unknown, path: readonly string[], values: string[]): void {
  if (node === null || node === undefined) return;
  if (Array.isArray(node)) {
    for (const element of node) collect(element, path, values);
    return;
  }
  if (path.length === 0) {
    values.push(typeof node === 'string' ? node : JSON.stringify(node));
    return;
  }
  if (typeof node !== 'object') return;
  const children = new Map<string, unknown>(Object.entries(node));
  for (let length = path.length; length > 0; length -= 1)
    collect(children.get(path.slice(0, length).join('.')), path.slice(length), values);
}
