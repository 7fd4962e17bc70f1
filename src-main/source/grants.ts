// SQL for the DBA: the least rights a review needs, the guard of every decision, the way back, and a check. Printed, never run.
import { Problem } from '#shared/model/problem.ts';
import { quoteTable } from './identifier.ts';
import { applySql } from './grants-apply.ts';
import { rollbackSql } from './grants-rollback.ts';
import { verifySql } from './grants-verify.ts';
import {
  anomaliesOf,
  reviewsOf,
  rolesOf,
  tablesOf,
  type GrantPlan,
  type TableName,
} from './guarded-tables.ts';
import { reviewTableName } from './review-table.ts';

export interface GrantRequest {
  /** Reads, and decides. */
  reviewerRole: string;
  /** Only reads. */
  readerRole?: string | undefined;
  /** The audit events. */
  events: TableName;
  /** Where the review table is; the schema of the events when it is not named. */
  reviewSchema?: string | undefined;
  /** Whether reviewers may add the review rows that are missing, and publish findings. */
  withInsert?: boolean | undefined;
  /** Whether to do the same for the anomalies of the audited system. */
  withAnomalies?: boolean | undefined;
}

export interface GrantScripts {
  /** Grants and guards, in one transaction. */
  apply: string;
  /** One row a promise: `promise`, `ok`, `found`. */
  verify: string;
  /** Back to the rights there were before, in one transaction. */
  rollback: string;
}

const anomalyTableName = 'np_audit_anomalies';

/** @throws Problem `invalid-input` when a name cannot be one of a role, schema or table. */
export function writeGrants(request: GrantRequest): GrantScripts {
  const plan = planOf(request);
  return { apply: applySql(plan), verify: verifySql(plan), rollback: rollbackSql(plan) };
}

/** All three as one file; run as a whole it applies and verifies, because the rollback stands in comments. */
export function printGrants(request: GrantRequest): string {
  const { apply, verify, rollback } = writeGrants(request);
  const plan = planOf(request);
  return `-- Rights for ${rolesOf(plan).join(' and ')} on ${tablesOf(plan).map(quoteTable).join(', ')}.
-- Run it as a superuser or as the owner of the tables, in the audit database. Countersign never runs it.

${apply}

-- Does every promise hold? One row each.

${verify}

-- Rollback: remove the two dashes in front of each line and run what follows.

${rollback.replaceAll(/^/gm, '-- ').replaceAll(/ +$/gm, '')}
`;
}

function planOf(request: GrantRequest): GrantPlan {
  const { reviewerRole, readerRole = null, events } = request;
  assertRole(reviewerRole, 'reviewer');
  if (readerRole !== null) assertRole(readerRole, 'reader');
  if (reviewerRole === readerRole)
    throw invalid(
      'The reader and the reviewer are the same role.',
      'Name another role for the reader, or leave it out: a reviewer may read as well.',
    );
  const schema = request.reviewSchema ?? events.schema;
  for (const name of [events.schema, events.name, schema]) assertName(name);
  const reviews = reviewsOf({ schema, name: reviewTableName });
  const anomalies = anomaliesOf({ schema, name: anomalyTableName });
  return {
    reviewerRole,
    readerRole,
    events,
    guarded: request.withAnomalies === true ? [reviews, anomalies] : [reviews],
    mayInsert: request.withInsert === true,
  };
}

/** PostgreSQL cuts longer names off without a word. */
const longestNameBytes = 63;
const roleName = /^[\p{L}_][\p{L}\p{N}_.@-]*$/u;
/** Words that stand for somebody else wherever a role is expected, and roles of the system. */
const reserved = /^(public|none|current_user|current_role|session_user|user|postgres|pg_.*)$/i;

function assertRole(name: string, what: string): void {
  if (roleName.test(name) && Buffer.byteLength(name) <= longestNameBytes && !reserved.test(name)) return;
  throw invalid(
    `The ${what} role does not look like the name of a role. Nothing was printed.`,
    'A role is named by letters, digits, _ . @ and -, at most 63 bytes; PUBLIC and the roles of the system cannot be used.',
  );
}

function assertName(name: string): void {
  if (name !== '' && !/\p{Cc}/u.test(name) && Buffer.byteLength(name) <= longestNameBytes) return;
  throw invalid(
    'A schema or table does not look like a name. Nothing was printed.',
    'Give schema and table as they stand in the database, without quotes, at most 63 bytes each.',
  );
}

const invalid = (message: string, next: string): Problem => new Problem('invalid-input', message, { next });
