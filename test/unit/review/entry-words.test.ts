// What the ledger screen and the command line say about each kind of entry.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LedgerEntry, LedgerEntryType } from '../../../src-shared/model/evidence.ts';
import { ledgerEntryTypes } from '../../../src-shared/model/evidence.ts';
import { sayEntry } from '../../../src-main/review/entry-words.ts';

const entry = (
  type: LedgerEntryType,
  payload: Record<string, unknown>,
  subject: string | null = null,
): LedgerEntry => ({
  v: 1,
  seq: 1,
  id: 'e',
  type,
  tenant: null,
  subject,
  actor: 'rita',
  wall_time: '2026-11-15T00:00:00.000Z',
  offset_ms: null,
  mono: 0,
  hlc: '0-0',
  payload,
  prev: '0'.repeat(64),
});

const nothingKnown = { decisionsById: new Map() };

/** Values in quotation marks. */
const said = (of: LedgerEntry) =>
  sayEntry(of, nothingKnown)
    .map(({ text, isValue }) => (isValue ? `“${text}”` : text))
    .join('');

describe('sayEntry', () => {
  test.each<[LedgerEntryType, Record<string, unknown>, string]>([
    [
      'decision',
      { decision: 'revoke', action: 'role_grant', actor: 'eve', reason: 'no ticket', fourEyes: ['r'] },
      'Revoked “role_grant” by “eve”. It needs a second person. Reason: “no ticket”',
    ],
    [
      'decision',
      { decision: 'certify', action: 'login', actor: null, reason: null, supersedes: 'd', fourEyes: [] },
      'Certified “login” by nobody named. It corrects an earlier decision.',
    ],
    [
      'concurrence',
      { agree: false, reason: 'ask her' },
      'Disagreed, as second person, on “s”. Reason: “ask her”',
    ],
    [
      'disposition',
      { disposition: 'false-positive', shown: { detector: 'nb', actor: 'eve' }, note: 'a migration' },
      'Called a false positive: the finding “nb” about “eve”. Note: “a migration”',
    ],
    ['sync-sent', { decisions: ['a', 'b'] }, 'About to send 2 decisions.'],
    [
      'sync-sent',
      { decisions: [], anomalies: [{}] },
      'About to send 1 disposition of the source’s anomalies.',
    ],
    [
      'sync-outcome',
      { items: [{ outcome: 'applied' }, { outcome: 'superseded' }, { outcome: 'applied' }] },
      'The audit database answered: 2 applied, 1 superseded.',
    ],
    [
      'sync-outcome',
      { asSent: { decisions: ['a', 'b', 'c'] }, items: [{ outcome: 'applied' }, { outcome: 'rejected' }] },
      'The audit database answered: 4 applied, 1 rejected.',
    ],
    ['clock-jump', { backMs: 300_000 }, 'Found this computer’s clock set back by 5 minutes.'],
    [
      'clock-acknowledged',
      { offsetMs: -1_200_000, reason: 'no time server' },
      'Acknowledged that the database’s clock is 20 minutes behind this computer’s. Reason: “no time server”',
    ],
    [
      'clock-acknowledged',
      { offsetMs: 1_200_000 },
      'Acknowledged that the database’s clock is 20 minutes ahead of this computer’s.',
    ],
    [
      'configuration-changed',
      { before: ['a', 'b'], after: ['b', 'c'], reason: 'new tool' },
      'Changed the list of privileged actions. Added: “c”. Removed: “a”. Reason: “new tool”',
    ],
    [
      'publication-changed',
      { after: true, reason: 'asked for' },
      'Turned on: findings are published in the source’s table. Reason: “asked for”',
    ],
    [
      'publication',
      { phase: 'settled', items: [{ outcome: 'published' }, { outcome: 'taken' }] },
      '1 finding now in the source’s table. 1 row was not taken.',
    ],
    [
      'ledger-restored',
      { entries: 7, discarded: 1 },
      'Restored the ledger from a backup of 7 entries. 1 newer entry was given up.',
    ],
    [
      'ledger-restored',
      { entries: 7, discarded: null },
      'Restored the ledger from a backup of 7 entries. How many newer ones were given up is not known.',
    ],
  ])('%s', (type, payload, sentence) => {
    expect(said(entry(type, payload, 's'))).toBe(sentence);
  });

  test('a checkpoint says whether it is signed', () => {
    const payload = { size: 3, occasion: 'export' };
    expect(said(entry('checkpoint', payload))).toBe('Checkpoint over 3 entries, at an export, not signed.');
    expect(said(entry('checkpoint', payload, 'SHA256:x'))).toMatch(/signed by “SHA256:x”\.$/);
  });

  test('names what was taken back by the decision the ledger holds', () => {
    const decisionsById = new Map([['d', { payload: { action: 'role_grant', actor: 'eve' } }]]);
    const parts = sayEntry(
      entry('decision-withdrawn', { decision: 'd' }),
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- all that is read of a decision
      { decisionsById } as unknown as Parameters<typeof sayEntry>[1],
    );
    expect(parts.map(({ text }) => text).join('')).toBe('Took the decision back: role_grant by eve.');
  });

  test('has a sentence for every kind, whatever the payload holds, and never passes a value off as words', () => {
    const forged = 'forged-by-a-row';
    const anything = fc.oneof(fc.constant(forged), fc.constant(null), fc.integer(), fc.constant([forged]));
    const payload = fc.dictionary(
      fc.constantFrom(
        'action',
        'actor',
        'decision',
        'reason',
        'note',
        'shown',
        'items',
        'after',
        'name',
        'backMs',
      ),
      anything,
    );
    fc.assert(
      fc.property(fc.constantFrom(...ledgerEntryTypes), payload, (type, of) => {
        const parts = sayEntry(entry(type, of), nothingKnown);
        expect(parts.map(({ text }) => text).join('')).not.toBe('');
        expect(parts.filter(({ isValue, text }) => !isValue && text.includes(forged))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
