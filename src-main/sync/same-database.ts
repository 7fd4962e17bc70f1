// Decisions go to the database they were made for and to no other.
import { Problem } from '#shared/model/problem.ts';
import { nameOfDatabase } from '../analytics/source-identity.ts';
import type { LedgerState } from '../review/projection.ts';

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
    `This is not the database the decisions were made for. You connected this workspace, as ${connection.user}${account}, to ${nameOfDatabase(remembered)}; what answers now is ${nameOfDatabase(found)}. Nothing was sent; every decision is kept.`,
    { next: 'Check the address, or connect again and look at the report.' },
  );
}
