// What sending would do and what it did, in words.
import { describe, expect, it } from 'vitest';
import type { SyncPreview } from '../../../../src-shared/model/sync.ts';
import type { SyncReport } from '../../../../src-shared/model/workspace.ts';
import {
  doubtful,
  heldGroups,
  isAnythingLeaving,
  reportWords,
  reportTitle,
  sendLabel,
  whyNotSend,
} from '../../../../src-renderer/app/send-words.ts';

const item = {
  review: 'r',
  decisionId: 'd',
  decision: 'certify' as const,
  action: 'login',
  actor: 'eve',
  reviewer: 'rita',
  decidedAt: '2026-11-15T00:00:00.000Z',
};
const leaving = (expected: string | null = null) => ({ ...item, notes: 'n', again: false, expected });
const staying = (sync: SyncPreview['wouldNotSend'][number]['sync']) => ({ ...item, sync, why: 'w' });
const preview = (of: Partial<SyncPreview> = {}): SyncPreview => ({
  held: [],
  wouldSend: [],
  wouldNotSend: [],
  ...of,
});

describe('sendLabel', () => {
  it('names everything that leaves', () => {
    expect(sendLabel(preview({ wouldSend: [leaving()] }), false)).toBe('Send 1 decision');
    expect(sendLabel(preview({ wouldSend: [leaving(), leaving()], wouldPublish: 3 }), false)).toBe(
      'Send 2 decisions and 3 findings',
    );
    expect(sendLabel(preview(), false)).toBe('Nothing to send');
    expect(sendLabel(preview({ wouldPublish: 1 }), true)).toBe('Compare the clocks again and send');
    expect(isAnythingLeaving(preview({ wouldPublish: 1 }))).toBe(true);
    expect(isAnythingLeaving(preview({ wouldNotSend: [staying('local')] }))).toBe(false);
  });
});

describe('heldGroups', () => {
  it('groups by why, what somebody can do something about first', () => {
    const held = (['local', 'changed', 'awaiting-second', 'local', 'disagreed'] as const).map(staying);
    expect(heldGroups(held).map(({ title, items }) => `${title}: ${items.length}`)).toEqual([
      'The second person disagrees: 1',
      'Waiting for a second person: 1',
      'The item changed since it was decided: 1',
      'Kept here: 2',
    ]);
  });
});

describe('what was refused on this computer', () => {
  it('is told from what the database refused, before and after', () => {
    const held = [staying('rejected'), { ...staying('rejected'), refusedHere: true }];
    expect(heldGroups(held).map(({ title }) => title)).toEqual([
      'Refused here, before it left',
      'Rejected by the database',
    ]);
  });
});

describe('whyNotSend', () => {
  const ready = { isConnected: true, isReadOnly: false, isHeldByClock: false };
  const full = preview({ wouldSend: [leaving()] });
  it('says why nothing would leave, and nothing where something would', () => {
    expect(whyNotSend(full, ready)).toBeNull();
    expect(whyNotSend(full, { ...ready, isConnected: false })).toMatch(/not connected/);
    expect(whyNotSend(full, { ...ready, isReadOnly: true })).toMatch(/changes of the database/);
    expect(whyNotSend(preview({ wouldNotSend: [staying('local')] }), ready)).toMatch(/Nothing waits/);
    expect(whyNotSend(preview(), { ...ready, isHeldByClock: true })).toBeNull();
  });
});

describe('doubtful', () => {
  it('is what the last look at the database gives little hope', () => {
    expect(doubtful(preview({ wouldSend: [leaving(), leaving('Somebody was first.')] }))).toHaveLength(1);
  });
});

describe('reportWords', () => {
  const report = (of: Partial<SyncReport>): SyncReport => ({
    sent: 0,
    applied: 0,
    alreadyMine: 0,
    superseded: 0,
    changed: 0,
    notVisible: 0,
    rejected: 0,
    items: [],
    ...of,
  });
  it.each<[Partial<SyncReport>, string]>([
    [{}, 'No decision was sent.'],
    [{ sent: 1, applied: 1 }, 'The decision that was sent is in the audit database.'],
    [{ sent: 3, applied: 2, alreadyMine: 1 }, 'All 3 decisions that were sent are in the audit database.'],
    [
      { sent: 3, applied: 1, superseded: 2 },
      '1 of 3 decisions is in the audit database: 2 were decided by somebody else first.',
    ],
    [
      { sent: 2, changed: 1, rejected: 1 },
      'None of 2 decisions became the decision of record: 1 was not taken because the item had changed and 1 was rejected.',
    ],
    [
      { sent: 8, applied: 4, superseded: 2, changed: 2, rejected: 1, refusedHere: 1 },
      '4 of 9 decisions are in the audit database: 2 were decided by somebody else first, 2 were not taken because the item had changed and 1 was refused here and did not leave.',
    ],
  ])('%o', (of, words) => {
    expect(reportWords(report(of))).toBe(words);
  });

  it('does not speak of decisions where findings were published', () => {
    const anomalies = { sent: 0, published: [{}] } as unknown as SyncReport['anomalies'];
    expect(reportTitle(report({ anomalies }))).toBe('Sent to the audit database');
    expect(reportWords(report({ anomalies }))).toMatch(/No decision waited/);
    expect(reportTitle(report({}))).toBe('Decisions sent');
  });
});
