// What can be put on record about a key, by whom; and how it reads whether anything vouches for it.
import { describe, expect, test } from 'vitest';
import type { OwnKey } from '../../../../src-shared/model/keys.ts';
import { standingOf } from '../../../../src-renderer/domain/key-standing.ts';
import { sayingAbout } from '../../../../src-renderer/screens/settings/key-saying.ts';

const at = '2026-11-21T00:00:00.000Z';
const said = { fingerprint: '', publicKey: '', reason: 'stolen' };
const revoked = (compromisedSince: string | null) => ({
  revocation: { ...said, revokedAt: at, compromisedSince },
});
const reported = { report: { ...said, reportedAt: at, compromisedSince: null } };

const key = (more: Partial<OwnKey> = {}): OwnKey => ({
  fingerprint: 'SHA256:own',
  publicKey: '',
  allowedSigners: '',
  identity: '',
  sealedBy: 'passphrase',
  createdAt: at,
  hex: '',
  words: [],
  use: 'idle',
  holder: { id: 'rita', name: 'Rita' },
  isHere: true,
  validAfter: null,
  validBefore: null,
  replacedBy: null,
  isEndorsed: null,
  revocation: null,
  revocationLine: null,
  ...more,
});

describe('about a key', () => {
  const signing = (isEndorsed: boolean | null) => key({ use: 'signing', isEndorsed });
  const about = (subject: OwnKey, reviewerId: string | null = 'rita', present = signing(null)) =>
    sayingAbout(subject, { keys: [present, subject], reviewerId });

  test('its holder revokes it, anybody else reports it, nobody in particular does neither', () => {
    expect(about(key())).toBe('revoke');
    expect(about(key(), 'otto')).toBe('report');
    expect(about(key({ holder: null }))).toBe('report');
    expect(about(key(), null)).toBeNull();
  });

  test('whoever is here with a key that nothing vouches for is not its holder', () => {
    expect(about(key(), 'rita', signing(false))).toBe('report');
    expect(about(key(), 'rita', signing(true))).toBe('revoke');
  });

  test('a report is no revocation: the holder can still revoke, others have said all', () => {
    expect(about(key(reported))).toBe('revoke');
    expect(about(key(reported), 'otto')).toBeNull();
  });

  test('a revocation is widened by the holder while it reaches back to a time', () => {
    expect(about(key(revoked(at)))).toBe('widen');
    expect(about(key(revoked(null)))).toBeNull();
    expect(about(key(revoked(at)), 'otto')).toBeNull();
  });
});

test('whether anything vouches for it', () => {
  expect(standingOf({ isEndorsed: null, use: 'signing' })).toBe('first');
  expect(standingOf({ isEndorsed: true, use: 'replaced' })).toBe('endorsed');
  expect(standingOf({ isEndorsed: false, use: 'signing' })).toBe('none');
  expect(standingOf({ isEndorsed: false, use: 'idle' })).toBe('none');
  expect(standingOf({ isEndorsed: false, use: 'revoked' })).toBe('neverShown');
});
