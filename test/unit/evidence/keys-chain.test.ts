import { describe, expect, test } from 'vitest';
import {
  describeKeyChanges,
  emptyKeyChain,
  holdingText,
  rotationText,
  takeKeyEntry,
  type KeyChain,
} from '../../../src-main/evidence/keys-chain.ts';
import { fingerprintOf, formatPublicKey } from '../../../src-main/evidence/public-key.ts';
import type { Signer } from '../../../src-main/evidence/sshsig.ts';
import type { LedgerEntry } from '../../../src-shared/model/evidence.ts';
import { alice, signerOf } from './sample-input.ts';

const ledger = 'ab'.repeat(32);
const namespace = 'countersign-key-rotation';
const at = '2026-11-20T12:00:00.000Z';
const bob = signerOf(2);
const carol = signerOf(3);
const of = (signer: Signer) => fingerprintOf(signer.publicKey);

const entry = (
  type: LedgerEntry['type'],
  payload: Record<string, unknown>,
  subject: string,
): LedgerEntry => ({
  v: 1,
  seq: 2,
  id: 'x',
  type,
  tenant: null,
  subject,
  actor: 'rita',
  wall_time: at,
  offset_ms: null,
  mono: 0,
  hlc: '',
  payload,
  prev: ledger,
});
const created = (signer: Signer) => entry('key-created', { fingerprint: of(signer) }, of(signer));
const reported = (signer: Signer) =>
  entry(
    'key-reported',
    {
      fingerprint: of(signer),
      publicKey: formatPublicKey(signer.publicKey),
      reportedAt: at,
      compromisedSince: null,
      reason: 'so I heard',
    },
    of(signer),
  );
const takenUp = (signer: Signer) => entry('key-taken-up', { fingerprint: of(signer) }, of(signer));
function rotated(
  from: Signer,
  to: Signer,
  changes: Record<string, unknown> = {},
  firstHash = ledger,
): LedgerEntry {
  const claim = {
    previous: of(from),
    fingerprint: of(to),
    publicKey: formatPublicKey(to.publicKey),
    rotatedAt: at,
  };
  const text = rotationText({ ...claim, ledger: firstHash });
  const payload = {
    ...claim,
    identity: 'rita@example.org',
    sealedBy: 'passphrase',
    reason: 'yearly',
    endorsement: from.sign(namespace, text),
    acceptance: to.sign(namespace, text),
    ...changes,
  };
  return entry('key-rotated', payload, payload.fingerprint);
}
const revoked = (signer: Signer, changes: Record<string, unknown> = {}) =>
  entry(
    'key-revoked',
    {
      fingerprint: of(signer),
      publicKey: formatPublicKey(signer.publicKey),
      revokedAt: at,
      compromisedSince: null,
      reason: 'stolen',
      ...changes,
    },
    of(signer),
  );

/** The first fault, or the chain when all entries hold. */
function follow(...entries: LedgerEntry[]): string | KeyChain {
  const chain = emptyKeyChain();
  for (const one of entries) {
    const fault = takeKeyEntry(chain, one, ledger);
    if (fault !== null) return fault;
  }
  return chain;
}

test('each key is replaced by the next and no longer signs', () => {
  const chain = follow(created(alice), rotated(alice, bob), rotated(bob, carol));
  expect(chain).toMatchObject({
    usable: new Set([of(carol)]),
    retired: new Set([of(alice), of(bob)]),
    newest: of(carol),
    endorsed: 2,
    notEndorsed: 0,
  });
});

test('a key that is taken up again is the one in use, as one that earlier versions recorded twice', () => {
  for (const again of [takenUp, created]) {
    const chain = follow(created(alice), created(bob), again(alice), rotated(alice, carol));
    expect(chain).toMatchObject({ newest: of(carol), endorsed: 1 });
  }
});

test('one that was lost does not endorse, and that is said', () => {
  const chain = follow(created(alice), rotated(alice, bob, { endorsement: null }));
  expect(chain).toMatchObject({ endorsed: 0, notEndorsed: 1, usable: new Set([of(bob)]) });
  expect(describeKeyChanges(chain as KeyChain)).toMatch(/once not endorsed/);
  expect(describeKeyChanges(follow(created(alice)) as KeyChain)).toBeNull();
});

test('after a revocation a new key may follow, without the word of the revoked one', () => {
  expect(follow(created(alice), revoked(alice), rotated(alice, bob, { endorsement: null }))).toMatchObject({
    usable: new Set([of(bob)]),
    revoked: new Set([of(alice)]),
  });
});

