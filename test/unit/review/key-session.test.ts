import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newSeed, signerOfSeed } from '../../../src-main/evidence/keys.ts';
import { fingerprintOf } from '../../../src-main/evidence/public-key.ts';
import { createKeySession } from '../../../src-main/review/key-session.ts';

const minute = 60_000;
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function session(idleMinutes = 15) {
  const seed = newSeed();
  const fingerprint = fingerprintOf(signerOfSeed(seed).publicKey);
  const lastUses: string[] = [];
  const keySession = createKeySession({
    nowMs: () => Date.now(),
    idleMs: () => idleMinutes * minute,
    beforeIdleLock: (signer) => void lastUses.push(fingerprintOf(signer.publicKey)),
  });
  keySession.unlock(fingerprint, seed);
  return { keySession, seed, fingerprint, lastUses };
}
const wiped = Buffer.alloc(32);

test('an unlocked key signs, another one does not', () => {
  const { keySession, fingerprint } = session();
  const signer = keySession.signer(fingerprint);
  expect(signer && fingerprintOf(signer.publicKey)).toBe(fingerprint);
  expect(keySession.signer('SHA256:other')).toBeNull();
});

test('locking wipes it', () => {
  const { keySession, fingerprint, seed } = session();
  keySession.lock();
  expect(keySession.signer(fingerprint)).toBeNull();
  expect(keySession.lockedAtMs()).toBeNull();
  expect(seed).toEqual(wiped);
});

test('it is wiped when nobody does anything, after a last use', () => {
  const { keySession, fingerprint, seed, lastUses } = session();
  vi.advanceTimersByTime(10 * minute);
  keySession.touch();
  vi.advanceTimersByTime(14 * minute);
  expect(keySession.signer(fingerprint)).not.toBeNull();
  expect(lastUses).toEqual([]);
  vi.advanceTimersByTime(minute);
  expect(seed).toEqual(wiped);
  expect(lastUses).toEqual([fingerprint]);
  expect(keySession.signer(fingerprint)).toBeNull();
});

test('asking for the signer is not using it', () => {
  const { keySession, fingerprint, seed } = session();
  for (let passed = 0; passed < 15; passed += 1) {
    keySession.signer(fingerprint);
    vi.advanceTimersByTime(minute);
  }
  expect(seed).toEqual(wiped);
});

test('a computer that slept, and a clock that was put back, do not lengthen the time', () => {
  for (const hours of [3, -3]) {
    const { keySession, fingerprint, seed, lastUses } = session();
    // The clock moves, and no timer with it.
    vi.setSystemTime(Date.now() + hours * 60 * minute);
    expect(keySession.signer(fingerprint)).toBeNull();
    expect(seed).toEqual(wiped);
    expect(lastUses).toEqual([]);
  }
});

test('a timer that comes hours late wipes without a last use', () => {
  const { seed, lastUses } = session();
  vi.setSystemTime(Date.now() + 3 * 60 * minute);
  vi.advanceTimersByTime(15 * minute);
  expect(seed).toEqual(wiped);
  expect(lastUses).toEqual([]);
});

test('unlocking another key wipes the one before', () => {
  const { keySession, seed, fingerprint } = session();
  const next = newSeed();
  keySession.unlock(fingerprintOf(signerOfSeed(next).publicKey), next);
  expect(seed).toEqual(wiped);
  expect(keySession.signer(fingerprint)).toBeNull();
});
