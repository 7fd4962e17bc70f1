// What may be recorded in the name of somebody who revoked their own key, before and after they have a new one.
import { expect, test } from 'vitest';
import type { LedgerAct } from '../../../src-main/review/act.ts';
import { ledgerWithReviewer } from '../../support/workspace.ts';

const [old, fresh] = [`SHA256:${'o'.repeat(43)}`, `SHA256:${'f'.repeat(43)}`];
const created = (fingerprint: string): LedgerAct => ({
  type: 'key-created',
  subject: fingerprint,
  actor: 'rita',
  payload: { publicKey: `ssh-ed25519 ${fingerprint}`, identity: 'rita@example.org' },
});
const revoked: LedgerAct = {
  type: 'key-revoked',
  subject: old,
  actor: 'rita',
  payload: {
    fingerprint: old,
    publicKey: 'ssh-ed25519 old',
    reason: 'The laptop is gone.',
    compromisedSince: null,
    revokedAt: '2026-11-16T00:00:00.000Z',
  },
};
const endOfSeries = (actor: string): LedgerAct => ({
  type: 'campaign-series-ended',
  subject: 'C',
  actor,
  payload: { campaign: 'C', reason: 'Done.', byName: actor },
});

test('nothing is recorded in the name of whoever revoked their key, until there is a new one', async () => {
  const ledger = ledgerWithReviewer();
  const record = (act: LedgerAct) => ledger.append(() => [act]);
  record(created(old));
  record(revoked);
  const before = ledger.entries().length;
  expect(() => record(endOfSeries('rita'))).toThrow(/was revoked.*Nothing was recorded/);
  const inSeries = ledger.appendSeries({
    holds: () => true,
    acts: async function* () {
      yield await Promise.resolve([endOfSeries('rita')]);
    },
    signal: new AbortController().signal,
    progress: () => undefined,
  });
  await expect(inSeries).rejects.toThrow(/was revoked/);
  expect(ledger.entries()).toHaveLength(before);
  // Of somebody else it says nothing; and whoever reviews here, or with which key, has to be recordable.
  record({
    type: 'reviewer-changed',
    subject: 'rita',
    actor: 'rita',
    payload: { name: 'Rita', id: 'rita', email: null },
  });
  record(created(fresh));
  expect(() => record(endOfSeries('rita'))).not.toThrow();
});
