// The tables of a pack for people who work in spreadsheets; they repeat the JSON lines and add nothing.
import type { Concurrence } from '#shared/model/concurrence.ts';
import { z3EvidenceOf } from '#shared/model/finding.ts';
import type { Decision } from '#shared/model/review.ts';
import { canonicalJson } from './entry-hash.ts';
import { formatCsv, type CsvCell } from './csv.ts';
import type { PackContents } from './pack-contents.ts';
import { isDecided } from './pack-counts.ts';

type Column<Row> = readonly [title: string, cell: (row: Row) => CsvCell];

function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): Buffer {
  return formatCsv(
    columns.map(([title]) => title),
    rows.map((row) => columns.map(([, cell]) => cell(row))),
  );
}

function populationTable({ population }: PackContents): Buffer {
  return table(population, [
    ['review', (item) => item.id],
    ['origin', (item) => item.origin],
    ['tenant', (item) => item.tenant],
    ['audit_log_id', (item) => item.auditLogId],
    ['action', (item) => item.action],
    ['actor', (item) => item.actor],
    ['actor_name', (item) => item.actorName],
    ['severity', (item) => item.severity],
    ['created_at', (item) => item.createdAt],
    ['due_at', (item) => item.dueAt],
    ['overdue', (item) => item.overdue],
    ['status', (item) => item.status],
    ['decision', (item) => item.decision],
    ['sync', (item) => item.sync],
    ['conflict', (item) => item.conflict],
    ['server_reviewer', (item) => item.server?.reviewer ?? null],
    ['server_reviewed_at', (item) => item.server?.reviewedAt ?? null],
    ['server_notes', (item) => item.server?.notes ?? null],
    ['digest', (item) => item.digest],
  ]);
}

const counted = (made: Decision | null): Concurrence[] =>
  made?.second?.concurrences.filter(({ counts }) => counts) ?? [];
const joined = (values: readonly string[]): CsvCell => (values.length === 0 ? null : values.join('; '));

const secondColumns: readonly Column<{ readonly made: Decision | null }>[] = [
  ['second_state', ({ made }) => made?.second?.state ?? null],
  ['second_rules', ({ made }) => joined(made?.second?.rules ?? [])],
  ['second_reviewer', ({ made }) => joined(counted(made).map(({ reviewer }) => reviewer))],
  ['second_reviewer_name', ({ made }) => joined(counted(made).map(({ reviewerName }) => reviewerName))],
  ['second_agrees', ({ made }) => joined(counted(made).map(({ agree }) => (agree ? 'yes' : 'no')))],
  ['second_reason', ({ made }) => joined(counted(made).map(({ reason }) => reason))],
  ['second_at', ({ made }) => joined(counted(made).map(({ at }) => at))],
];

function decisionTable({ decisions, population }: PackContents): Buffer {
  const items = new Map(population.map((item) => [item.id, item]));
  const rows = decisions.map((line) => ({
    line,
    item: items.get(line.review),
    made: isDecided(line) ? line : null,
  }));
  const isSeconded = rows.some(({ made }) => made?.second !== undefined);
  return table(rows, [
    ['review', ({ line }) => line.review],
    ['action', ({ item }) => item?.action ?? null],
    ['actor', ({ item }) => item?.actor ?? null],
    ['decision', ({ line }) => line.decision],
    ['reason', ({ made }) => made?.reason ?? null],
    ['reviewer', ({ made }) => made?.reviewer ?? null],
    ['reviewer_name', ({ made }) => made?.reviewerName ?? null],
    ['decided_at', ({ made }) => made?.decidedAt ?? null],
    ['supersedes', ({ made }) => made?.supersedes ?? null],
    ['batch', ({ made }) => made?.batch ?? null],
    ['sync', ({ made }) => made?.sync ?? null],
    ['sync_detail', ({ made }) => made?.syncDetail ?? null],
    ['decision_id', ({ made }) => made?.id ?? null],
    ['ledger_hash', ({ made }) => made?.hash ?? null],
    // Only where a rule asked for a second person, so that packs older than such rules keep their columns.
    ...(isSeconded ? secondColumns : []),
  ]);
}

function findingTable({ findings }: PackContents): Buffer {
  return table(findings, [
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
}

/** The CSV files of a pack by name. */
export function formatTables(contents: PackContents): Map<string, Buffer> {
  return new Map([
    ['data/population.csv', populationTable(contents)],
    ['data/decisions.csv', decisionTable(contents)],
    ['data/findings.csv', findingTable(contents)],
  ]);
}
