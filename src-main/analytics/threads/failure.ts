// How a failure crosses from one thread to another.
import { Problem, type ProblemCode } from '#shared/model/problem.ts';

/** What a person is told of it; its cause stays in the thread. */
export type Failure = {
  readonly type: 'failed';
  readonly code: ProblemCode;
  readonly message: string;
  readonly next: string | null;
};

export function failureOf({ code, message, next }: Problem): Failure {
  return { type: 'failed', code, message, next };
}

export function problemOf({ code, message, next }: Failure): Problem {
  return new Problem(code, message, next === null ? {} : { next });
}
