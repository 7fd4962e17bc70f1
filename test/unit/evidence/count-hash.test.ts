// The fingerprint of counts: of what was counted, not of how it happens to be numbered, and recomputable by hand.
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { buildHistory } from '../../../src-main/analytics/history/build-history.ts';
import { hashCounts } from '../../../src-main/evidence/count-hash.ts';

const at = (time: string) => Date.parse(time) * 1000;
const events = [
  { id: '1', actor: 'bob', action: 'read', createdAtMicroseconds: at('2026-11-02T09:07:00Z') },
  { id: '2', actor: 'ann', action: 'write', createdAtMicroseconds: at('2026-11-02T09:14:00Z') },
  { id: '3', actor: 'ann', action: 'write', createdAtMicroseconds: at('2026-11-02T09:01:00Z') },
  { id: '4', actor: '', action: 'read', createdAtMicroseconds: at('2026-11-03T23:59:59Z') },
].map((event) => ({ ...event, sourceAccount: 'primary' }));
const breathe = async () => {};

describe('hashCounts', () => {
  test('is SHA-256 over a line for every count, in order', async () => {
    const lines = [
      '{"account":"primary","action":"write","actor":"ann","count":2,"day":"2026-11-02","slot":36}',
      '{"account":"primary","action":"read","actor":"bob","count":1,"day":"2026-11-02","slot":36}',
      '{"account":"primary","action":"read","actor":"","count":1,"day":"2026-11-03","slot":95}',
    ];
    expect(await hashCounts(buildHistory(events), null, breathe)).toEqual({
      of: 'counts',
      rows: 4,
      sha256: createHash('sha256')
        .update(lines.map((line) => `${line}\n`).join(''))
        .digest('hex'),
      first: { at: '2026-11-02T09:00:00.000Z', id: '' },
      last: { at: '2026-11-03T23:45:00.000Z', id: '' },
    });
  });

  test('does not depend on the numbers of actors and actions', async () => {
    const one = buildHistory(events);
    const count = one.series.length;
    const renumbered = {
      ...one,
      series: one.series.toReversed(),
      activity: one.activity.map((day) => ({
        day: day.day,
        series: day.series.map((series) => count - 1 - series).toReversed(),
        slots: day.slots.toReversed(),
        counts: day.counts.toReversed(),
      })),
    };
    const hash = async (history: typeof one) => (await hashCounts(history, null, breathe)).sha256;
    expect(await hash(renumbered)).toBe(await hash(one));
    expect(await hash(buildHistory(events.slice(1)))).not.toBe(await hash(one));
  });

  test('ends with the last quarter hour that was over', async () => {
    const until = at('2026-11-03T23:59:59.999Z');
    expect(await hashCounts(buildHistory(events), until, breathe)).toMatchObject({
      rows: 3,
      last: { at: '2026-11-02T09:00:00.000Z' },
    });
    expect((await hashCounts(buildHistory(events), until + 999, breathe)).rows).toBe(4);
    expect(await hashCounts(buildHistory(events), at('2026-11-01T00:00:00Z'), breathe)).toMatchObject({
      rows: 0,
      first: null,
      last: null,
    });
  });
});