describe('a fault is', () => {
  test.each<[string, LedgerEntry[], RegExp]>([
    [
      'an endorsement by a revoked key',
      [created(alice), revoked(alice), rotated(alice, bob)],
      /revoked before/,
    ],
    ['a key taken up that nobody knows', [created(alice), takenUp(bob)], /takes up a key/],
    [
      'a key taken up after it was replaced',
      [created(alice), rotated(alice, bob), takenUp(alice)],
      /brings back/,
    ],
    ['a key that comes back', [created(alice), rotated(alice, bob), rotated(bob, alice)], /brings back/],
    [
      'a key created again after it was replaced',
      [created(alice), rotated(alice, bob), created(alice)],
      /brings back/,
    ],
    [
      'a rotation of a key that is not in use',
      [created(alice), created(bob), rotated(alice, carol)],
      /not the one in use/,
    ],
    ['a rotation of nothing', [rotated(alice, bob)], /not the one in use/],
    ['a rotation to the same key', [created(alice), rotated(alice, alice)], /by itself/],
    [
      'an endorsement by somebody else',
      [created(alice), rotated(alice, bob, { endorsement: rotated(carol, bob).payload['endorsement'] })],
      /not by the key before/,
    ],
    [
      'a signature of the old key for another purpose',
      [
        created(alice),
        rotated(alice, bob, { endorsement: alice.sign('countersign-checkpoint', Buffer.from('x')) }),
      ],
      /not by the key before/,
    ],
    [
      'what was signed for another ledger',
      [created(alice), rotated(alice, bob, {}, 'cd'.repeat(32))],
      /did not sign it/,
    ],
    [
      'another time than what was signed',
      [created(alice), rotated(alice, bob, { rotatedAt: '2026-01-01T00:00:00.000Z' })],
      /did not sign it/,
    ],
    [
      'a key that somebody merely names',
      [created(alice), rotated(alice, bob, { acceptance: alice.sign(namespace, Buffer.from('x')) })],
      /did not sign it/,
    ],
    [
      'another public key than the fingerprint says',
      [created(alice), rotated(alice, bob, { publicKey: formatPublicKey(carol.publicKey) })],
      /another key than its fingerprint/,
    ],
    [
      'more than a rotation says',
      [created(alice), rotated(alice, bob, { extra: 1 })],
      /without the particulars/,
    ],
    [
      'a signature that cannot be read',
      [created(alice), rotated(alice, bob, { endorsement: 'x' })],
      /not by the key before/,
    ],
    ['the revocation of a key nobody knows', [created(alice), revoked(bob)], /does not know/],
    [
      'a revocation that names another key',
      [created(alice), revoked(alice, { publicKey: formatPublicKey(bob.publicKey) })],
      /another key/,
    ],
    [
      'a revocation that says too little',
      [created(alice), revoked(alice, { reason: undefined })],
      /without the particulars/,
    ],
  ])('%s', (_, entries, sentence) => {
    expect(follow(...entries)).toMatch(sentence);
  });
});

describe('a further key of the same reviewer', () => {
  const further = (
    by: Signer,
    to: Signer,
    signer = by,
    { holder = 'rita', type = 'key-created' }: { holder?: string; type?: LedgerEntry['type'] } = {},
  ): LedgerEntry => {
    const claim = { ledger, holder, by: of(by), fingerprint: of(to) };
    const signature = signer.sign(namespace, holdingText(claim));
    return entry(type, { fingerprint: of(to), endorsement: { by: of(by), signature } }, of(to));
  };

  test('comes with the signature of an earlier one', () => {
    const usable = new Set([of(alice), of(bob)]);
    expect(follow(created(alice), further(alice, bob))).toMatchObject({ newest: of(bob), usable });
    const again = further(alice, bob, alice, { type: 'key-taken-up' });
    expect(follow(created(alice), created(bob), again)).toMatchObject({ newest: of(bob), usable });
  });

  test.each<[string, LedgerEntry[], RegExp]>([
    ['signed by another', [created(alice), further(alice, bob, carol)], /not by the key it names/],
    [
      'signed for another reviewer',
      [created(alice), further(alice, bob, alice, { holder: 'otto' })],
      /not by the key/,
    ],
    ['by a key nobody knows', [created(alice), further(carol, bob)], /not in use/],
    ['by a revoked key', [created(alice), revoked(alice), further(alice, bob)], /not in use/],
    ['by a reported key', [created(alice), reported(alice), further(alice, bob)], /not in use/],
  ])('%s', (_, entries, sentence) => {
    expect(follow(...entries)).toMatch(sentence);
  });

  test('is named where nothing shows whose it is', () => {
    const chain = emptyKeyChain();
    for (const one of [created(alice), created(bob)]) expect(takeKeyEntry(chain, one, ledger)).toBe(null);
    expect(describeKeyChanges(chain)).toBe(
      `Not endorsed: nothing here shows that the person before holds the key of rita (${of(bob)}, entry 2).`,
    );
  });
});

test('a reported key signs nothing more, and does not come back', () => {
  expect(follow(created(alice), reported(alice), created(alice))).toMatch(/brings back/);
  expect(follow(created(alice), reported(alice), rotated(alice, bob))).toMatch(/revoked before/);
  expect(follow(created(alice), reported(bob))).toMatch(/reports a key that the ledger does not know/);
  expect(follow(created(alice), entry('key-reported', { fingerprint: of(alice) }, of(alice)))).toMatch(
    /particulars/,
  );
});
