// Which databases people's acts in this workspace are about, and which identities were found to name the same one.
import { z } from 'zod';
import type { ConnectionProfile } from '#shared/model/connection.ts';
import type { LedgerEntry, LedgerEntryType } from '#shared/model/evidence.ts';
import { databaseIdentity, readDatabaseIdentity } from '../analytics/source-identity.ts';

/** In entries of type connection-changed where the database goes by another identity than before; absent in older ones. */
export const sameDatabase = z.object({
  /** The identity it went by. */
  as: z.string(),
  /** It answers at the same address, or a person stated that it is the same. */
  basis: z.enum(['address', 'stated']),
  reason: z.string().nullable(),
});
export type SameDatabase = z.infer<typeof sameDatabase>;

type Address = Pick<ConnectionProfile, 'host' | 'port' | 'database'>;
type Connected = Address & { readonly identity: string | null };
export type FoundDatabase = Address & { readonly identity: string };

export type PinnedDatabase = Address & {
  readonly identity: string;
  /** The number of its cluster; null while no role could ask for it. */
  readonly cluster: string | null;
};

export type DatabasePin = {
  /** The databases acts are about, by the identity each had first. */
  readonly databases: Map<string, PinnedDatabase>;
  /** Identities that came later, with the first one of the same database. */
  readonly firstIdentities: Map<string, string>;
};

export const noPin = (): DatabasePin => ({ databases: new Map(), firstIdentities: new Map() });

/** What nobody can take to another database, because it was said or done about this one. */
const pinningActs: ReadonlySet<LedgerEntryType> = new Set<LedgerEntryType>([
  'decision',
  'disposition',
  'anomaly-disposition',
  'concurrence',
  'exception-granted',
  'exception-ended',
  'conflict-closed',
  'review-created',
  'publication',
]);

/** The identity a database had when acts about it began: one name for it, whatever it is known by now. */
export function firstIdentityOf({ firstIdentities }: DatabasePin, identity: string): string {
  return firstIdentities.get(identity) ?? identity;
}

/** Applies one entry, in ledger order; `connection` is the one in force when it was written. */
export function applyAct(pin: DatabasePin, { type }: LedgerEntry, connection: Connected | null): void {
  if (connection !== null && pinningActs.has(type)) notePinned(pin, connection);
}

/** Applies a change of the connection. */
export function applyConnection(
  pin: DatabasePin,
  connection: Connected,
  same: SameDatabase | undefined,
): void {
  const identity = identityOf(connection);
  if (same) pin.firstIdentities.set(identity, firstIdentityOf(pin, same.as));
  if (pin.databases.has(firstIdentityOf(pin, identity))) notePinned(pin, connection);
}

function notePinned(pin: DatabasePin, connection: Connected): void {
  const { host, port, database } = connection;
  const current = identityOf(connection);
  const identity = firstIdentityOf(pin, current);
  const cluster = clusterOf(current) ?? pin.databases.get(identity)?.cluster ?? null;
  pin.databases.set(identity, { identity, host, port, database, cluster });
}

/** Entries older than identities tell only the address. */
function identityOf(connection: Connected): string {
  return connection.identity ?? databaseIdentity(connection, null);
}

const clusterOf = (identity: string): string | null => readDatabaseIdentity(identity)?.cluster ?? null;

export type PinStanding =
  /** Nothing is pinned, or this is what is. */
  | { readonly is: 'admitted' }
  /** The same by its address, though its identity is another one now. */
  | { readonly is: 'same-address'; readonly pinned: PinnedDatabase }
  /** Neither by number nor by address can it be told. */
  | { readonly is: 'undecided'; readonly pinned: PinnedDatabase }
  | { readonly is: 'other'; readonly pinned: PinnedDatabase };

/**
 * How a database that answers stands to the pinned one: the number of the cluster and the name of the database decide; where
 * a number is missing on either side, host, port and name do.
 * @param current The connection in force. A ledger of an older release may have been moved from what acts are about.
 */
export function pinStanding(pin: DatabasePin, current: Connected | null, found: FoundDatabase): PinStanding {
  const pinned = [...pin.databases.values()].toReversed();
  const latest = pinned[0];
  const identity = firstIdentityOf(pin, found.identity);
  const isCurrent =
    current !== null && current.identity !== null && firstIdentityOf(pin, current.identity) === identity;
  if (latest === undefined || isCurrent || pin.databases.has(identity)) return { is: 'admitted' };
  const cluster = clusterOf(found.identity);
  const possible = pinned.filter(
    (one) => one.database === found.database && (one.cluster === null || cluster === null),
  );
  const there = possible.find((one) => hasAddress(one, found));
  if (there) return { is: 'same-address', pinned: there };
  return possible[0] ? { is: 'undecided', pinned: possible[0] } : { is: 'other', pinned: latest };
}

function hasAddress(one: Address, other: Address): boolean {
  return one.host.toLowerCase() === other.host.toLowerCase() && one.port === other.port;
}
