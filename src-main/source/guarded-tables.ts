// What a reviewer's login may fill in, table by table, and the conditions under which the database lets it.
import { escapeLiteral } from 'pg';
import { anomalyColumns, dispositionColumns } from './anomaly-table.ts';
import { quoteIdentifier, quoteTable } from './identifier.ts';

export interface TableName {
  schema: string;
  name: string;
}

/** A table of the audit schema in which people decide, and the guard of its rows. */
export interface GuardedTable {
  table: TableName;
  /** Columns a decision fills. */
  decisionColumns: readonly string[];
  /** Columns a new row is made of. */
  newRowColumns: readonly string[];
  /** Which rows may be decided. */
  undecided: string;
  /** What a decided row has to be, and that in words. */
  decided: string;
  decidedInWords: string;
  /** What a new row has to be. */
  fresh: string;
}

/** Names of the policies this program proposes; no others are ever touched. */
export const guardPolicies = {
  /** Where row security was off: lets everybody do what their rights let them do before. */
  asBefore: 'countersign_as_before',
  /** Where it was on without a policy under which the reviewer could decide. */
  decide: 'countersign_decide',
  create: 'countersign_create',
  guardDecisions: 'countersign_guard_decisions',
  guardNewRows: 'countersign_guard_new_rows',
} as const;

/** Within this of the server's clock a decision is one made now. */
const slack = "interval '1 minute'";

function decidedBy(reviewer: string, actor: string): string[] {
  return [
    'reviewed_at IS NOT NULL',
    `${reviewer} IS NOT NULL`,
    `btrim(${reviewer}::text) <> ''`,
    `lower(${reviewer}::text) IS DISTINCT FROM lower(${actor}::text)`,
  ];
}

export function reviewsOf(table: TableName): GuardedTable {
  return {
    table,
    decisionColumns: ['reviewer_id', 'reviewed_at', 'notes'],
    newRowColumns: ['id', 'tenant_id', 'audit_log_id', 'action', 'actor_id', 'due_at'],
    undecided: 'reviewed_at IS NULL',
    decided: [
      ...decidedBy('reviewer_id', 'actor_id'),
      `reviewed_at >= now() - ${slack}`,
      `reviewed_at <= clock_timestamp() + ${slack}`,
    ].join(' AND '),
    decidedInWords: 'cannot decide on own actions, nor date a decision back,',
    fresh: 'reviewed_at IS NULL AND reviewer_id IS NULL AND notes IS NULL',
  };
}

export function anomaliesOf(table: TableName): GuardedTable {
  return {
    table,
    decisionColumns: dispositionColumns,
    newRowColumns: anomalyColumns.filter((name) => !dispositionColumns.includes(name)),
    undecided: 'reviewed_at IS NULL',
    // The time is not held to that of the server: it is what a disposition is recognised by when it is sent again.
    decided: [...decidedBy('reviewed_by', 'user_id'), 'disposition IS NOT NULL'].join(' AND '),
    decidedInWords: 'cannot dispose of what is about themselves',
    fresh: 'reviewed_at IS NULL AND reviewed_by IS NULL AND disposition IS NULL',
  };
}

/** What is granted to whom on what. */
export interface GrantPlan {
  reviewerRole: string;
  /** Reads and changes nothing; null when only reviewers connect. */
  readerRole: string | null;
  events: TableName;
  guarded: readonly GuardedTable[];
  /** Whether reviewers may add rows that are missing. */
  mayInsert: boolean;
}

export const rolesOf = ({ reviewerRole, readerRole }: GrantPlan): string[] =>
  readerRole === null ? [reviewerRole] : [reviewerRole, readerRole];

export const tablesOf = ({ events, guarded }: GrantPlan): TableName[] => [
  events,
  ...guarded.map(({ table }) => table),
];

export const schemasOf = (plan: GrantPlan): string[] => [
  ...new Set(tablesOf(plan).map(({ schema }) => schema)),
];

/** Where the rights before are kept until the rollback: beside the first guarded table. */
export function recordTableOf({ events, guarded }: GrantPlan): string {
  const { schema } = guarded[0]?.table ?? events;
  return quoteTable({ schema, name: 'countersign_rights_before' });
}

/** A value as SQL, without the space the driver puts before one that needs escapes. */
export const quoteLiteral = (text: string): string => escapeLiteral(text).trim();

export const quoteList = (names: readonly string[]): string => names.map(quoteIdentifier).join(', ');

/** `ARRAY['a', 'b']::text[]` */
export const textArray = (values: readonly string[]): string =>
  `ARRAY[${values.map(quoteLiteral).join(', ')}]::text[]`;

/** `'"schema"."table"'` for functions that look a table up by its name. */
export const tableLiteral = (table: TableName): string => quoteLiteral(quoteTable(table));

/** A block of procedural SQL, in dollar quotes that nothing inside it ends. */
export function block(body: string): string {
  let tag = '$countersign$';
  for (let attempt = 1; body.includes(tag); attempt += 1) tag = `$countersign${attempt}$`;
  return `DO ${tag}\n${body}\n${tag};`;
}
