// The past of review items as the mirror kept it: what was there from the beginning, what came later, and how each was first.
import { expect, test } from 'vitest';
import { firstSights } from '../../../src-main/evidence/first-sights.ts';
import { mirrorQueue } from '../../../src-main/store/cache/server-reviews.ts';
import { openStation } from '../../support/station.ts';
import { makeEvent, mirror } from '../../support/workspace.ts';

const row = {
  tenantId: 'primary',
  auditLogId: null,
  action: 'role.grant',
  actorId: 'bob',
  dueAtMicroseconds: Date.parse('2026-12-01T00:00:00Z') * 1000,
  reviewerId: null,
  reviewedAtMicroseconds: null,
  notes: null,
};

test('an item is what the first reading showed, however often it changed since', async () => {
  const { cache } = await openStation();
  expect(firstSights(cache)).toBeUndefined();
  mirror(cache, [makeEvent({})]);
  const read = (hour: number, rows: readonly (typeof row & { id: string })[]) =>
    mirrorQueue(cache, { rows, readAtMicroseconds: Date.UTC(2026, 10, 20, hour) * 1000 }, () => undefined);
  read(8, [
    { ...row, id: 'stays' },
    { ...row, id: 'changes' },
    { ...row, id: 'goes' },
  ]);
  read(9, [
    { ...row, id: 'stays' },
    { ...row, id: 'changes', action: 'role.revoke' },
    { ...row, id: 'comes' },
  ]);
  const sight = firstSights(cache);
  const facts = {
    tenant: 'primary',
    auditLogId: null,
    action: 'role.grant',
    actor: 'bob',
    dueAt: expect.stringMatching(/^2026-12-01T00:00:00/),
  };
  for (const id of ['stays', 'changes', 'goes'])
    expect(sight?.(id), id).toEqual({
      before: facts,
      seenAt: expect.stringMatching(/^2026-11-20T08/),
      isFromBeginning: true,
    });
  expect(sight?.('comes')).toEqual({
    before: facts,
    seenAt: expect.stringMatching(/^2026-11-20T09/),
    isFromBeginning: false,
  });
  expect(sight?.('never')).toBeNull();
});
