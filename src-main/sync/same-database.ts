// Decisions go to the database they were made for and to no other.
import { z } from 'zod';
import { Problem } from '#shared/model/problem.ts';
import type { LedgerState } from '../review/projection.ts';

const identityParts = z.tuple([z.string(), z.string()]);

/**
 * Both databases are named by what the person entered when connecting and by the end of their cluster's number, never by address.
 * @param found Identity of the database that answers.
 * @throws Problem `source-changed`
 */
export function assertSameDatabase({ connection }: LedgerState, found: string): void {
  const remembered = connection?.identity ?? null;
  if (connection === null || remembered === found) return;
  const account = connection.sourceAccount === null ? '' : `, source account ${connection.sourceAccount}`;
  throw new Problem(
    'source-changed',
    `This is not the database the decisions were made for. You connected this workspace, as ${connection.user}${account}, to ${nameOf(remembered)}; what answers now is ${nameOf(found)}. Nothing was sent; every decision is kept.`,
    { next: 'Check the address, or connect again and look at the report.' },
  );
}

/** `the database “audit” of the cluster ending in 4711`; a cluster that may not be asked for its number is known by address. */
function nameOf(identity: string | null): string {
  const parts = identity === null ? null : readIdentity(identity);
  if (parts === null) return 'a database this version cannot name';
  const [cluster, database] = parts;
  return /^\d+$/.test(cluster)
    ? `the database “${database}” of the cluster whose number ends in ${cluster.slice(-6)}`
    : `the database “${database}” of a cluster known only by its address, because this user may not ask for its number`;
}

function readIdentity(identity: string): z.infer<typeof identityParts> | null {
  try {
    return identityParts.safeParse(JSON.parse(identity)).data ?? null;
  } catch {
    // Written by another release, in a form of its own.
    return null;
  }
}
