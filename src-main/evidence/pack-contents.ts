// The data of a pack: what each file holds, written and read by the same definitions.
import { z } from 'zod';
import { ledgerEntry } from '#shared/model/evidence.ts';
import { finding, type Finding } from '#shared/model/finding.ts';
import { Problem } from '#shared/model/problem.ts';
import { review, reviewStatus, type Review } from '#shared/model/review.ts';
import { hashCanonical } from './entry-hash.ts';
import { conflict, detector, ipe, packedDecision, type LedgerLine, type PackInput } from './pack-input.ts';
import type { PackFiles } from './pack-files.ts';
import { definePart, definePartOf, type PayloadPart, type Rows } from './payload-part.ts';

/** One line of decisions.jsonl an item of the population: the decision in force, or that there is none. */
const undecided = z.strictObject({ review: z.string(), decision: z.null(), status: reviewStatus });
export const decisionLine = z.union([undecided, packedDecision]);
export type DecisionLine = z.infer<typeof decisionLine>;

/** All data of a small pack at once. */
export type PackContents = Pick<
  PackInput,
  'ipe' | 'population' | 'ledger' | 'findings' | 'detectors' | 'conflicts'
> & {
  readonly decisions: readonly DecisionLine[];
};

/** A line of population.jsonl and the line beside it in decisions.jsonl. */
export type ItemRow = { readonly item: Review; readonly line: DecisionLine };

export const itemRows: Rows<ItemRow> = { rows: 'population and decisions' };

export const populationPart: PayloadPart<Review> = definePart({
  name: 'data/population.jsonl',
  line: review.strict(),
  from: () => null,
});
export const decisionsPart: PayloadPart<DecisionLine> = definePart({
  name: 'data/decisions.jsonl',
  line: decisionLine,
  from: () => null,
});
export const ipePart: PayloadPart<PackInput['ipe']> = definePart({
  name: 'data/ipe.json',
  line: ipe,
  isSingle: true,
  from: (source) => [source.ipe],
});
export const detectorsPart: PayloadPart<PackInput['detectors']> = definePart({
  name: 'data/detectors.json',
  line: z.array(detector),
  isSingle: true,
  from: (source) => [source.detectors],
});
export const ledgerPart: PayloadPart<LedgerLine> = definePartOf({
  name: 'data/ledger.jsonl',
  line: ledgerEntry,
  from: (source) => source.ledger(),
  lineOf: (row: LedgerLine) => row.entry,
  rowOf: (entry, text) => ({ entry, hash: hashCanonical(text) }),
});
export const findingsPart: PayloadPart<Finding> = definePart({
  name: 'data/findings.jsonl',
  line: finding.strict(),
  from: (source) => source.findings(),
});
export const conflictsPart: PayloadPart<PackInput['conflicts'][number]> = definePart({
  name: 'data/conflicts.jsonl',
  line: conflict,
  from: (source) => source.conflicts(),
});

/**
 * The bytes of a file of the pack.
 * @throws Problem `file-unreadable` when it is missing.
 */
export function fileOf(files: PackFiles, name: string): Uint8Array {
  const bytes = files.get(name);
  if (bytes === undefined) throw new Problem('file-unreadable', `${name} is missing.`);
  return bytes;
}
