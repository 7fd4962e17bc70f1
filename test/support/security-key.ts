// Stands for a FIDO security key: signs as PROTOCOL.u2f of OpenSSH says one does, with a key made from a seed.
import { createPrivateKey, sign, type KeyObject } from 'node:crypto';
import { publicKeyOf, type PublicKey } from '../../src-main/evidence/public-key.ts';
import {
  encodeSecurityKeySignature,
  securityKeyBlob,
  securityKeyType,
  type Authenticator,
} from '../../src-main/evidence/security-key.ts';
import { createHash } from 'node:crypto';

const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

export type SecurityKey = {
  readonly publicKey: PublicKey;
  /** The signature field over these bytes. */
  readonly sign: (bytes: Uint8Array, authenticator?: Authenticator) => Buffer;
};

export const touched: Authenticator = { flags: 0x01, counter: 7 };

export function securityKey(seedByte: number, application = 'ssh:'): SecurityKey {
  const seed = Buffer.alloc(32, seedByte);
  const privateKey: KeyObject = createPrivateKey({
    key: Buffer.concat([pkcs8Prefix, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const raw = publicKeyOf(privateKey).blob.subarray(-32);
  const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest();
  return {
    publicKey: { type: securityKeyType, blob: securityKeyBlob(raw, application) },
    sign: (bytes, authenticator = touched) => {
      // Written out here once more, so that a mistake in the product's own layout shows.
      const tail = Buffer.alloc(5);
      tail.writeUInt8(authenticator.flags, 0);
      tail.writeUInt32BE(authenticator.counter, 1);
      const made = Buffer.concat([sha256(application), tail, sha256(bytes)]);
      return encodeSecurityKeySignature(sign(null, made, privateKey), authenticator);
    },
  };
}
