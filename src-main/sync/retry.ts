// Tries again while the database does not answer: exponential backoff with full jitter, for a limited time, never after a refusal.
import { Problem } from '#shared/model/problem.ts';

const firstDelayMs = 1_000;
const longestDelayMs = 30_000;

export interface RetryOptions {
  /** How long to go on trying, from the first failure; 0 gives up at once. */
  readonly waitMs: number;
  /** From 0 up to, without, 1. */
  readonly random: () => number;
  /** Milliseconds since some fixed moment; never runs backwards. */
  readonly monotonicMs: () => number;
  /** Resolves after the delay; rejects when the signal aborts first. */
  readonly pause: (delayMs: number, signal: AbortSignal) => Promise<unknown>;
  readonly signal: AbortSignal;
  /** Told before each pause. */
  readonly onPause: (delayMs: number) => void;
}

/**
 * A random part of a limit that doubles with each attempt, so that many workstations do not come back all at once.
 * Source: M. Brooker, “Exponential Backoff and Jitter”, AWS Architecture Blog, 2015, “full jitter”.
 * @param attempt 0 before the first repetition.
 */
export function backoffMs(attempt: number, random: () => number): number {
  return random() * Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(attempt, 30));
}

/** Runs `work`, again while it fails because the database does not answer; any other failure ends it at once. */
export async function retryWhileAway<T>(work: () => Promise<T>, options: RetryOptions): Promise<T> {
  let awaySinceMs: number | null = null;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isAway(error) || options.signal.aborted) throw error;
      awaySinceMs ??= options.monotonicMs();
      const leftMs = awaySinceMs + options.waitMs - options.monotonicMs();
      if (leftMs <= 0) throw error;
      const delayMs = Math.min(backoffMs(attempt, options.random), leftMs);
      options.onPause(delayMs);
      await options.pause(delayMs, options.signal);
    }
  }
}

function isAway(error: unknown): boolean {
  return error instanceof Problem && error.code === 'source-unreachable';
}
