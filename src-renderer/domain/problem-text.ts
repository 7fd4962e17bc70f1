// Turns whatever a call may throw into what happened and what to do next, in sentences.
import { ORPCError } from '@orpc/client';
import { problemData } from '#shared/model/problem.ts';

export type ProblemText = { code: string; message: string; next: string | null };

/** Never shows a stack: an unexpected failure is named as one, with the sentence the workstation gave. */
export function describeProblem(error: unknown): ProblemText {
  if (error instanceof ORPCError) return describeAnswer(error);
  if (error instanceof TypeError) {
    return {
      code: 'no-answer',
      message: 'The workstation does not answer. Everything decided so far is kept on its disk.',
      next: 'Check that the program that opened this window is still running, then try again.',
    };
  }
  return {
    code: 'internal',
    message:
      error instanceof Error && error.message !== '' ? error.message : 'Something unexpected happened.',
    next: null,
  };
}

function describeAnswer(error: ORPCError<string, unknown>): ProblemText {
  const data = problemData.safeParse(error.data);
  if (data.success) return { ...data.data, message: error.message };
  if (error.status === 400) {
    return {
      code: 'invalid-input',
      message: 'The workstation could not use what was entered. Nothing was changed.',
      next: 'Check the fields and try again.',
    };
  }
  return { code: 'internal', message: error.message, next: null };
}
