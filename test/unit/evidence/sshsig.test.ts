import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fingerprintOf } from '../../../src-main/evidence/public-key.ts';
import { parseSignature, signatureHolds } from '../../../src-main/evidence/sshsig.ts';
import { alice, signerOf } from './sample-input.ts';

const namespace = 'countersign-evidence-pack';
const message = Buffer.from('the signed bytes\n');
const armored = Buffer.from(alice.sign(namespace, message));

test('a signature holds for its message and namespace', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const signature = parseSignature(Buffer.from(alice.sign(namespace, bytes)));
      expect(signatureHolds(signature, namespace, bytes)).toBe(true);
      expect(fingerprintOf(signature.publicKey)).toBe(fingerprintOf(alice.publicKey));
    }),
    { numRuns: 50 },
  );
});

test('the same message and key always give the same text', () => {
  expect(alice.sign(namespace, message)).toBe(armored.toString());
  expect(signerOf(2).sign(namespace, message)).not.toBe(armored.toString());
});

test('it does not hold for another namespace, even when asked for that namespace', () => {
  const signature = parseSignature(armored);
  expect(signatureHolds(signature, 'countersign-checkpoint', message)).toBe(false);
  expect(signatureHolds({ ...signature, namespace: 'git' }, 'git', message)).toBe(false);
});

test('flipping any bit of the file makes it unreadable or wrong', () => {
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

test('Windows line endings throughout are read, a mixture is not', () => {
  const windows = armored.toString().replaceAll('\n', '\r\n');
  expect(signatureHolds(parseSignature(Buffer.from(windows)), namespace, message)).toBe(true);
  const mixed = armored.toString().replace('\n', '\r\n');
  expect(() => parseSignature(Buffer.from(mixed))).toThrow(/cannot be read/);
});

/** Takes the armor off, changes the bytes inside, and puts it on again. */
function rewrap(change: (blob: Buffer) => Buffer, columns = 70): Buffer {
  const blob = Buffer.from(armored.toString().split('\n').slice(1, -2).join(''), 'base64');
  const base64 = change(blob).toString('base64');
  const lines = base64.match(new RegExp(`.{1,${columns}}`, 'g')) ?? [];
  return Buffer.from(
    ['-----BEGIN SSH SIGNATURE-----', ...lines, '-----END SSH SIGNATURE-----', ''].join('\n'),
  );
}

test('another layout, more bytes and a signature of another length are refused', () => {
  expect(rewrap((blob) => blob).equals(armored)).toBe(true);
  expect(() => parseSignature(rewrap((blob) => blob, 64))).toThrow(/laid out/);
  expect(() => parseSignature(rewrap((blob) => Buffer.concat([blob, Buffer.from('x')])))).toThrow(/goes on/);
  const shorter = (blob: Buffer) => {
    const cut = Buffer.from(blob.subarray(0, -1));
    cut.writeUInt32BE(63, cut.length - 67);
    cut.writeUInt32BE(82, cut.length - 86);
    return cut;
  };
  expect(() => parseSignature(rewrap(shorter))).toThrow(/64 bytes/);
});

test('arbitrary bytes are refused with a sentence', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array(),
        fc.string().map((text) => Buffer.from(text)),
      ),
      (bytes) => {
        expect(() => parseSignature(bytes)).toThrow(/cannot be read/);
      },
    ),
  );
});

test('arbitrary fields inside a well-formed envelope are refused with a sentence', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const base64 = Buffer.concat([Buffer.from('SSHSIG\0\0\0\u0001'), bytes]).toString('base64');
      const lines = base64.match(/.{1,70}/g) ?? [];
      const text = `-----BEGIN SSH SIGNATURE-----\n${lines.join('\n')}\n-----END SSH SIGNATURE-----\n`;
      expect(() => parseSignature(Buffer.from(text))).toThrow(
        expect.objectContaining({ code: 'file-unreadable' }),
      );
    }),
  );
});
