// What makes a source the same one after a restart on another port or under another name.
import type { ConnectionProfile, Mapping } from '#shared/model/connection.ts';
import { canonicalJson } from '../evidence/entry-hash.ts';

/** Names the database: by its cluster where the role may ask for that, else by its address. */
export function databaseIdentity(
  profile: Pick<ConnectionProfile, 'host' | 'port' | 'database'>,
  systemIdentifier: string | null,
): string {
  return canonicalJson([systemIdentifier ?? `${profile.host}:${profile.port}`, profile.database]);
}

/** Names what a mirror is a mirror of: the database, the table as mapped, and the account. */
export function mirrorIdentity(
  database: string,
  { schema, table, columns }: Mapping,
  sourceAccount: string | null,
): string {
  return canonicalJson([database, schema, table, columns, sourceAccount]);
}
