// Whose a key is: what the ledger shows of it, and which acts it names when it shows nothing.
import { describe, expect, test } from 'vitest';
import {
  emptyKeyProofs,
  followKeyProofs,
  isUnprovenAct,
  proofOf,
  unprovenActs,
  type KeyEntry,
} from '../../../src-main/evidence/key-proofs.ts';

const key = (letter: string) => `SHA256:${letter.repeat(43)}`;
const [ritas, tesss, made, third] = [key('R'), key('T'), key('M'), key('N')];

let seq = 0;
const entry = (
  type: KeyEntry['type'],
  actor: string,
  subject: string | null,
  payload: KeyEntry['payload'] = {},
): KeyEntry => ({ id: `E${++seq}`, seq, type, actor, subject, payload });
const profile = (id: string, email: string) => entry('reviewer-changed', id, id, { id, email });
const created = (id: string, fingerprint: string, email: string, by?: string) =>
  entry('key-created', id, fingerprint, {
    fingerprint,
    identity: email,
    ...(by === undefined ? {} : { endorsement: { by, signature: 'checked elsewhere' } }),
  });
const takenUp = (id: string, fingerprint: string) => entry('key-taken-up', id, fingerprint, { fingerprint });
const rotated = (id: string, previous: string, fingerprint: string, endorsement: string | null) =>
  entry('key-rotated', id, fingerprint, { previous, fingerprint, identity: `${id}@x`, endorsement });
const pinned = () => entry('trust-changed', 'tess', null, { change: 'root-pinned' });
const endorsed = (fingerprint: string) =>
  entry('key-endorsed', 'tess', fingerprint, {
    fingerprint,
    identity: 'rita@x',
    list: { version: 1, sha256: 'ab'.repeat(32), signedBy: key('O') },
  });

function follow(...entries: KeyEntry[]) {
  const proofs = emptyKeyProofs();
  for (const one of entries) followKeyProofs(proofs, one);
  return proofs;
}
const rita = () => [profile('rita', 'rita@x'), created('rita', ritas, 'rita@x')];
const tess = () => [profile('tess', 'tess@x'), created('tess', tesss, 'tess@x')];

describe('a key is not endorsed', () => {
  test.each<[string, KeyEntry[], string, string]>([
    ['made for a known id', [profile('rita', 'rita@x'), created('rita', made, 'rita@x')], made, 'rita'],
    ['in another letter case', [profile('RITA', 'new@x'), created('RITA', made, 'new@x')], made, 'RITA'],
    ['under a new id with her address', [profile('r2', 'rita@x'), created('r2', made, 'rita@x')], made, 'r2'],
    ['another’s, taken up in her name', [profile('rita', 'tess@x'), takenUp('rita', tesss)], tesss, 'rita'],
    [
      'endorsed by a key that was linked to her by whoever took her name',
      [
        profile('rita', 'tess@x'),
        takenUp('rita', tesss),
        profile('rita', 'new@x'),
        created('rita', made, 'new@x', tesss),
      ],
      made,
      'rita',
    ],
    [
      'endorsed so under an alias of hers that has no key',
      [
        entry('aliases-changed', 'rita', 'rita', { reviewer: 'rita', after: ['r.admin'] }),
        profile('rita', 'tess@x'),
        takenUp('rita', tesss),
        profile('r.admin', 'tess@x'),
        takenUp('r.admin', tesss),
      ],
      tesss,
      'r.admin',
    ],
    [
      'endorsed by a key that is not endorsed itself',
      [profile('rita', 'rita@x'), created('rita', made, 'rita@x'), rotated('rita', made, third, 'signature')],
      third,
      'rita',
    ],
    [
      'a replacement of a lost one',
      [takenUp('rita', ritas), rotated('rita', ritas, made, null)],
      made,
      'rita',
    ],
  ])('%s', (_, more, fingerprint, holder) => {
    expect(proofOf(follow(...rita(), ...tess(), ...more), fingerprint, holder)).toBe('none');
  });
});

describe('a key is endorsed', () => {
  test.each<[string, KeyEntry[], string, string]>([
    ['by an earlier one', [profile('rita', 'new@x'), created('rita', made, 'new@x', ritas)], made, 'rita'],
    ['by a rotation', [takenUp('rita', ritas), rotated('rita', ritas, made, 'signature')], made, 'rita'],
  ])('%s', (_, more, fingerprint, holder) => {
    expect(proofOf(follow(...rita(), ...tess(), ...more), fingerprint, holder)).toBe('endorsed');
  });

  test('as a first one, also under a further id of the same person', () => {
    const proofs = follow(...rita(), ...tess(), profile('r2', 'rita@x'), takenUp('r2', ritas));
    expect(proofOf(proofs, ritas, 'rita')).toBe('first');
    expect(proofOf(proofs, ritas, 'r2')).toBe('endorsed');
  });

  test('by a list whose root key was here before, under a name she had before', () => {
    const replaced = () => [profile('rita', 'rita@x'), created('rita', made, 'rita@x')];
    expect(proofOf(follow(...rita(), pinned(), ...replaced(), endorsed(made)), made, 'rita')).toBe(
      'endorsed',
    );
    expect(proofOf(follow(...rita(), ...replaced(), pinned(), endorsed(made)), made, 'rita')).toBe('none');
    const elsewhere = [profile('rita', 'tess@x'), created('rita', made, 'tess@x')];
    const tried = follow(...rita(), ...tess(), pinned(), ...elsewhere, endorsed(made));
    expect(proofOf(tried, made, 'rita')).toBe('none');
  });
});

test('acts with such a key are named until it is endorsed, those of others never', () => {
  const [before, after] = [entry('decision', 'rita', 'r1'), entry('concurrence', 'rita', 'r2')];
  const others = entry('decision', 'tess', 'r3');
  const start = [
    ...rita(),
    before,
    pinned(),
    profile('rita', 'rita@x'),
    created('rita', made, 'rita@x'),
    after,
  ];
  const proofs = follow(...start, ...tess(), others);
  expect(unprovenActs(proofs)).toMatchObject([{ id: after.id, type: 'concurrence', fingerprint: made }]);
  expect(isUnprovenAct(proofs, before.id)).toBe(false);
  followKeyProofs(proofs, endorsed(made));
  expect(unprovenActs(proofs)).toEqual([]);
});

test.each([
  'campaign-opened',
  'campaign-decision',
  'campaign-conflict-closed',
  'campaign-attested',
  'campaign-closed',
  'campaign-sample-tested',
  'daily-review',
] as const)('%s with a key nobody vouches for is such an act', (type) => {
  const taken = [profile('rita', 'rita@x'), created('rita', made, 'rita@x')];
  const proofs = follow(...rita(), entry(type, 'rita', 'before'), ...taken, entry(type, 'rita', 'after'));
  expect(unprovenActs(proofs)).toMatchObject([{ type, subject: 'after', fingerprint: made }]);
});
