// How long a window waits before it asks a workstation again that does not answer.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { pollAfterMs } from '../../../../src-renderer/domain/poll-after.ts';

it('asks as usual while it is answered', () => {
  expect(pollAfterMs({ status: 'success', dataUpdatedAt: 5, errorUpdatedAt: 99_999 }, 3000)).toBe(3000);
  expect(pollAfterMs({ status: 'pending', dataUpdatedAt: 0, errorUpdatedAt: 0 }, 3000)).toBe(3000);
});

it('waits longer the longer it gets no answer, never less than usual and at most half a minute', () => {
  const after = (silentMs: number) =>
    pollAfterMs({ status: 'error', dataUpdatedAt: 1, errorUpdatedAt: 1 + silentMs }, 3000);
  expect([after(1000), after(20_000), after(3_600_000)]).toEqual([3000, 10_000, 30_000]);
  fc.assert(
    fc.property(fc.nat(10_000_000), fc.nat(10_000_000), (one, other) => {
      const [shorter, longer] = [Math.min(one, other), Math.max(one, other)];
      expect(after(shorter)).toBeLessThanOrEqual(after(longer));
    }),
  );
});

it('asks as usual where there never was an answer', () => {
  expect(pollAfterMs({ status: 'error', dataUpdatedAt: 0, errorUpdatedAt: 1_800_000_000_000 }, 300)).toBe(
    300,
  );
});
