// With which keys people acted is followed through the ledger, and what was done with one after it was revoked is numbered.
import { expect, test } from 'vitest';
import type { LedgerEntry } from '../../../../src-shared/model/evidence.ts';
import { actingKeys } from '../../../../src-main/evidence/checks/acting-keys.ts';

type Act = readonly [type: LedgerEntry['type'], actor: string, key?: string];

function foundIn(...acts: readonly Act[]) {
  const { add, found } = actingKeys();
  acts.forEach(([type, actor, key = null], index) => {
    const payload =
      type === 'key-created' ? { publicKey: `ssh ${key}`, identity: `${actor}@example.org` } : {};
    const entry = {
      v: 1,
      seq: index + 1,
      id: `E${index}`,
      hlc: '',
      mono: 0,
      prev: '',
      tenant: null,
    } as const;
    const wall_time = '2026-11-21T10:00:00.000Z';
    add({ ...entry, type, subject: key, actor, wall_time, offset_ms: null, payload });
  });
  return found();
}

test('acts count for the key in use, and those after its revocation are named', () => {
  const made: Act = ['key-created', 'rita', 'R'];
  const found = foundIn(
    made,
    ['campaign-decision', 'rita'],
    ['key-revoked', 'rita', 'R'],
    ['campaign-decision', 'rita'],
    ['checkpoint', 'rita'],
  );
  expect(found).toEqual([
    expect.objectContaining({ fingerprint: 'R', publicKey: 'ssh R', acts: 2, afterRevocation: [4] }),
  ]);
});

test('a key taken up again keeps its particulars, and acts of somebody else are not its own', () => {
  const found = foundIn(
    ['key-created', 'rita', 'R'],
    ['key-created', 'olga', 'O'],
    ['campaign-decision', 'rita'],
    ['key-taken-up', 'rita', 'R'],
    ['campaign-attested', 'rita'],
  );
  expect(found.filter(({ acts }) => acts > 0)).toEqual([
    expect.objectContaining({ holder: 'rita', identity: 'rita@example.org', acts: 1, afterRevocation: [] }),
  ]);
});
