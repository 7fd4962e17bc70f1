// Turns whatever a call may throw into what happened and what to do next, in sentences.
import { ORPCError } from '@orpc/client';
import { problemData } from '#shared/model/problem.ts';
import { text } from '../texts/text.ts';

export type ProblemText = { code: string; message: string; next: string | null };

/** Never shows a stack: an unexpected failure is named as one, with the sentence the workstation gave. */
export function describeProblem(error: unknown): ProblemText {
  if (error instanceof ORPCError) return describeAnswer(error);
  if (error instanceof TypeError) {
    return {
      code: 'no-answer',
      message: text('domain:problem.noAnswer'),
      next: text('domain:problem.noAnswerNext'),
    };
  }
  return {
    code: 'internal',
    message:
      error instanceof Error && error.message !== '' ? error.message : text('domain:problem.unexpected'),
    next: null,
  };
}

function describeAnswer(error: ORPCError<string, unknown>): ProblemText {
  const data = problemData.safeParse(error.data);
  if (data.success) return { ...data.data, message: error.message };
  if (error.status === 400) {
    return {
      code: 'invalid-input',
      message: text('domain:problem.input'),
      next: text('domain:problem.inputNext'),
    };
  }
  return { code: 'internal', message: error.message, next: null };
}
