// What makes a source the same one after a restart on another port or under another name.
import { z } from 'zod';
import type { ConnectionProfile, Mapping } from '#shared/model/connection.ts';
import { canonicalJson } from '../evidence/entry-hash.ts';

/** Names the database: by its cluster where the role may ask for that, else by its address. */
export function databaseIdentity(
  profile: Pick<ConnectionProfile, 'host' | 'port' | 'database'>,
  systemIdentifier: string | null,
): string {
  return canonicalJson([systemIdentifier ?? `${profile.host}:${profile.port}`, profile.database]);
}

const identityParts = z.tuple([z.string(), z.string()]);

/**
 * What an identity names; null for one another release wrote in a form of its own.
 * `cluster` is the number of the cluster, null where the role could not ask for it and the address stands for it.
 */
export function readDatabaseIdentity(identity: string): { cluster: string | null; database: string } | null {
  const parts = partsOf(identity);
  if (parts === null) return null;
  const [cluster, database] = parts;
  return { cluster: /^\d+$/.test(cluster) ? cluster : null, database };
}

function partsOf(identity: string): z.infer<typeof identityParts> | null {
  try {
    return identityParts.safeParse(JSON.parse(identity)).data ?? null;
  } catch {
    // Written by another release, in a form of its own.
    return null;
  }
}

/** `the database “audit” of the cluster ending in 4711`; a cluster that may not be asked for its number is known by address. */
export function nameOfDatabase(identity: string | null): string {
  const parts = identity === null ? null : readDatabaseIdentity(identity);
  if (parts === null) return 'a database this version cannot name';
  const { cluster, database } = parts;
  return cluster === null
    ? `the database “${database}” of a cluster known only by its address, because this user may not ask for its number`
    : `the database “${database}” of the cluster whose number ends in ${cluster.slice(-6)}`;
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
