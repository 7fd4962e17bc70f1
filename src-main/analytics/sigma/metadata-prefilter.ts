// Tells from the plain text of metadata that a field cannot be as asked, so that it need not be parsed.
import type { FieldMatch } from './rule.ts';
import type { RuleField } from './taxonomy.ts';

/**
 * Returns a function of the text: false where the answer is certainly that of a field without a value. A key ends with a quotation
 * mark, and words of a value stand in the text as they are, unless something is escaped. Only runs of ASCII letters
 * are looked for: numbers may be written in several ways, other letters in several cases.
 */
export function needsParsing({ field, tests, quantifier }: FieldMatch): (text: string) => boolean {
  const lastKey = keyEnd(field);
  const words = tests.map(wordOf);
  // Where all tests must hold, the word of any one of them will do.
  const known = words.filter((word) => word !== null);
  const needed = quantifier === 'all' ? known.slice(0, 1) : known.length === words.length ? known : [];
  return (text) => {
    if (text.includes('\\')) return true;
    if (!text.includes(lastKey)) return false;
    if (needed.length === 0) return true;
    const folded = text.toLowerCase();
    return needed.some((word) => folded.includes(word));
  };
}

function keyEnd(field: RuleField): string {
  const last = field.kind === 'metadata' ? (field.path.at(-1) ?? '') : '';
  return `${last}"`;
}

/** A word every text must hold to pass the test, in small letters; null when there is none. */
function wordOf(test: FieldMatch['tests'][number]): string | null {
  if (test.kind !== 'pattern') return null;
  const words = test.pattern.flatMap((part) =>
    part.kind === 'text' ? (part.text.match(/[A-Za-z_]{3,}/g) ?? []) : [],
  );
  const longest = words.toSorted((a, b) => b.length - a.length)[0];
  return longest?.toLowerCase() ?? null;
}
