// What was written to the letter is recorded in few words; read back, it says exactly what the long form says.
import { describe, expect, test } from 'vitest';
import { ZodError } from 'zod';
import { notesOf } from '../../../src-main/review/decision-notes.ts';
import { applyOutcome, applySent, type SentDecision } from '../../../src-main/review/sent-decisions.ts';

const id = '01KA5Y3T5V7Q2M8N4R6S9W0XZE';
const decided = (): SentDecision => ({
  id,
  reviewer: 'rita',
  decidedAt: '2026-11-16T08:00:00.000Z',
  offsetMs: -1_499,
  hash: 'ab'.repeat(32),
  payload: { review: 'r1', decision: 'revoke', reason: 'left [the] team', notes: 'asked\non Monday' },
  inFlight: true,
  announced: true,
  outcome: null,
  settledAtMicroseconds: null,
});
const entry = (payload: Record<string, unknown>) => ({
  payload,
  wall_time: '2026-11-16T09:00:00.000Z',
  offset_ms: null,
});
const notes = `[rv1 d=revoke id=${id} h=abababababab at=2026-11-16T08:00:00.000Z o=-1] left [the\\] team\n[earlier notes]\nasked\non Monday`;
const asSent = { decisions: [id], notes: 'rv1', reviewedAtMicroseconds: [1_763_280_000_123_456] };
const inFull = {
  review: 'r1',
  decisionId: id,
  outcome: 'applied',
  detail: null,
  server: { reviewer: 'rita', reviewedAt: '2025-11-16T08:00:00.123456Z', notes },
};

describe('decisions on their way', () => {
  test('the notes of a decision are the same on any later day: ledgers rely on it', () => {
    expect(notesOf(decided())).toBe(notes);
  });

  test('applied as sent means what the outcome in full says', () => {
    const [short, long] = [decided(), decided()];
    applyOutcome(new Map([[id, short]]), entry({ asSent, items: [] }));
    applyOutcome(new Map([[id, long]]), entry({ items: [inFull] }));
    expect(short.outcome).toEqual(inFull);
    expect(JSON.stringify(short)).toBe(JSON.stringify(long));
    expect(short.inFlight).toBe(false);
    expect(short.outcome?.server).toBe(short.outcome?.server);
  });

  test('both forms in one entry, and decisions nobody knows, settle only what they name', () => {
    const one = decided();
    const other = { ...decided(), id: 'other' };
    const decisions = new Map([
      [id, one],
      ['other', other],
    ]);
    applyOutcome(
      decisions,
      entry({
        asSent: { ...asSent, decisions: ['stranger', id], reviewedAtMicroseconds: [0, 1_000] },
        items: [{ ...inFull, decisionId: 'nobody' }],
      }),
    );
    expect(one.outcome?.server?.reviewedAt).toBe('1970-01-01T00:00:00.001Z');
    expect([other.outcome, other.inFlight]).toEqual([null, true]);
  });

  test.each([
    ['a time is missing', { ...asSent, reviewedAtMicroseconds: [] }],
    ['the notes have a form of a later day', { ...asSent, notes: 'rv2' }],
    ['a time is no whole number', { ...asSent, reviewedAtMicroseconds: ['now'] }],
  ])('is refused where %s', (_, claimed) => {
    const decision = decided();
    expect(() => applyOutcome(new Map([[id, decision]]), entry({ asSent: claimed, items: [] }))).toThrow(
      ZodError,
    );
    expect(decision.outcome).toBeNull();
  });

  test('announced means under way until an outcome is known', () => {
    const decision = { ...decided(), inFlight: false, announced: false };
    applySent(new Map([[id, decision]]), { decisions: [id, 'stranger'] });
    expect(decision).toMatchObject({ inFlight: true, announced: true });
  });
});
