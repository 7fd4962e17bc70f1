// The one machine-readable line a decision leaves in the notes column, because the published table has no decision column.
import type { DecisionKind } from '#shared/model/review.ts';
import { Problem } from '#shared/model/problem.ts';

export interface DecisionNotes {
  /** Only certify, modify and revoke are ever written. */
  decision: DecisionKind;
  /** ULID of the decision. */
  decisionId: string;
  /** Hash of the ledger entry, hex; the first 12 digits are written. */
  entryHash: string;
  /** When the person decided, by the local clock, ISO 8601 UTC. */
  decidedAt: string;
  /** Server clock minus local clock in whole seconds; null when it was never measured. */
  offsetSeconds: number | null;
  reason: string | null;
}

type FinalDecision = 'certify' | 'modify' | 'revoke';

export interface ParsedNotes extends DecisionNotes {
  decision: FinalDecision;
  /** What the row held before, verbatim; absent where it held nothing. Never read as ours, whatever it says. */
  earlier?: string;
}

/** The line between ours and what the row held before. Ours has no line breaks, so the first one of all ends it. */
const earlierHeading = '\n[earlier notes]\n';

const words: Readonly<Record<FinalDecision, string>> = {
  certify: 'approve',
  modify: 'flag',
  revoke: 'revoke',
};
const decisions: Readonly<Record<string, FinalDecision>> = {
  approve: 'certify',
  flag: 'modify',
  revoke: 'revoke',
};

const marker =
  /^\[rv1 d=(approve|flag|revoke) id=([0-7][0-9A-HJKMNP-TV-Z]{25}) h=([0-9a-f]{12}) at=(\S+) o=(-?\d{1,9}|unknown)\](?: (.+))?$/su;
const escapeSequence = /\\[\\\]nr0]/gu;
const unescaped = /[\\\]\n\r]/u;

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  ']': '\\]',
  '\n': '\\n',
  '\r': '\\r',
  '\0': '\\0',
};
const unescapes = Object.fromEntries(Object.entries(escapes).map(([plain, escaped]) => [escaped, plain]));

/**
 * Writes `[rv1 d=approve|flag|revoke id=<ULID> h=<12 hex> at=<ISO> o=<offset s>] reason`.
 * @throws TypeError when a part could not be read back, an abstention for one.
 */
export function formatNotes(notes: DecisionNotes): string {
  const { decision, decisionId, entryHash, decidedAt, offsetSeconds } = notes;
  const word = decision === 'abstain' || decision === 'escalate' ? decision : words[decision];
  const offset = offsetSeconds === null ? 'unknown' : String(offsetSeconds + 0);
  const line = `[rv1 d=${word} id=${decisionId} h=${entryHash.slice(0, 12)} at=${decidedAt} o=${offset}]`;
  // Whatever the reason says, escaped it can be read back.
  if (parseNotes(line) === null) throw new TypeError('These parts do not form decision notes.');
  const reason = escapeReason(notes.reason ?? '');
  return reason === '' ? line : `${line} ${reason}`;
}

/** Puts our line above what the row holds already, which stays to the letter. */
export function aboveEarlierNotes(line: string, earlier: string | null | undefined): string {
  return earlier === null || earlier === undefined || earlier === ''
    ? line
    : `${line}${earlierHeading}${earlier}`;
}

/** Our line, and from its heading on what stood in the row before. */
function partsOf(text: string): [line: string, rest: string] {
  const end = text.indexOf('\n');
  return end < 0 ? [text, ''] : [text.slice(0, end), text.slice(end)];
}

/**
 * Reads a line written by {@link formatNotes}, with earlier notes below it where there were some; anything else, forged or
 * damaged, is null.
 */
export function parseNotes(text: string | null): ParsedNotes | null {
  const [line, rest] = partsOf(text ?? '');
  if (rest !== '' && (!rest.startsWith(earlierHeading) || rest.length === earlierHeading.length)) return null;
  const match = marker.exec(line);
  if (!match) return null;
  const [, word = '', decisionId = '', entryHash = '', decidedAt = '', offset = '', reason] = match;
  const decision = decisions[word];
  if (!decision || !isRealInstant(decidedAt)) return null;
  // One way to write a number: no padding, no minus zero.
  if (offset !== 'unknown' && String(Number(offset)) !== offset) return null;
  // In two steps: one pattern with alternatives runs out of stack on a text of many megabytes.
  if (reason !== undefined && unescaped.test(reason.replace(escapeSequence, ''))) return null;
  return {
    decision,
    decisionId,
    entryHash,
    decidedAt,
    offsetSeconds: offset === 'unknown' ? null : Number(offset),
    reason: reason?.replace(/\\./gsu, (escaped) => unescapes[escaped] ?? escaped) ?? null,
    ...(rest !== '' && { earlier: rest.slice(earlierHeading.length) }),
  };
}

/** Whether a column takes the machine line, and all of the earlier notes below it; only our reason can be shortened. */
export function haveRoom(text: string, maximumLength: number | null): boolean {
  if (maximumLength === null || text.length <= maximumLength) return true;
  const [line, rest] = partsOf(text);
  return line.indexOf(']') + 1 + Array.from(rest).length <= maximumLength;
}

/**
 * Shortens the reason so that the notes fit a column; the ledger entry, named by its hash, keeps it whole. Earlier notes are
 * never shortened.
 * @param maximumLength In characters as Postgres counts them; null means unbounded.
 * @throws Problem `refused` when not even the machine line fits with the earlier notes.
 */
export function capNotes(text: string, maximumLength: number | null): string {
  // A character takes one or two units, so what is short enough in units needs no counting.
  if (maximumLength === null || text.length <= maximumLength) return text;
  const [line, rest] = partsOf(text);
  return `${capLine(line, maximumLength - (rest === '' ? 0 : Array.from(rest).length))}${rest}`;
}

function capLine(text: string, maximumLength: number): string {
  const characters = Array.from(text);
  if (characters.length <= maximumLength) return text;
  const lineLength = characters.indexOf(']') + 1;
  if (lineLength > maximumLength)
    throw new Problem(
      'refused',
      'The notes column of the review table is too short for a decision. Nothing was sent.',
      {
        next: 'Ask the DBA to widen the column notes to at least 150 characters.',
      },
    );
  // Room for the ellipsis; with the space before it, less than one character of reason is not worth writing.
  const keptLength = maximumLength - 1;
  if (keptLength < lineLength + 2) return characters.slice(0, lineLength).join('');
  return `${withoutHalfEscape(characters.slice(0, keptLength).join(''))}…`;
}

function withoutHalfEscape(text: string): string {
  const backslashes = /\\*$/u.exec(text)?.[0].length ?? 0;
  return backslashes % 2 === 1 ? text.slice(0, -1) : text;
}

function escapeReason(reason: string): string {
  // A lone surrogate has no UTF-8 form, so it could not be read back.
  return reason.toWellFormed().replace(/[\\\]\n\r\0]/gu, (character) => escapes[character] ?? character);
}

/** Every month has these days. */
const plainInstant =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}(?:\d{3})?Z$/;

function isRealInstant(text: string): boolean {
  if (plainInstant.test(text)) return true;
  const upToMilliseconds = `${text.slice(0, 23)}Z`;
  const milliseconds = Date.parse(upToMilliseconds);
  if (!Number.isFinite(milliseconds) || new Date(milliseconds).toISOString() !== upToMilliseconds)
    return false;
  return /^(?:\d{3})?Z$/.test(text.slice(23));
}
