// The data of a pack: what each payload file holds, written and read by the same definitions.
import { z } from 'zod';
import { ledgerEntry, type LedgerEntry } from '#shared/model/evidence.ts';
import { finding } from '#shared/model/finding.ts';
import { Problem } from '#shared/model/problem.ts';
import { decision, review, reviewStatus } from '#shared/model/review.ts';
import { hashEntry } from './entry-hash.ts';
import { formatJsonLines, parseJsonFile, parseJsonLines } from './json-lines.ts';
import { conflict, detector, ipe, type PackInput } from './pack-input.ts';
import type { PackFiles } from './pack-files.ts';

/** One line of decisions.jsonl an item of the population: the decision in force, or that there is none. */
const undecided = z.strictObject({ review: z.string(), decision: z.null(), status: reviewStatus });
const decisionLine = z.union([undecided, decision.strict()]);
export type DecisionLine = z.infer<typeof decisionLine>;

export type PackContents = Pick<
  PackInput,
  'ipe' | 'population' | 'ledger' | 'findings' | 'detectors' | 'conflicts'
> & {
  readonly decisions: readonly DecisionLine[];
};

type Key = string | number;

/** Sorts by the given keys; strings compare by code unit, so the order is the same everywhere. */
function sortedBy<Value>(values: readonly Value[], keysOf: (value: Value) => readonly Key[]): Value[] {
  return values.toSorted((left, right) => {
    const others = keysOf(right);
    for (const [index, key] of keysOf(left).entries()) {
      const other = others[index] ?? '';
      if (key !== other) return key < other ? -1 : 1;
    }
    return 0;
  });
}

/** Orders the input and gives every item of the population its line. */
export function contentsOf(input: PackInput): PackContents {
  const decisions = new Map(input.decisions.map((one) => [one.review, one]));
  const population = sortedBy(input.population, (item) => [item.dueAt, item.id]);
  return {
    ipe: input.ipe,
    population,
    decisions: population.map(
      (item) => decisions.get(item.id) ?? { review: item.id, decision: null, status: item.status },
    ),
    ledger: input.ledger,
    findings: sortedBy(input.findings, (one) => [one.start, one.id]),
    detectors: sortedBy(input.detectors, (one) => [one.id, one.version]),
    conflicts: sortedBy(input.conflicts, (one) => [one.review, one.ours.id]),
  };
}

export function formatContents(contents: PackContents): Map<string, Buffer> {
  return new Map([
    ['data/population.jsonl', formatJsonLines(contents.population)],
    ['data/ipe.json', formatJsonLines([contents.ipe])],
    ['data/decisions.jsonl', formatJsonLines(contents.decisions)],
    ['data/ledger.jsonl', formatJsonLines(contents.ledger.map((line) => line.entry))],
    ['data/findings.jsonl', formatJsonLines(contents.findings)],
    ['data/detectors.json', formatJsonLines([contents.detectors])],
    ['data/conflicts.jsonl', formatJsonLines(contents.conflicts)],
  ]);
}

/**
 * The bytes of a file of the pack.
 * @throws Problem `file-unreadable` when it is missing.
 */
export function fileOf(files: PackFiles, name: string): Uint8Array {
  const bytes = files.get(name);
  if (bytes === undefined) throw new Problem('file-unreadable', `${name} is missing.`);
  return bytes;
}

/**
 * Reads the data files of a pack.
 * @throws Problem `file-unreadable` naming file and line.
 */
export function parseContents(files: PackFiles): PackContents {
  const lines = <Schema extends z.ZodType>(name: string, schema: Schema) =>
    parseJsonLines(fileOf(files, name), name, schema);
  const entries: LedgerEntry[] = lines('data/ledger.jsonl', ledgerEntry);
  return {
    population: lines('data/population.jsonl', review.strict()),
    ipe: parseJsonFile(fileOf(files, 'data/ipe.json'), 'data/ipe.json', ipe),
    decisions: lines('data/decisions.jsonl', decisionLine),
    ledger: entries.map((entry) => ({ entry, hash: hashEntry(entry) })),
    findings: lines('data/findings.jsonl', finding.strict()),
    detectors: parseJsonFile(fileOf(files, 'data/detectors.json'), 'data/detectors.json', z.array(detector)),
    conflicts: lines('data/conflicts.jsonl', conflict),
  };
}
