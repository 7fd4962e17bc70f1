// What pulls showed of a row, in words.
import { describe, expect, test } from 'vitest';
import { historyOf } from '../../../src-main/review/server-rows.ts';
import type { RowVersion, ServerReviewRow } from '../../../src-main/store/cache/server-row-versions.ts';

const row = (notes: string | null): ServerReviewRow => ({
  id: 'a',
  tenantId: null,
  auditLogId: 'log-a',
  action: 'role_grant',
  actorId: 'dana',
  dueAtMicroseconds: 0,
  reviewerId: null,
  reviewedAtMicroseconds: null,
  notes,
});
const sentence = (...notes: (string | null)[]) =>
  historyOf(
    notes.map((note, index): RowVersion => ({ pull: index + 1, readAtMicroseconds: index, row: row(note) })),
    () => undefined,
  ).at(-1)!.sentence;

describe('before and after', () => {
  test('are told whole where they are short', () => {
    expect(sentence(null, 'please wait')).toContain('notes (none) became “please wait”.');
  });

  test('of long texts are cut around the first difference, so that they never read alike', () => {
    const long = 'agreed with the owner of the system on Monday, '.repeat(10);
    expect(sentence(`${long}certify it, she said`, `${long}revoke it, she said`)).toContain(
      'notes “…e system on Monday, certify it, she said” became “…e system on Monday, revoke it, she said”.',
    );
    expect(sentence(long, `${long}PS`)).toMatch(/“….{20}” became “….{20}PS”/u);
    expect(sentence(`x${long}`, `y${long}`)).toMatch(/“x.{79}…” became “y.{79}…”/u);
  });

  test('are cut between characters', () => {
    const long = '🔑'.repeat(200);
    expect(sentence(`${long}a`, `${long}b`)).toContain(
      `“…${'🔑'.repeat(20)}a” became “…${'🔑'.repeat(20)}b”`,
    );
  });
});
