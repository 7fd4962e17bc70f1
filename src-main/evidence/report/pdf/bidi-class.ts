// The bidirectional classes of Unicode (UAX #9, table 4) for the characters a report prints.

/** Strong: L, R, AL. Weak: EN, ES, ET, AN, CS, NSM. Neutral: WS, ON. */
export type BidiClass = 'L' | 'R' | 'AL' | 'EN' | 'ES' | 'ET' | 'AN' | 'CS' | 'NSM' | 'WS' | 'ON';

// Direction marks, embeddings and isolates are shown by their code in a report, so they are no longer there to be obeyed.
const classes: readonly (readonly [BidiClass, RegExp])[] = [
  ['NSM', /[\p{Mn}\p{Me}]/u],
  ['EN', /[0-9\u00B2\u00B3\u00B9\u06F0-\u06F9\u2070\u2074-\u2079\u2080-\u2089\u2488-\u249B\uFF10-\uFF19]/u],
  ['AN', /[\u0660-\u0669\u066B\u066C]/u],
  ['ES', /[+\-\u207A\u207B\u208A\u208B\u2212\uFB29]/u],
  ['ET', /[#%\u00B0\u00B1\u066A\u2030-\u2034\u2213\p{Sc}]/u],
  ['CS', /[,./:\u00A0\u060C\u202F\u2044]/u],
  ['WS', /[ \u1680\u2000-\u200A\u205F\u3000]/u],
  ['ON', /[\u0606\u0607\u060E\u060F\u06DE\u06E9\uFD3E-\uFD4F\uFDCF\uFDFD-\uFDFF]/u],
  ['R', /[\u0590-\u05FF\uFB1D-\uFB4F]/u],
  ['AL', /[\u0600-\u07BF\u0860-\u08FF\uFB50-\uFDFF\uFE70-\uFEFF]/u],
  ['L', /[\p{L}\p{Mc}\p{Nd}\p{Nl}]/u],
];

export const bidiClassOf = (character: string): BidiClass =>
  classes.find(([, pattern]) => pattern.test(character))?.[0] ?? 'ON';

const brackets: readonly (readonly [string, string])[] = [
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
  ['⟨', '⟩'],
  ['⟦', '⟧'],
  ['⟪', '⟫'],
];
/** Paired brackets, each opening one with its closing one. */
export const closingOf: ReadonlyMap<string, string> = new Map(brackets);

const mirrored = [...brackets, ['<', '>'], ['«', '»'], ['‹', '›'], ['≤', '≥']] as const;
const mirrorImages: ReadonlyMap<string, string> = new Map(
  mirrored.flatMap(([left, right]) => [
    [left, right],
    [right, left],
  ]),
);

/** The character that looks like this one seen in a mirror: what a text from right to left shows. */
export const mirrorOf = (character: string): string => mirrorImages.get(character) ?? character;
