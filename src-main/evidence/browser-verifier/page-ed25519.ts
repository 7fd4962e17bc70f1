// Whether an Ed25519 signature holds, by the rule of the OpenSSL in Node, so that no signature is judged differently here.
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';

const { Point } = ed25519;
const order = Point.Fn.ORDER;
const half = 32;

const integerOf = (littleEndian: Uint8Array): bigint =>
  littleEndian.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

/** The point that 32 bytes write; null when they write none, or one of small order, with which anything can be signed. */
function pointOf(bytes: Uint8Array) {
  try {
    const point = Point.fromBytes(bytes, true);
    return point.isSmallOrder() ? null : point;
  } catch {
    // Bytes that are no point are a signature that does not hold.
    return null;
  }
}

/**
 * RFC 8032, 5.1.7 without cofactor: encode([S]B − [k]A) = R with k = SHA-512(R ‖ A ‖ message) and S < L.
 * @param signature R ‖ S, 64 bytes
 * @param publicKey 32 bytes
 */
export function holdsEd25519(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== 2 * half || publicKey.length !== half) return false;
  const claimed = signature.subarray(0, half);
  const scalar = integerOf(signature.subarray(half));
  const key = pointOf(publicKey);
  if (scalar >= order || key === null || pointOf(claimed) === null) return false;
  const challenge =
    integerOf(sha512.create().update(claimed).update(publicKey).update(message).digest()) % order;
  const found = Point.BASE.multiplyUnsafe(scalar).subtract(key.multiplyUnsafe(challenge)).toBytes();
  return found.every((byte, at) => byte === claimed[at]);
}
