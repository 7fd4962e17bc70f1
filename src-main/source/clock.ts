// The server's own account of itself: its time, who we are there, and which cluster and snapshot we look at.
import type { SourceClient } from './client.ts';
import { assertAnswered, newQuestion } from './in-step.ts';
import { microsecondsOf } from './microseconds.ts';
import { ask } from './query.ts';

export interface ServerClock {
  nowMicroseconds: number;
  /** Identifies the cluster for its whole life; null when this role may not ask. */
  systemIdentifier: string | null;
  /** Visible transactions as `xmin:xmax:xip_list`. */
  snapshot: string;
  role: string;
  database: string;
  /** As the server writes it: `18.4`. */
  version: string;
}

const probes = 3;

/**
 * Reads clock and identity in the current transaction, if there is one, without ever spoiling it.
 * @throws Problem when an answer belongs to another question
 */
export async function serverClock(client: SourceClient): Promise<ServerClock> {
  const question = newQuestion();
  const rows = await ask<
    Omit<ServerClock, 'nowMicroseconds'> & { question: string; now: string; isAllowed: boolean }
  >(client, {
    text: `SELECT $1::text AS question, ${microsecondsOf('clock_timestamp()')}::text AS now, txid_current_snapshot()::text AS snapshot,
                  current_user::text AS role, current_database()::text AS database,
                  current_setting('server_version') AS version,
                  coalesce(has_function_privilege(to_regprocedure('pg_control_system()'), 'EXECUTE'), false) AS "isAllowed"`,
    values: [question],
  });
  assertAnswered(client, rows, question, 1);
  const { now, isAllowed, snapshot, role, database, version } = rows[0]!;
  const systemIdentifier = isAllowed ? await readSystemIdentifier(client) : null;
  return { nowMicroseconds: Number(now), systemIdentifier, snapshot, role, database, version };
}

/**
 * Server clock minus local clock in milliseconds, taken at the middle of the quickest of three round trips.
 * @param nowMs The local wall clock in milliseconds since 1970.
 * @throws Problem when an answer belongs to another question; nothing is measured then
 */
export async function measureClockOffset(client: SourceClient, nowMs: () => number): Promise<number> {
  let quickest = { roundTripMs: Infinity, offsetMs: 0 };
  for (let probe = 0; probe < probes; probe += 1) {
    const sentMs = nowMs();
    const question = newQuestion();
    const rows = await ask<{ question: string; now: string }>(client, {
      text: `SELECT $1::text AS question, ${microsecondsOf('clock_timestamp()')}::text AS now`,
      values: [question],
    });
    const receivedMs = nowMs();
    assertAnswered(client, rows, question, 1);
    const roundTripMs = receivedMs - sentMs;
    if (roundTripMs < quickest.roundTripMs)
      quickest = { roundTripMs, offsetMs: Number(rows[0]!.now) / 1000 - (sentMs + receivedMs) / 2 };
  }
  return quickest.offsetMs;
}

async function readSystemIdentifier(client: SourceClient): Promise<string | null> {
  const question = newQuestion();
  const rows = await ask<{ question: string; identifier: string }>(client, {
    text: 'SELECT $1::text AS question, system_identifier::text AS identifier FROM pg_control_system()',
    values: [question],
  });
  assertAnswered(client, rows, question, 1);
  return rows[0]!.identifier;
}
