import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAllowedSigners } from '../../../src-main/evidence/allowed-signers.ts';
import { judgeSigner } from '../../../src-main/evidence/judge-signer.ts';
import {
  allowedSignersLine,
  assertIdentity,
  signerIdentity,
} from '../../../src-main/evidence/signer-identity.ts';
import { alice } from './sample-input.ts';

test('the e-mail address goes before the id', () => {
  expect(signerIdentity({ name: 'A', id: 'u-1', email: 'a@example.org' })).toBe('a@example.org');
  expect(signerIdentity({ name: 'A', id: 'u-1', email: null })).toBe('u-1');
});

test('every id becomes an identity that its own line pins, and no two become the same', () => {
  const id = fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' });
  const hostile = fc.string({
    minLength: 1,
    maxLength: 8,
    unit: fc.constantFrom(...' ",*?!#%\\\t\u0000aé'.split('')),
  });
  fc.assert(
    fc.property(fc.oneof(id, hostile), fc.oneof(id, hostile), (one, other) => {
      const identity = signerIdentity({ name: 'A', id: one, email: null });
      const question = { key: alice.publicKey, namespace: 'countersign-checkpoint', at: 0 };
      const signers = parseAllowedSigners(allowedSignersLine(identity, alice.publicKey), 'UTC');
      expect(judgeSigner(signers, { ...question, identity }).pinned).toBe(true);
      const others = signerIdentity({ name: 'B', id: other, email: null });
      expect(others === identity).toBe(one === other);
      expect(judgeSigner(signers, { ...question, identity: others }).pinned).toBe(one === other);
    }),
  );
});

test.each(['', 'two words', 'a,b', '*', 'a?', '!a', '"a"', '#a', 'a\nb', '50%'])(
  'the identity %j is refused',
  (identity) => {
    expect(() => assertIdentity(identity)).toThrow(/cannot be written/);
  },
);
