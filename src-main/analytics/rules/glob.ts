// Patterns with stars, as rules name paths, permissions and roles.

/** Whether any pattern matches all of a text; * stands for anything, letters match in either case. */
export function matcherOf(patterns: readonly string[]): (text: string) => boolean {
  const tests = patterns.map((pattern) => pattern.toLowerCase().split('*'));
  return (text) => {
    const lower = text.toLowerCase();
    return tests.some((parts) => isMatch(lower, parts));
  };
}

/** Each part at its earliest place, without a regular expression: no pattern can take long. */
function isMatch(text: string, parts: readonly string[]): boolean {
  const first = parts[0]!;
  const last = parts.at(-1)!;
  if (parts.length === 1) return text === first;
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last))
    return false;
  let from = first.length;
  const end = text.length - last.length;
  for (const part of parts.slice(1, -1)) {
    const at = text.indexOf(part, from);
    if (at < 0 || at + part.length > end) return false;
    from = at + part.length;
  }
  return true;
}
