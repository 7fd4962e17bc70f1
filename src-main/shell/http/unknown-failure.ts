// Replaces a failure nobody expected by a sentence and a number; the failure itself goes to the log only.
import { randomUUID } from 'node:crypto';
import { ORPCError } from '@orpc/server';

/** Where people do not look: the message holds the correlation id, the error its stack. */
export type FailureLog = (message: string, error: unknown) => void;

/**
 * An interceptor for the contract's handlers.
 *
 * Typed errors and refused input pass unchanged; anything else becomes a 500 whose message holds a correlation id.
 */
export function hideUnknownFailures(log: FailureLog) {
  return async <T>({ next }: { next: () => Promise<T> }): Promise<T> => {
    try {
      return await next();
    } catch (error) {
      if (error instanceof ORPCError && error.status < 500) throw error;
      throw unknownFailure(error, log);
    }
  };
}

/** Logs the failure and returns what may be shown of it. */
export function unknownFailure(error: unknown, log: FailureLog) {
  const correlationId = randomUUID();
  log(`Unexpected failure ${correlationId}`, error);
  return new ORPCError('INTERNAL_SERVER_ERROR', {
    status: 500,
    message: `Something failed that the workstation did not expect. Recorded decisions are kept. Look for ${correlationId} in the log.`,
    data: { correlationId },
  });
}
