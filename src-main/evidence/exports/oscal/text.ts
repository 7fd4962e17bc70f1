// What text must be like in OSCAL: tokens, single lines, and values that are not read as markup.

/** Characters that OSCAL’s markup, a subset of Markdown, would take for something else. */
const markup = /[\\`*_{}[\]<>~^]/g;

/** One line without surrounding space: OSCAL’s `string`. Null where nothing is left. */
export function asString(value: string | null): string | null {
  const line = (value ?? '').replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
  return line === '' ? null : line;
}

/** The value as it reads, in a single line of markup. */
export function asMarkup(value: string): string {
  const line = asString(value) ?? '(empty)';
  return line.replaceAll('&', '&amp;').replaceAll(markup, (character) => `\\${character}`);
}

/** A token (an NCName without a colon) that starts with a letter: other characters become hyphens. */
export function asToken(value: string): string {
  const token = value
    .toLowerCase()
    .replaceAll(/[^a-z0-9.]+/g, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '');
  return /^[a-z]/.test(token) ? token : `id-${token}`;
}
