// Waits for work to fail as expected failures must: with a Problem.
import { Problem } from '#shared/model/problem.ts';

export async function problemOf(work: Promise<unknown>): Promise<Problem> {
  try {
    await work;
  } catch (error) {
    return onlyProblem(error);
  }
  throw new Error('It was expected to fail, and did not.');
}

export function problemIn(work: () => unknown): Problem {
  try {
    work();
  } catch (error) {
    return onlyProblem(error);
  }
  throw new Error('It was expected to fail, and did not.');
}

function onlyProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  throw error;
}
