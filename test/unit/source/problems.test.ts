// Each cause its own sentence, each with a next step, none with the server's own words in it.
import { DatabaseError } from 'pg';
import { describe, expect, it } from 'vitest';
import { Problem } from '#shared/model/problem.ts';
import { byNodeCode } from '../../../src-main/source/problem-sentences.ts';
import { endsTheSession, sourceProblem, sqlStateOf } from '../../../src-main/source/problems.ts';
import { isLockWait, rejectionSentence } from '../../../src-main/source/rejection.ts';
import { bySqlClass, bySqlState } from '../../../src-main/source/sql-state-sentences.ts';

const secretText = 'relation "hr.salaries" at 10.0.0.5 user ann SELECT * password hunter2';

function databaseError(code: string, routine = ''): DatabaseError {
  return Object.assign(new DatabaseError(secretText, 10, 'error'), { code, routine });
}

function nodeError(code: string, message = secretText): Error {
  return Object.assign(new Error(message), { code });
}

const causes: Record<string, unknown> = {
  'wrong password': databaseError('28P01', 'auth_failed'),
  'no such user': databaseError('28000', 'InitializeSessionUserId'),
  'not admitted': databaseError('28000', 'ClientAuthentication'),
  'wrong host': nodeError('ENOTFOUND'),
  refused: nodeError('ECONNREFUSED'),
  'time-out': new Error('timeout expired'),
  'no route': nodeError('EHOSTUNREACH'),
  'no TLS': new Error('The server does not support SSL connections'),
  untrusted: nodeError('SELF_SIGNED_CERT_IN_CHAIN'),
  'wrong name': nodeError('ERR_TLS_CERT_ALTNAME_INVALID'),
  expired: nodeError('CERT_HAS_EXPIRED'),
  'broken TLS': nodeError('ERR_SSL_WRONG_VERSION_NUMBER'),
  'no database': databaseError('3D000'),
  'too many connections': databaseError('53300'),
  'disk full': databaseError('53100'),
  'statement time-out': databaseError('57014'),
  lock: databaseError('55P03'),
  'missing table': databaseError('42P01'),
  'missing column': databaseError('42703'),
  'missing right': databaseError('42501'),
  retyped: databaseError('42883'),
  'unfit value': databaseError('22P02'),
  'lost mid-way': new Error('Connection terminated unexpectedly'),
  'shutting down': databaseError('57P01'),
  'starting up': databaseError('57P03'),
  replica: databaseError('25006'),
  conflict: databaseError('40P01'),
  unknown: databaseError('XX000'),
};

describe('sourceProblem', () => {
  it('has a different sentence for every cause', () => {
    const sentences = Object.values(causes).map((cause) => sourceProblem(cause).message);
    expect(new Set(sentences).size).toBe(sentences.length);
  });

  it.each(Object.entries(causes))('%s: a next step, and nothing of the technical text', (_, cause) => {
    const problem = sourceProblem(cause);
    expect(problem.next).toMatch(/\.$/);
    expect(`${problem.message} ${problem.next}`).not.toMatch(
      /hunter2|salaries|10\.0\.0\.5|\bann\b|SELECT \*/,
    );
    expect(problem.cause).toBe(cause);
  });

  it('maps the codes a script relies on', () => {
    const codes = Object.fromEntries(
      Object.entries(causes).map(([name, cause]) => [name, sourceProblem(cause).code]),
    );
    expect(codes).toMatchObject({
      'wrong password': 'source-denied',
      'missing right': 'source-denied',
      'missing table': 'source-missing',
      'no database': 'source-missing',
      retyped: 'source-changed',
      'no TLS': 'source-tls',
      expired: 'source-tls',
      'wrong host': 'source-unreachable',
      'lost mid-way': 'source-unreachable',
      lock: 'conflict',
      replica: 'refused',
      unknown: 'internal',
    });
  });

  it('leaves a Problem as it is and wraps what nobody foresaw', () => {
    const problem = new Problem('refused', 'No.');
    expect(sourceProblem(problem)).toBe(problem);
    expect(sourceProblem('a string').code).toBe('internal');
    expect(sourceProblem(new TypeError('x')).code).toBe('internal');
  });

  it('speaks of what was kept wherever data is at stake', () => {
    const unsaid = [...Object.values(byNodeCode), ...Object.values(bySqlState), ...Object.values(bySqlClass)]
      .map(({ message }) => message)
      .filter((message) => !/kept|sent to it|undid|Nothing was written/.test(message));
    expect(unsaid).toEqual([]);
  });
});

describe('endsTheSession', () => {
  it.each([
    ['lost mid-way', true],
    ['shutting down', true],
    ['starting up', true],
    ['too many connections', true],
    ['statement time-out', false],
    ['lock', false],
    ['missing right', false],
    ['unfit value', false],
    ['conflict', false],
    ['unknown', false],
  ])('%s: %s', (name, expected) => {
    expect(endsTheSession(causes[name])).toBe(expected);
    expect(endsTheSession(sourceProblem(causes[name]))).toBe(expected);
  });

  it('a programming error does not end it', () => {
    expect(endsTheSession(new TypeError('x'))).toBe(false);
    expect(endsTheSession(new Problem('refused', 'No.'))).toBe(false);
  });
});

describe('rejectionSentence', () => {
  it('says why one row was refused, naming the constraint and no value', () => {
    const check = Object.assign(databaseError('23514'), { constraint: 'no_self_review' });
    expect(rejectionSentence(sourceProblem(check))).toBe(
      'A rule of the database forbids this decision (constraint no_self_review).',
    );
    const states = ['23503', '23514', '42501', '22001', '22P02', 'P0001', '55P03', '40001'];
    const sentences = states.map((state) => rejectionSentence(databaseError(state)));
    expect(new Set(sentences).size).toBe(states.length);
    expect(sentences.join()).not.toMatch(/hunter2/);
  });

  it('knows a lock from a refusal', () => {
    expect(isLockWait(databaseError('55P03'))).toBe(true);
    expect(isLockWait(sourceProblem(databaseError('57014')))).toBe(true);
    expect(isLockWait(databaseError('23514'))).toBe(false);
    expect(sqlStateOf(sourceProblem(databaseError('23514')))).toBe('23514');
  });
});
