// The tables of a pack for people who work in spreadsheets; they repeat the JSON lines and add nothing.
import type { Concurrence } from '#shared/model/concurrence.ts';
import { z3EvidenceOf, type Finding } from '#shared/model/finding.ts';
import type { Decision } from '#shared/model/review.ts';
import { canonicalJson } from './entry-hash.ts';
import { csvHead, csvRow, type CsvCell } from './csv.ts';
import { findingsPart, itemRows, type DecisionLine, type ItemRow } from './pack-contents.ts';
import { isDecided } from './pack-counts.ts';
import type { Rows } from './payload-part.ts';

type Column<Row> = readonly [title: string, cell: (row: Row) => CsvCell];

/** A table that repeats rows of the pack for people. */
export type PackTable<Row> = Rows<Row> & {
  readonly name: string;
  /** The first line; it may depend on whether any decision in the pack needed a second person. */
  head(isSeconded: boolean): string;
  line(row: Row, isSeconded: boolean): string;
};

function tableOf<Row>(
  name: string,
  of: Rows<Row>,
  columns: readonly Column<Row>[],
  moreIfSeconded: readonly Column<Row>[] = [],
): PackTable<Row> {
  const all = [...columns, ...moreIfSeconded];
  const chosen = (isSeconded: boolean) => (isSeconded ? all : columns);
  return {
    rows: of.rows,
    name,
    head: (isSeconded) => csvHead(chosen(isSeconded).map(([title]) => title)),
    line: (row, isSeconded) => csvRow(chosen(isSeconded).map(([, cell]) => cell(row))),
  };
}

const populationTable = tableOf<ItemRow>('data/population.csv', itemRows, [
  ['review', ({ item }) => item.id],
  ['origin', ({ item }) => item.origin],
  ['tenant', ({ item }) => item.tenant],
  ['audit_log_id', ({ item }) => item.auditLogId],
  ['action', ({ item }) => item.action],
  ['actor', ({ item }) => item.actor],
  ['actor_name', ({ item }) => item.actorName],
  ['severity', ({ item }) => item.severity],
  ['created_at', ({ item }) => item.createdAt],
  ['due_at', ({ item }) => item.dueAt],
  ['overdue', ({ item }) => item.overdue],
  ['status', ({ item }) => item.status],
  ['decision', ({ item }) => item.decision],
  ['sync', ({ item }) => item.sync],
  ['conflict', ({ item }) => item.conflict],
  ['server_reviewer', ({ item }) => item.server?.reviewer ?? null],
  ['server_reviewed_at', ({ item }) => item.server?.reviewedAt ?? null],
  ['server_notes', ({ item }) => item.server?.notes ?? null],
  ['digest', ({ item }) => item.digest],
]);

const counted = (made: Decision | null): Concurrence[] =>
  made?.second?.concurrences.filter(({ counts }) => counts) ?? [];
const joined = (values: readonly string[]): CsvCell => (values.length === 0 ? null : values.join('; '));

const madeIn = (line: DecisionLine): Decision | null => (isDecided(line) ? line : null);

const secondColumns: readonly Column<ItemRow>[] = [
  ['second_state', ({ line }) => madeIn(line)?.second?.state ?? null],
  ['second_rules', ({ line }) => joined(madeIn(line)?.second?.rules ?? [])],
  ['second_reviewer', ({ line }) => joined(counted(madeIn(line)).map(({ reviewer }) => reviewer))],
  [
    'second_reviewer_name',
    ({ line }) => joined(counted(madeIn(line)).map(({ reviewerName }) => reviewerName)),
  ],
  ['second_agrees', ({ line }) => joined(counted(madeIn(line)).map(({ agree }) => (agree ? 'yes' : 'no')))],
  ['second_reason', ({ line }) => joined(counted(madeIn(line)).map(({ reason }) => reason))],
  ['second_at', ({ line }) => joined(counted(madeIn(line)).map(({ at }) => at))],
];

const decisionTable = tableOf<ItemRow>(
  'data/decisions.csv',
  itemRows,
  [
    ['review', ({ line }) => line.review],
    ['action', ({ item }) => item.action],
    ['actor', ({ item }) => item.actor],
    ['decision', ({ line }) => line.decision],
    ['reason', ({ line }) => madeIn(line)?.reason ?? null],
    ['reviewer', ({ line }) => madeIn(line)?.reviewer ?? null],
    ['reviewer_name', ({ line }) => madeIn(line)?.reviewerName ?? null],
    ['decided_at', ({ line }) => madeIn(line)?.decidedAt ?? null],
    ['supersedes', ({ line }) => madeIn(line)?.supersedes ?? null],
    ['batch', ({ line }) => madeIn(line)?.batch ?? null],
    ['sync', ({ line }) => madeIn(line)?.sync ?? null],
    ['sync_detail', ({ line }) => madeIn(line)?.syncDetail ?? null],
    ['decision_id', ({ line }) => madeIn(line)?.id ?? null],
    ['ledger_hash', ({ line }) => madeIn(line)?.hash ?? null],
  ],
  // Only where a rule asked for a second person, so that packs older than such rules keep their columns.
  secondColumns,
);

const findingTable = tableOf<Finding>('data/findings.csv', findingsPart, [
  ['finding', (one) => one.id],
  ['version', (one) => one.version],
  ['detector', (one) => one.detector],
  ['method_version', (one) => one.methodVersion],
  ['source_account', (one) => one.sourceAccount],
  ['actor', (one) => one.actor],
  ['actor_name', (one) => one.actorName],
  ['entity_kind', (one) => one.entity.kind],
  ['entity', (one) => one.entity.value],
  ['action', (one) => one.action],
  ['start', (one) => one.start],
  ['end', (one) => one.end],
  ['count', (one) => one.count],
  ['score', (one) => one.score],
  ['threshold', (one) => one.threshold],
  ['mean', (one) => z3EvidenceOf(one)?.mean ?? null],
  ['deviation', (one) => z3EvidenceOf(one)?.sd ?? null],
  ['deviation_used', (one) => z3EvidenceOf(one)?.deviationUsed ?? null],
  ['baseline_hours', (one) => z3EvidenceOf(one)?.n ?? null],
  ['evidence', (one) => canonicalJson(one.evidence)],
  ['severity', (one) => one.severity],
  ['explanation', (one) => one.explanation],
  ['disposition', (one) => one.disposition],
  ['disposition_note', (one) => one.dispositionNote],
  ['disposed_by', (one) => one.disposedBy],
  ['disposed_at', (one) => one.disposedAt],
  ['suppressed_by', (one) => one.suppressedBy],
  ['blind_check', (one) => one.blindCheck],
]);

/** Whether a decision needed a second person. */
export const isSecondedRow = ({ line }: ItemRow): boolean => madeIn(line)?.second !== undefined;

/** All CSV files of a pack. */
export const itemTables: readonly PackTable<ItemRow>[] = [populationTable, decisionTable];
export const findingTables: readonly PackTable<Finding>[] = [findingTable];
export const tableNames: readonly string[] = [...itemTables, ...findingTables].map(({ name }) => name);
