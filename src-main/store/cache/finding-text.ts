// What a finding says, taken apart into a pattern that many findings share and the blanks that one of them fills in.

/** Never part of JSON, which escapes them: one where a number or a date stood, then one for each name. */
const blankMark = '\u0001';
const nameMarks = ['\u0002', '\u0003', '\u0004'] as const;

export type TakenApart = {
  readonly pattern: string;
  /** In the order of their marks, a line each. */
  readonly blanks: string;
};

/** A number as it stands in JSON or in a sentence, a clock time, an instant, or a date as sentences have it: “Mon 5 Oct 2026”. */
const blank = /(?:[A-Z][a-z]{2} )?\d[\d.,:TZ-]*(?: [A-Z][a-z]{2} \d{4},?)?/g;

/** A shorter name stands in too many words to be worth a mark. */
const shortestName = 3;

/**
 * @param text JSON.
 * @param names those of the finding that its text may repeat, in an order that stays; at most three.
 */
export function takeApart(text: string, names: readonly string[]): TakenApart {
  let unnamed = text;
  for (const [place, name] of escaped(names).entries())
    if (name.length >= shortestName && names.indexOf(names[place]!) === place)
      unnamed = unnamed.replaceAll(name, nameMarks[place]!);
  const blanks: string[] = [];
  const pattern = unnamed.replace(blank, (found) => {
    blanks.push(found);
    return blankMark;
  });
  return { pattern, blanks: blanks.join('\n') };
}

/** A pattern, ready to be filled in. */
export type Pieces = readonly string[];

export function piecesOf(pattern: string): Pieces {
  // oxlint-disable-next-line no-control-regex -- the marks are control characters because no text holds any
  return pattern.split(/([\u0001-\u0004])/);
}

/**
 * The text that {@link takeApart} took apart.
 * @throws SyntaxError when the blanks are not those of the pattern
 */
export function putTogether(pieces: Pieces, blanks: string, names: readonly string[]): string {
  const left = blanks === '' ? [] : blanks.split('\n');
  const namesInText = escaped(names);
  let used = 0;
  let text = '';
  for (const piece of pieces) {
    if (piece === blankMark) text += left[used++];
    else if (piece.length === 1 && piece >= nameMarks[0] && piece <= nameMarks[2])
      text += namesInText[piece.charCodeAt(0) - nameMarks[0].charCodeAt(0)];
    else text += piece;
  }
  if (used !== left.length) throw new SyntaxError('A pattern has other blanks than were filled in.');
  return text;
}

/** As they stand within a text of JSON. */
function escaped(names: readonly string[]): string[] {
  return names.map((name) => JSON.stringify(name).slice(1, -1));
}
