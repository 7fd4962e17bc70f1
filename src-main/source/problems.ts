// The one place where errors of the driver, the network and TLS become sentences for a person.
import { DatabaseError } from 'pg';
import { Problem } from '#shared/model/problem.ts';
import {
  byNodeCode,
  connectionLost,
  connectTimedOut,
  noTls,
  passwordMissing,
  statementTimedOut,
  tlsFailed,
  unexplained,
  type Explanation,
} from './problem-sentences.ts';
import { bySqlClass, bySqlState, noSuchUser } from './sql-state-sentences.ts';

/** The driver gives these no code; the texts are constants of its source. */
const byDriverMessage: readonly (readonly [RegExp, Explanation])[] = [
  [/^The server does not support SSL connections/, noTls],
  [/^There was an error establishing an SSL connection/, tlsFailed],
  [/client password must be a (non-empty )?string/, passwordMissing],
  [/^Query read timeout/, statementTimedOut],
  [/^timeout expired|connection timeout/i, connectTimedOut],
  [/^Connection terminated|is not queryable|Client was closed/, connectionLost],
  [/^Client network socket disconnected before secure TLS/, tlsFailed],
  [/^SASL: /, tlsFailed],
];

/** SQLSTATE of a database error, also inside a {@link Problem}; null for anything else. */
export function sqlStateOf(error: unknown): string | null {
  const source = error instanceof Problem ? error.cause : error;
  return source instanceof DatabaseError ? (source.code ?? null) : null;
}

/** True when no further query can work on this connection. */
export function endsTheSession(error: unknown): boolean {
  const state = sqlStateOf(error);
  if (state !== null) return /^(08|28|53|57P|25P03)/.test(state);
  const source = error instanceof Problem ? error.cause : error;
  return source instanceof Error && explain(source).code !== 'internal';
}

/** Turns any error met while talking to an audit database into a {@link Problem}; a Problem stays what it is. */
export function sourceProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const { code, message, next } = explain(error);
  return new Problem(code, message, { next, cause: error });
}

/** What is said when the person stopped the work. */
export function cancelledProblem(cause?: unknown): Problem {
  return new Problem('cancelled', 'Stopped as you asked. What had arrived before is kept.', {
    next: 'Run the same step again when you want it to continue.',
    cause,
  });
}

function explain(error: unknown): Explanation {
  if (error instanceof DatabaseError) return explainSqlState(error);
  if (!(error instanceof Error)) return unexplained;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const known = byNodeCode[code];
  if (known) return known;
  if (code.startsWith('ERR_SSL') || code.startsWith('ERR_OSSL') || code.startsWith('ERR_TLS'))
    return tlsFailed;
  return byDriverMessage.find(([pattern]) => pattern.test(error.message))?.[1] ?? unexplained;
}

function explainSqlState(error: DatabaseError): Explanation {
  const state = error.code ?? '';
  // The routine is the same whatever language the server speaks; the message is not.
  if (state === '28000' && error.routine === 'InitializeSessionUserId') return noSuchUser;
  return bySqlState[state] ?? bySqlClass[state.slice(0, 2)] ?? unexplained;
}
