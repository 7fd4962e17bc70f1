// Nothing is sent to a database that is not as it was when a person connected it; reading and deciding go on.
import { Problem } from '#shared/model/problem.ts';
import type { WorkspaceStatus } from '#shared/model/workspace.ts';
import { formatInstant } from '#shared/time/instant.ts';
import type { RefreshRequest } from '../analytics/refresh-request.ts';
import type { LedgerState } from '../review/projection.ts';
import { ownDecisions } from '../review/server-rows.ts';
import type { SourceClient } from '../source/client.ts';
import { schemaDifferences, type SchemaDifference } from '../source/schema-differences.ts';
import { takeFingerprint } from '../source/schema-fingerprint.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { readSchemaDrift, recordSchemaDrift, type SchemaDrift } from '../store/cache/schema-drift.ts';
import type { Workstation } from '../workstation.ts';

type Connection = NonNullable<LedgerState['connection']>;

const longestList = 3;

/** Why this workspace is read-only, or null when it is not. */
export function readOnlyOf(cache: DatabaseHandle, state: LedgerState): WorkspaceStatus['readOnly'] {
  const drift = driftInForce(cache, state);
  if (drift === null) return null;
  return {
    since: formatInstant(drift.sinceMicroseconds),
    differences: drift.differences.map(inWords),
  };
}

/** What the engine has to know to tell how the source differs from what this workspace relies on. */
export function sourceKnowledge(
  state: LedgerState,
): Pick<RefreshRequest, 'fingerprint' | 'identity' | 'ownDecisions'> {
  const fingerprint = state.connection?.fingerprint;
  const identity = state.connection?.identity;
  return {
    ownDecisions: ownDecisions(state),
    ...(fingerprint && { fingerprint }),
    ...(identity && { identity }),
  };
}

/**
 * To be called before anything is written to the connected database, on the session that will write. What it finds is kept,
 * and the workspace stays read-only until a person connects again.
 * @throws Problem `source-changed` with the differences in words
 */
export async function requireUnchangedSchema(
  { cache, ledger, clock }: Pick<Workstation, 'cache' | 'ledger' | 'clock'>,
  client: SourceClient,
): Promise<void> {
  const state = ledger.state();
  const { connection } = state;
  if (!connection?.mapping || !connection.fingerprint) return;
  const { fingerprint, mapping } = connection;
  const differences = schemaDifferences(fingerprint, await takeFingerprint(client, mapping));
  if (differences.length > 0) {
    const found = { expected: fingerprint.sha256, sinceMicroseconds: clock.nowMs() * 1000, differences };
    recordSchemaDrift(cache, found);
  }
  const drift = driftInForce(cache, state);
  if (drift !== null) throw readOnly(drift);
}

/**
 * Whoever connects the same database again as the same user confirms what changed in it since.
 * @throws Problem `source-changed` with the differences in words
 */
export function assertUnchanged({ connection: before }: LedgerState, now: Connected): void {
  const differences = changesSince(before, now);
  if (differences.length === 0) return;
  throw new Problem(
    'source-changed',
    `The database is not as it was when this workspace was connected to it: ${firstOf(differences)} The connection is kept as it was.`,
    {
      next: 'If that is meant, connect again and confirm the changes (on the command line: --confirm-changes).',
    },
  );
}

/**
 * What a person confirms is what they saw.
 * @throws Problem `source-changed` when the database differs in another way by now
 */
export function assertAsSeen(seen: readonly string[], now: readonly string[] | undefined): void {
  if (seen.length === (now ?? []).length && (now ?? []).every((change, index) => change === seen[index]))
    return;
  throw new Problem(
    'source-changed',
    'The database was changed again since its differences were shown. Nothing was confirmed.',
    { next: 'Look at it again, and confirm what it says then.' },
  );
}

type Connected = Pick<Connection, 'identity' | 'user' | 'fingerprint'>;

function changesSince(before: Connected | null, now: Connected): SchemaDifference[] {
  if (!before?.fingerprint || !now.fingerprint) return [];
  // Another database, or another user's rights, are another connection rather than a change of this one.
  if (before.identity !== now.identity || before.user !== now.user) return [];
  return schemaDifferences(before.fingerprint, now.fingerprint);
}

/** The same as sentences, for whoever is about to connect again. */
export function describeChanges({ connection }: LedgerState, now: Connected): string[] {
  return changesSince(connection, now).map(inWords);
}

function inWords({ sentence, detail }: SchemaDifference): string {
  return detail === null ? sentence : `${sentence} ${detail}`;
}

/** What was found about an earlier connection says nothing about this one. */
function driftInForce(cache: DatabaseHandle, { connection }: LedgerState): SchemaDrift | null {
  const drift = readSchemaDrift(cache);
  return drift !== null && drift.expected === connection?.fingerprint?.sha256 ? drift : null;
}

function readOnly(drift: SchemaDrift): Problem {
  return new Problem(
    'source-changed',
    `The database is not as it was when this workspace was connected to it, so the workspace is read-only: ${firstOf(drift.differences)} Nothing was sent; every decision is kept, and reading and deciding go on.`,
    { next: 'Ask the DBA whether that is meant; if it is, connect again and confirm the changes.' },
  );
}

/** The first differences as sentences, and how many there are beside them. */
function firstOf(differences: readonly { readonly sentence: string }[]): string {
  const shown = differences.slice(0, longestList).map(({ sentence }) => sentence);
  const rest = differences.length - shown.length;
  return [
    ...shown,
    ...(rest > 0 ? [`There ${rest === 1 ? 'is 1 more difference' : `are ${rest} more differences`}.`] : []),
  ].join(' ');
}
