// Notices a connection on which bytes were repeated or lost, so that answers no longer belong to their questions.
import { randomBytes, randomUUID } from 'node:crypto';
import type { SourceClient } from './client.ts';
import { sourceProblem } from './problems.ts';
import { ask } from './query.ts';

/**
 * Asks something only the right answer fits. A connection once out of step stays so, and this vouches for all that was asked
 * before: call it between reading and believing.
 * @throws Problem when the connection is out of step or broken; it is given up then.
 */
export async function assertInStep(client: SourceClient, signal?: AbortSignal): Promise<void> {
  const question = randomUUID();
  const text = 'SELECT $1::text AS question';
  const [row] = await ask<{ question: string }>(client, { text, values: [question] }, signal);
  if (row?.question !== question) giveUpOutOfStep(client);
}

/** A mark for a statement to answer in every row, by which its answer is known from those of all others. */
export function newQuestion(): string {
  return randomBytes(9).toString('base64url');
}

/**
 * For statements that answer their question themselves. Where bytes were repeated or lost on the way, an answer may be that of
 * an earlier question; then nothing is believed, and what came of the statement is asked anew on another connection.
 * @param rows of which at least `least` are to have come
 * @throws Problem when the connection is out of step; it is given up then.
 */
export function assertAnswered(
  client: SourceClient,
  rows: readonly { readonly question: string }[],
  question: string,
  least = 0,
): void {
  if (rows.length < least || rows.some((row) => row.question !== question)) giveUpOutOfStep(client);
}

/** @throws Problem always; nothing more is read from this connection. */
export function giveUpOutOfStep(client: SourceClient): never {
  client.connection.stream.destroy();
  throw sourceProblem(new Error('Connection terminated: an answer belongs to another question.'));
}
