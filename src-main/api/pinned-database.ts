// A workspace stays with the database its acts are about: every door refuses to connect it to another one.
import type { InspectionReport } from '#shared/model/connection.ts';
import { Problem } from '#shared/model/problem.ts';
import {
  pinStanding,
  type FoundDatabase,
  type PinnedDatabase,
  type PinStanding,
  type SameDatabase,
} from '../review/database-pin.ts';
import type { LedgerState } from '../review/projection.ts';
import { readDatabaseIdentity } from '../analytics/source-identity.ts';
import { openAnomalyIntents } from '../sync/anomaly-outbox.ts';
import { openIntents } from '../sync/outbox.ts';

type OtherDatabase = NonNullable<InspectionReport['otherDatabase']>;

const ownWorkspace =
  'Use a workspace of its own for this database: start Countersign, with a window or without, with --workspace DIR.';

export function standingOf({ databasePin, connection }: LedgerState, found: FoundDatabase): PinStanding {
  return pinStanding(databasePin, connection, found);
}

/** Why this database is refused, for whoever looks at it; null when it is not. */
export function describeOther(state: LedgerState, found: FoundDatabase): OtherDatabase | null {
  const standing = standingOf(state, found);
  if (standing.is === 'admitted' || standing.is === 'same-address') return null;
  const { pinned } = standing;
  if (standing.is === 'other')
    return {
      sentence: `${pinnedTo(pinned)} What answers is another database, ${nameOfOther(pinned, found)}.`,
      next: ownWorkspace,
      mayBeSame: false,
    };
  return {
    sentence: `${pinnedTo(pinned)} Whether what answers, the database “${found.database}” on ${found.host}, is the same cannot be told, because the number of its cluster could not be read now or then.`,
    next: `If it is the same under another address, state that with a reason (on the command line: --same-database --reason TEXT). If not: ${ownWorkspace}`,
    mayBeSame: true,
  };
}

/**
 * Admits a database to a workspace. Answers what is to be recorded when it is a pinned one that goes by another identity now.
 * @param statement Why a person states that it is the same; used only where that cannot be told.
 * @throws Problem `refused`
 */
export function admitDatabase(
  state: LedgerState,
  found: FoundDatabase,
  statement: { readonly reason: string } | undefined,
): SameDatabase | null {
  const standing = standingOf(state, found);
  if (standing.is === 'same-address') return { as: standing.pinned.identity, basis: 'address', reason: null };
  if (standing.is === 'undecided' && statement)
    return { as: standing.pinned.identity, basis: 'stated', reason: statement.reason.toWellFormed() };
  const other = describeOther(state, found);
  if (other) throw refusal(other);
  assertNothingUnsent(state, found);
  return null;
}

/**
 * For a database that could not be looked at to the end.
 * @throws Problem `refused` when it surely is another one than the workspace is pinned to
 */
export function assertPinned(state: LedgerState, found: FoundDatabase, cause: unknown): void {
  const other = describeOther(state, found);
  if (other && !other.mayBeSame) throw refusal(other, cause);
}

function refusal({ sentence, next }: OtherDatabase, cause?: unknown): Problem {
  return new Problem('refused', `${sentence} Nothing was changed; every act is kept.`, { next, cause });
}

/** Older releases moved workspaces; where acts are about several databases, what is unsent holds the one it is for. */
function assertNothingUnsent(state: LedgerState, found: FoundDatabase): void {
  const before = state.connection?.identity;
  const unsent = openIntents(state).length + openAnomalyIntents(state).length;
  if (!before || isOneDatabase(state, before, found.identity) || unsent === 0) return;
  throw new Problem(
    'refused',
    'This workspace still holds decisions for another database, so it stays with that one. Nothing was changed.',
    { next: 'Send those decisions first, or use another workspace for this database.' },
  );
}

function isOneDatabase(
  { databasePin: { firstIdentities } }: LedgerState,
  one: string,
  other: string,
): boolean {
  return (firstIdentities.get(one) ?? one) === (firstIdentities.get(other) ?? other);
}

function pinnedTo({ database, host }: PinnedDatabase): string {
  return `This workspace is pinned to the database “${database}” on ${host}, because decisions or other acts in its ledger are about it.`;
}

function nameOfOther(pinned: PinnedDatabase, found: FoundDatabase): string {
  const cluster = readDatabaseIdentity(found.identity)?.cluster ?? null;
  if (cluster !== null && cluster === pinned.cluster) return `“${found.database}” of the same server`;
  return pinned.database === found.database
    ? `of the same name but of another server, on ${found.host}`
    : `“${found.database}” on ${found.host}`;
}
