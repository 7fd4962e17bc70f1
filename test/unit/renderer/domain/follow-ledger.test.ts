// What makes every list be read again.
import { expect, it } from 'vitest';
import type { WorkspaceStatus } from '../../../../src-shared/model/workspace.ts';
import { markOf } from '../../../../src-renderer/domain/follow-ledger.ts';

const counts = {
  ledgerEntries: 3,
  lastRefresh: null,
  reviews: 9,
  queueDepth: 4,
  overdue: 1,
  decided: 2,
  unsent: 1,
  awaitingSecond: 0,
  conflicts: 0,
  closedConflicts: 0,
  corroborations: 0,
  findings: 5,
  openFindings: 5,
};
const status = (of: object = {}) =>
  ({ ...counts, now: '2026-11-16T12:00:00.000Z', ...of }) as WorkspaceStatus;

it('is another entry, another count or another refresh, and not that time passes', () => {
  expect(markOf(status({ now: '2026-11-16T12:00:03.000Z' }))).toBe(markOf(status()));
  for (const name of ['ledgerEntries', 'queueDepth', 'overdue', 'conflicts', 'openFindings', 'unsent'])
    expect(markOf(status({ [name]: 77 })), name).not.toBe(markOf(status()));
  expect(markOf(status({ lastRefresh: { finishedAt: '2026-11-16T11:00:00.000Z' } }))).not.toBe(
    markOf(status()),
  );
});
