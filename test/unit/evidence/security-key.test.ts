import { expect, test } from 'vitest';
import {
  decodePublicKey,
  fingerprintOf,
  formatPublicKey,
  parsePublicKey,
} from '../../../src-main/evidence/public-key.ts';
import { parseSignature, prepareSignature, signatureHolds } from '../../../src-main/evidence/sshsig.ts';
import { wireString } from '../../../src-main/evidence/ssh-wire.ts';
import { securityKey, touched } from '../../support/security-key.ts';
import { alice } from './sample-input.ts';

const namespace = 'countersign-evidence-pack';
const message = Buffer.from('the signed bytes\n');
const key = securityKey(9);
const armor = (change: (field: Buffer) => Buffer = (field) => field, mark = touched, by = key) => {
  const { bytes, finish } = prepareSignature(key.publicKey, namespace, message);
  return Buffer.from(finish(change(by.sign(bytes, mark))));
};

test('a touched security key’s signature holds, and says with which flags and counter', () => {
  const signature = parseSignature(armor());
  expect(signature.authenticator).toEqual({ flags: 1, counter: 7 });
  expect(signatureHolds(signature, namespace, message)).toBe(true);
  expect(signatureHolds(signature, 'countersign-checkpoint', message)).toBe(false);
  expect(signatureHolds(signature, namespace, Buffer.from('other bytes\n'))).toBe(false);
});

test('one that nobody touched does not hold, whatever else it says', () => {
  expect(signatureHolds(parseSignature(armor(undefined, { flags: 0, counter: 7 })), namespace, message)).toBe(
    false,
  );
  expect(signatureHolds(parseSignature(armor(undefined, { flags: 4, counter: 7 })), namespace, message)).toBe(
    false,
  );
  expect(signatureHolds(parseSignature(armor(undefined, { flags: 5, counter: 7 })), namespace, message)).toBe(
    true,
  );
});

test('flags and counter are part of what is signed', () => {
  const signature = parseSignature(armor());
  for (const authenticator of [
    { flags: 5, counter: 7 },
    { flags: 1, counter: 8 },
  ])
    expect(signatureHolds({ ...signature, authenticator }, namespace, message)).toBe(false);
  expect(signatureHolds({ ...signature, authenticator: null }, namespace, message)).toBe(false);
});

test('so is the application the key was made for', () => {
  const elsewhere = securityKey(9, 'ssh:elsewhere');
  expect(signatureHolds(parseSignature(armor(undefined, touched, elsewhere)), namespace, message)).toBe(
    false,
  );
});

test('a signature of another type than its key, a short one and a long one are refused', () => {
  const plain = Buffer.concat([wireString('ssh-ed25519'), wireString(Buffer.alloc(64))]);
  expect(() => parseSignature(armor(() => plain))).toThrow(/another type than the key/);
  expect(() => parseSignature(armor((field) => field.subarray(0, -1)))).toThrow(/ends in the middle/);
  expect(() => parseSignature(armor((field) => Buffer.concat([field, Buffer.of(0)])))).toThrow(/goes on/);
  const { bytes, finish } = prepareSignature(alice.publicKey, namespace, message);
  expect(() => parseSignature(Buffer.from(finish(key.sign(bytes))))).toThrow(/another type than the key/);
});

test('flipping any bit makes it unreadable or wrong', () => {
  const armored = armor();
  const survivors = [];
  for (let bit = 0; bit < armored.length * 8; bit++) {
    const changed = Buffer.from(armored);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    try {
      if (signatureHolds(parseSignature(changed), namespace, message)) survivors.push(bit);
    } catch (error) {
      expect(error).toMatchObject({ code: 'file-unreadable' });
    }
  }
  expect(survivors).toEqual([]);
});

test('its public key is read and written like any other, and refused when it is cut', () => {
  const text = formatPublicKey(key.publicKey);
  expect(text).toMatch(/^sk-ssh-ed25519@openssh\.com AAAA/);
  expect(fingerprintOf(parsePublicKey(text))).toBe(fingerprintOf(key.publicKey));
  for (let length = 0; length < key.publicKey.blob.length; length += 1)
    expect(() => decodePublicKey(key.publicKey.blob.subarray(0, length))).toThrow(/./);
  expect(() => decodePublicKey(Buffer.concat([key.publicKey.blob, Buffer.of(0)]))).toThrow(/goes on/);
});
