// The key in use first, other people's keys apart.
import { expect, test } from 'vitest';
import type { OwnKey } from '../../../../src-shared/model/keys.ts';
import { keysInOrder } from '../../../../src-renderer/screens/settings/key-order.ts';

const key = (fingerprint: string, use: OwnKey['use'], holder: string | null): OwnKey => ({
  fingerprint,
  publicKey: '',
  allowedSigners: '',
  identity: '',
  sealedBy: 'passphrase',
  createdAt: '2026-11-21T00:00:00Z',
  hex: '',
  words: [],
  use,
  holder: holder === null ? null : { id: holder, name: holder },
  isHere: true,
  validAfter: null,
  validBefore: null,
  replacedBy: null,
  isEndorsed: null,
  revocation: null,
  revocationLine: null,
});

test('keys by whose they are', () => {
  const keys = [
    key('old', 'replaced', 'rita'),
    key('now', 'signing', 'rita'),
    key('whose', 'idle', null),
    key('otto', 'idle', 'otto'),
  ];
  const { own, others } = keysInOrder(keys, 'rita');
  expect(own.map(({ fingerprint }) => fingerprint)).toEqual(['now', 'whose', 'old']);
  expect(others.map(({ fingerprint }) => fingerprint)).toEqual(['otto']);
  expect(keysInOrder(keys, null).others).toEqual([]);
});
