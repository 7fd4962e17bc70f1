// Waits for a promise to fail as expected failures must: with a Problem.
import { expect } from 'vitest';
import { Problem } from '#shared/model/problem.ts';

export async function problemOf(work: Promise<unknown>): Promise<Problem> {
  const outcome = await work.then(
    () => 'It succeeded.',
    (error: unknown) => error,
  );
  expect(outcome).toBeInstanceOf(Problem);
  return outcome as Problem;
}

export function problemIn(work: () => unknown): Problem {
  let outcome: unknown = 'It succeeded.';
  try {
    work();
  } catch (error) {
    outcome = error;
  }
  expect(outcome).toBeInstanceOf(Problem);
  return outcome as Problem;
}
