// One or more read sessions that look at the same moment of the audit database.
import { escapeLiteral } from 'pg';
import { Problem } from '#shared/model/problem.ts';
import { closeSource, type SourceClient } from '../client.ts';
import { endsTheSession } from '../problems.ts';
import { ask } from '../query.ts';

/** Read-only transactions of one snapshot. Nothing that is committed after its opening is seen. */
export interface SharedSnapshot {
  readonly sessions: readonly [SourceClient, ...SourceClient[]];
  /** By which {@link joinSnapshot} finds it; null where it cannot be shared, or one session was enough. */
  readonly id: string | null;
  close(): Promise<void>;
}

const begin = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';

/** The receiver decides how long a statement lasts, and a session may wait for the others; the snapshot must outlive that. */
const settings: readonly (readonly [name: string, value: string])[] = [
  ['statement_timeout', '0'],
  ['idle_in_transaction_session_timeout', '30min'],
  ['cursor_tuple_fraction', '1'],
];

/**
 * Opens up to `connections` sessions on one snapshot. Fewer when the server grants no more or cannot share a snapshot
 * between them, as behind some poolers; one at least.
 * @param connect Opens a read session; whatever it opened is closed by {@link SharedSnapshot.close}.
 * @throws Problem when not even one session can be had, and when connecting was cancelled.
 */
export async function shareSnapshot(
  connect: () => Promise<SourceClient>,
  connections: number,
): Promise<SharedSnapshot> {
  const { made, close } = await closedOnFailure(connect, async (open) => {
    const first = await open();
    await send(first, begin);
    const id = connections > 1 ? await exportSnapshot(first) : null;
    const others = id === null ? [] : await join(id, connections - 1, open);
    const sessions: [SourceClient, ...SourceClient[]] = [first, ...others];
    await Promise.all(sessions.map(applySettings));
    return { sessions, id };
  });
  return { ...made, close };
}

/**
 * Opens up to `connections` further sessions on a snapshot that another session shared and still holds.
 * @returns null when not one can be had, which makes the reading slower, nothing else.
 * @throws Problem when connecting was cancelled.
 */
export async function joinSnapshot(
  connect: () => Promise<SourceClient>,
  id: string,
  connections: number,
): Promise<SharedSnapshot | null> {
  const { made, close } = await closedOnFailure(connect, async (open) => {
    const sessions = await join(id, connections, open);
    await Promise.all(sessions.map(applySettings));
    return sessions;
  });
  const [first, ...rest] = made;
  return first ? { sessions: [first, ...rest], id, close } : null;
}

/** Closes whatever `make` opened when it fails, and hands out what closes it otherwise. */
async function closedOnFailure<Made>(
  connect: () => Promise<SourceClient>,
  make: (open: () => Promise<SourceClient>) => Promise<Made>,
): Promise<{ made: Made; close: () => Promise<void> }> {
  const opened: SourceClient[] = [];
  const open = async () => {
    const client = await connect();
    opened.push(client);
    return client;
  };
  const close = async () => void (await Promise.all(opened.map(closeSource)));
  try {
    return { made: await make(open), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Runs one statement that answers no row. */
export async function send(client: SourceClient, text: string): Promise<void> {
  await ask(client, { text, values: [] });
}

async function exportSnapshot(client: SourceClient): Promise<string | null> {
  try {
    const [row] = await ask<{ snapshot: string }>(client, {
      text: 'SELECT pg_export_snapshot() AS snapshot',
      values: [],
    });
    return row?.snapshot ?? null;
  } catch (error) {
    if (endsTheSession(error)) throw error;
    await send(client, 'ROLLBACK');
    await send(client, begin);
    return null;
  }
}

/** Further sessions of the snapshot, as many as can be had. */
async function join(
  snapshot: string,
  wanted: number,
  open: () => Promise<SourceClient>,
): Promise<SourceClient[]> {
  const attempts = await Promise.allSettled(
    Array.from({ length: wanted }, async () => {
      const client = await open();
      try {
        await send(client, begin);
        await send(client, `SET TRANSACTION SNAPSHOT ${escapeLiteral(snapshot)}`);
        return client;
      } catch (error) {
        await closeSource(client);
        throw error;
      }
    }),
  );
  for (const attempt of attempts) if (attempt.status === 'rejected') assertBearable(attempt.reason);
  return attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []));
}

/** A session that cannot be had makes the reading slower, nothing else; being told to stop is another matter. */
function assertBearable(error: unknown): void {
  if (!(error instanceof Problem) || error.code === 'cancelled') throw error;
}

async function applySettings(client: SourceClient): Promise<void> {
  await ask(client, {
    text: 'SELECT set_config(s.name, s.value, true) FROM unnest($1::text[], $2::text[]) AS s(name, value)',
    values: [settings.map(([name]) => name), settings.map(([, value]) => value)],
  });
}
