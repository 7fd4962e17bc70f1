// data/configuration.jsonl: what was changed, in the time the pack speaks about, in how the review is done.
import { z } from 'zod';
import { ledgerEntryType, type LedgerEntryType } from '#shared/model/evidence.ts';
import { instant } from '#shared/time/instant.ts';
import { changeTypes as lookedThroughTypes } from '../../review/work-papers/change-types.ts';
import type { LedgerLine } from '../pack-input.ts';
import { definePart, type PayloadPart } from '../payload-part.ts';
import { inPieces, notYet, type NotYet } from '../row-pauses.ts';
import { isWithin, type ReviewWindow } from './review-window.ts';

/** Entries that change what is looked for, who may decide and sees whom, with which key, or where from and where to data goes. */
export const changeTypes: ReadonlySet<LedgerEntryType> = new Set([
  ...lookedThroughTypes,
  'controls-changed',
  'mask-changed',
  'erasure',
  'erasure-lifted',
]);

/** Packs whose statement has no number of the report's form list these alone. */
const earlierChangeTypes: ReadonlySet<LedgerEntryType> = new Set([
  'connection-changed',
  'configuration-changed',
  'detection-changed',
  'exception-granted',
  'exception-ended',
  'four-eyes-changed',
  'aliases-changed',
  'publication-changed',
  'controls-changed',
]);

/** Which changes a pack lists, by the number of the report's form in its statement. */
export const changeTypesOf = (reportFormat: number | undefined): ReadonlySet<LedgerEntryType> =>
  reportFormat === undefined ? earlierChangeTypes : changeTypes;

/** A change and the ledger entry that records it. */
export const configurationLine = z.strictObject({
  seq: z.number().int().min(1),
  entry: z.string(),
  /** Of the entry, 64 hex digits. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  type: ledgerEntryType,
  /** By the clock of the workstation. */
  at: instant,
  actor: z.string(),
  subject: z.string().nullable(),
  change: z.record(z.string(), z.unknown()),
});
export type ConfigurationLine = z.infer<typeof configurationLine>;

/** The line of a ledger entry; null when it changes nothing about the review, or lies before. */
export function configurationLineOf(
  { entry, hash }: LedgerLine,
  window: ReviewWindow,
  types: ReadonlySet<LedgerEntryType> = changeTypes,
): ConfigurationLine | null {
  const { seq, id, type, wall_time: at, actor, subject, payload: change } = entry;
  if (!types.has(type) || !isWithin(window, at)) return null;
  return { seq, entry: id, hash, type, at, actor, subject, change };
}

function* linesOf(ledger: Iterable<LedgerLine>, window: ReviewWindow): Generator<ConfigurationLine | NotYet> {
  for (const line of inPieces(ledger)) {
    if (line === notYet) {
      yield notYet;
      continue;
    }
    const found = configurationLineOf(line, window);
    if (found !== null) yield found;
  }
}

export const configurationPart: PayloadPart<ConfigurationLine> = definePart({
  name: 'data/configuration.jsonl',
  line: configurationLine,
  isOptional: true,
  from: ({ ledger, period }) => linesOf(ledger(), period),
});
