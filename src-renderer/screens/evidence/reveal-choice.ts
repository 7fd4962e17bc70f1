// Rows of a redacted pack that are to be revealed, and how a row reads while it is hidden.
import type { RedactedRowPlace } from '#shared/model/redaction.ts';
import { text } from '../../texts/text.ts';

/** By {@link placeKey}. */
export type ChosenRows = ReadonlyMap<string, RedactedRowPlace>;

export const placeKey = ({ file, line }: RedactedRowPlace): string => `${line} ${file}`;

const token = /sha256:([0-9a-f]{4})[0-9a-f]{60}/g;

/** Tokens by their first digits, so that the rest of the row can be read, and equal ones be seen to be equal. */
export const shortTokens = (row: string): string => row.replaceAll(token, '‹$1…›');

/** `redacted-ledger.jsonl, line 4` */
export const placeWords = ({ file, line }: RedactedRowPlace): string =>
  text('evidence:reveal.place', { file: file.split('/').at(-1) ?? file, line });
