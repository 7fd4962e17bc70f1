// The rows of a redacted pack in which tokens stand, as texts.
import type { PackArchive } from '../pack-archive.ts';
import { readBytes, readRedactedLedger, redactedLedgerFile, viewsFolder } from './redacted-contents.ts';
import { tokenForm } from './tokens.ts';

export type RedactedText = {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly text: string;
};

/** The different tokens of a text, in the order they come. */
export const tokensIn = (text: string): string[] => [...new Set(text.match(tokenForm))];

const hasTokens = ({ text }: RedactedText): boolean => text.match(tokenForm) !== null;

/**
 * Withheld entries of the ledger, then rows of the views by the names of their files.
 * @throws Problem `file-unreadable`
 */
export async function readRedactedTexts(files: PackArchive): Promise<RedactedText[]> {
  const texts: RedactedText[] = (await readRedactedLedger(files)).flatMap((row, index) =>
    'view' in row ? [{ file: redactedLedgerFile, line: index + 1, text: JSON.stringify(row.view) }] : [],
  );
  for (const file of [...files.keys()].filter((name) => name.startsWith(viewsFolder)).toSorted()) {
    const content = (await readBytes(files, file)).toString('utf8');
    for (const [index, text] of content.split('\n').entries()) texts.push({ file, line: index + 1, text });
  }
  return texts.filter(hasTokens);
}
