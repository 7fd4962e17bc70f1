// Trying again while the database is away: how long, how often, and never after a refusal.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Problem } from '../../../src-shared/model/problem.ts';
import { backoffMs, retryWhileAway } from '../../../src-main/sync/retry.ts';

const away = new Problem('source-unreachable', 'It does not answer.');

/** A clock that only pauses move on. */
function surroundings(waitMs: number, random: () => number = () => 1) {
  let nowMs = 1_000;
  const pauses: number[] = [];
  const abort = new AbortController();
  return {
    pauses,
    abort,
    options: {
      waitMs,
      random,
      monotonicMs: () => nowMs,
      signal: abort.signal,
      onPause: (delayMs: number) => void pauses.push(delayMs),
      pause: async (delayMs: number) => {
        nowMs += delayMs;
        abort.signal.throwIfAborted();
      },
    },
  };
}

describe('backoff', () => {
  test('is a random part of a limit that doubles up to half a minute', () => {
    const limits = Array.from({ length: 8 }, (_, attempt) => backoffMs(attempt, () => 1));
    expect(limits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
    fc.assert(
      fc.property(fc.nat(2_000), fc.double({ min: 0, max: 0.999, noNaN: true }), (attempt, share) => {
        const delayMs = backoffMs(attempt, () => share);
        expect(delayMs).toBeGreaterThanOrEqual(0);
        expect(delayMs).toBeLessThan(30_000);
      }),
    );
  });
});

describe('retryWhileAway', () => {
  test('answers what the first success answers, after pauses that were told', async () => {
    const { options, pauses } = surroundings(120_000);
    let left = 3;
    const work = async () => {
      if (left > 0) {
        left -= 1;
        throw away;
      }
      return 'sent';
    };
    expect(await retryWhileAway(work, options)).toBe('sent');
    expect(pauses).toEqual([1_000, 2_000, 4_000]);
  });

  test.each([0, 500, 60_000, 3_600_000])('waits %d ms in all and not longer', async (waitMs) => {
    const { options, pauses } = surroundings(waitMs);
    let attempts = 0;
    const work = async () => {
      attempts += 1;
      throw away;
    };
    await expect(retryWhileAway(work, options)).rejects.toBe(away);
    expect(pauses.reduce((sum, delayMs) => sum + delayMs, 0)).toBe(waitMs);
    expect(attempts).toBe(pauses.length + 1);
  });

  test.each(['refused', 'source-denied', 'source-changed', 'conflict', 'cancelled', 'source-tls'] as const)(
    'never repeats what ended as %s',
    async (code) => {
      const { options, pauses } = surroundings(120_000);
      const refusal = new Problem(code, 'No.');
      let attempts = 0;
      const work = async () => {
        attempts += 1;
        throw refusal;
      };
      await expect(retryWhileAway(work, options)).rejects.toBe(refusal);
      expect([attempts, pauses.length]).toEqual([1, 0]);
    },
  );

  test('an abort ends the pause and the trying', async () => {
    const { options, abort } = surroundings(120_000);
    const reason = new Problem('cancelled', 'Cancelled.');
    const stopping = { ...options, onPause: () => abort.abort(reason) };
    await expect(retryWhileAway(() => Promise.reject(away), stopping)).rejects.toBe(reason);
  });
});
