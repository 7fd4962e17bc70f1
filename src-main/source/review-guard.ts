// Whether the database itself keeps a decision from being overwritten or made by the actor, as its policies read.
import type { SourceClient } from './client.ts';
import { conjunctsOf } from './conjuncts.ts';
import { decisionColumns, type ReviewTable } from './review-table.ts';
import { ask } from './query.ts';
import { writableViews } from './writable-views.ts';

export interface ReviewGuard {
  /** A decided row cannot be decided again with this login. */
  decidedOnce: boolean;
  /** The actor cannot be the reviewer. */
  selfReviewRefused: boolean;
  /** Policies for changing rows that apply to this login. */
  policies: string[];
  /** Rights on the review table beyond what a reviewer needs, as words: `DELETE`, `UPDATE of action`, writing through a view. */
  excess: string[];
  /** Whether rows that are missing may be added. */
  canCreate: boolean;
}

/** A policy for UPDATE that applies to this login; conditions as the server writes them. */
export interface ChangePolicy {
  name: string;
  isPermissive: boolean;
  condition: string | null;
  check: string | null;
}

const rightsText = `
  SELECT row_security_active($1::oid) AS "isActive",
         ARRAY(SELECT p FROM unnest(ARRAY['DELETE', 'TRUNCATE']) AS p WHERE has_table_privilege($1::oid, p)) AS excess,
         ARRAY(SELECT a.attname::text FROM pg_attribute a
                WHERE a.attrelid = $1::oid AND a.attnum > 0 AND NOT a.attisdropped
                  AND has_column_privilege(a.attrelid, a.attnum, 'INSERT')) AS insertable,
         ARRAY(SELECT name FROM (${writableViews('$1::oid', 'current_user')}) AS v ORDER BY name) AS views`;

const policiesText = `
  SELECT p.polname::text AS name, p.polpermissive AS "isPermissive",
         pg_get_expr(p.polqual, p.polrelid) AS condition,
         pg_get_expr(coalesce(p.polwithcheck, p.polqual), p.polrelid) AS "check"
    FROM pg_policy p
   WHERE p.polrelid = $1::oid AND p.polcmd IN ('w', '*')
     AND EXISTS (SELECT FROM unnest(p.polroles) AS r(oid) WHERE r.oid = 0 OR pg_has_role(r.oid, 'USAGE'))
   ORDER BY p.polname`;

type Rights = {
  isActive: boolean;
  excess: string[];
  insertable: string[];
  /** Through which rows can be changed with the rights of whoever owns the view. */
  views: string[];
};

export const newRowColumns = ['id', 'tenant_id', 'audit_log_id', 'action', 'actor_id', 'due_at'] as const;

export async function readReviewGuard(client: SourceClient, { table }: ReviewTable): Promise<ReviewGuard> {
  const [rights] = await ask<Rights>(client, {
    text: rightsText,
    values: [table.oid],
  });
  const policies = await ask<ChangePolicy & Record<string, unknown>>(client, {
    text: policiesText,
    values: [table.oid],
  });
  const isActive = rights?.isActive === true;
  const published: readonly string[] = decisionColumns;
  const others = [...table.columns.values()]
    .filter(({ name, canUpdate }) => canUpdate && !published.includes(name))
    .map(({ name }) => name);
  return {
    ...guardOf(isActive ? policies : []),
    policies: isActive ? policies.map(({ name }) => name) : [],
    excess: [
      ...(rights?.excess ?? []),
      ...(others.length === 0 ? [] : [`UPDATE of ${others.join(', ')}`]),
      ...(rights?.views ?? []).map((view) => `writing through the view ${view}, which no policy binds,`),
    ],
    canCreate: newRowColumns.every((name) => rights?.insertable.includes(name)),
  };
}

/** What policies promise that are in force: the condition of one that is restrictive counts, or that of all others together. */
export function guardOf(
  policies: readonly ChangePolicy[],
): Pick<ReviewGuard, 'decidedOnce' | 'selfReviewRefused'> {
  const permissive = policies.filter(({ isPermissive }) => isPermissive);
  const isSaid = (says: (policy: ChangePolicy) => boolean) =>
    policies.some((policy) => !policy.isPermissive && says(policy)) ||
    (permissive.length > 0 && permissive.every(says));
  return {
    decidedOnce: isSaid(({ condition }) => demands(condition, undecided)),
    selfReviewRefused: isSaid(({ check }) => demands(check, differentPeople)),
  };
}

const undecided = /^reviewed_at IS NULL$/;
const differentPeople =
  /^(reviewer_id (IS DISTINCT FROM|<>) actor_id|actor_id (IS DISTINCT FROM|<>) reviewer_id)$/;

/** Casts, brackets and letter case change nothing about who is meant. */
const plain = (condition: string): string =>
  condition.replaceAll(/::(text|"?[a-z ]+"?)/g, '').replaceAll(/\b(lower|btrim)(?=\()|[()]/g, '');

function demands(condition: string | null, part: RegExp): boolean {
  return condition !== null && conjunctsOf(condition).some((one) => part.test(plain(one)));
}
