// Values in words: times, persons, and text that shows what it hides.

// Controls and direction marks could make a value look like another one, or like part of the page.
const invisible = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

export const codePointText = (character: string): string =>
  `⟦U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟧`;

/** Shows invisible characters, and halves of characters, by their code. */
export const visibleText = (text: string): string => text.replace(invisible, codePointText);

/** Characters of one value that are printed; nobody reads more of it on paper, and the data holds it in full. */
export const longestValue = 1500;

/** Cuts a value that nobody would read to its end, and says so. */
export function clipped(text: string): string {
  const characters = text.length - longestValue;
  if (characters <= 0) return text;
  // Never in the middle of a character.
  const end = longestValue - (/[\uD800-\uDBFF]/.test(text.charAt(longestValue - 1)) ? 1 : 0);
  return `${text.slice(0, end)} … (${text.length - end} more characters in the data)`;
}

export const instantText = (instant: string | null): string =>
  instant === null ? 'unknown' : `${instant.slice(0, 10)} ${instant.slice(11, 19)} UTC`;

export const personText = (id: string | null, name: string | null): string =>
  id === null || id === '' ? 'unknown' : name === null || name === '' || name === id ? id : `${name} (${id})`;

export const countText = (count: number): string => String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',');

/** A number with its noun. */
export const numberOf = (count: number, one: string, many: string): string =>
  `${countText(count)} ${count === 1 ? one : many}`;

/** Milliseconds as “850 ms”, “1.2 s”, “3 min 20 s” or “2 h 5 min”. */
export function durationText(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const tenths = Math.round(milliseconds / 100);
  if (tenths < 600) return `${Number((tenths / 10).toFixed(1))} s`;
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 3600) return partsText(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  const minutes = Math.round(seconds / 60);
  return partsText(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}

const partsText = (whole: number, unit: string, rest: number, restUnit: string): string =>
  `${countText(whole)} ${unit}${rest === 0 ? '' : ` ${rest} ${restUnit}`}`;

/** “baselineHours” as “Baseline hours”. */
export function nameInWords(name: string): string {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[_.-]/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
