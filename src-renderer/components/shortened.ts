// Cuts a text that is too long for its place.

/** At most `most` characters, the last an ellipsis where something was left out; never half of a surrogate pair. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const kept = text.slice(0, most - 1);
  return `${/[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept}…`;
}
