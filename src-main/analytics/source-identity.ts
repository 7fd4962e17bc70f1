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

/** Names what a mirror is a mirror of: the database, the table as mapped, the account, and what of each event is kept where that is not all. */
export function mirrorIdentity(
  database: string,
  { schema, table, columns }: Mapping,
  { sourceAccount, mirror }: Pick<ConnectionProfile, 'sourceAccount' | 'mirror'>,
): string {
  const population = [database, schema, table, columns, sourceAccount];
  if (!mirror.rows) return canonicalJson([...population, 'counts']);
  const fields = mirror.fields === null ? [] : [mirror.fields.toSorted()];
  return canonicalJson([...population, ...fields]);
}
