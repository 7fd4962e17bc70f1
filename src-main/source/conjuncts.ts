// Takes a condition, as the server writes it, apart into what must hold together.

/** The parts that AND joins on the outside; a condition with anything else there is one part. */
export function conjunctsOf(condition: string): string[] {
  const text = withoutBrackets(condition.trim());
  const parts = splitOutside(text, ' AND ');
  if (parts.length === 1 || splitOutside(text, ' OR ').length > 1) return [text];
  return parts.flatMap(conjunctsOf);
}

function withoutBrackets(text: string): string {
  if (!text.startsWith('(') || depths(text).indexOf(0) !== text.length - 1) return text;
  return withoutBrackets(text.slice(1, -1).trim());
}

function splitOutside(text: string, word: string): string[] {
  const depth = depths(text);
  const parts: string[] = [];
  let start = 0;
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (depth[at] !== 0) continue;
    parts.push(text.slice(start, at));
    start = at + word.length;
  }
  return [...parts, text.slice(start)];
}

/** How many brackets are open after each character; everything in quotes, single or double, counts as inside one. */
function depths(text: string): number[] {
  let open = 0;
  let quote: string | null = null;
  return [...Array(text.length).keys()].map((index) => {
    const character = text[index]!;
    if (quote !== null) quote = character === quote ? null : quote;
    else if (character === "'" || character === '"') quote = character;
    else if (character === '(' || character === '[') open += 1;
    else if (character === ')' || character === ']') open -= 1;
    return quote === null ? open : open + 1;
  });
}
