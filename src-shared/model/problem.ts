// The one error type that crosses rooms and doors: a sentence for a person plus a code for a script.
import { z } from 'zod';

export const problemCodes = [
  'invalid-input',
  'not-found',
  'refused',
  'conflict',
  'not-connected',
  'no-reviewer',
  'locked',
  'source-unreachable',
  'source-tls',
  'source-denied',
  'source-missing',
  'source-changed',
  'source-empty',
  'store-damaged',
  'store-newer',
  'file-unreadable',
  'cancelled',
  'internal',
] as const;

export type ProblemCode = (typeof problemCodes)[number];

export const problemData = z.object({ code: z.enum(problemCodes), next: z.string().nullable() });

/**
 * An expected failure.
 *
 * `message` says what happened and what was kept; `next` says what the person can do about it. Neither may hold
 * a stack, SQL, a host, a credential or a row value; put the technical error in `cause`, which never leaves the process.
 */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly next: string | null;

  constructor(code: ProblemCode, message: string, options: { next?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'Problem';
    this.code = code;
    this.next = options.next ?? null;
  }
}

/** Marks a branch the compiler has proven unreachable; the value tells which case was forgotten. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}
