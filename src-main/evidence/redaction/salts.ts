// The salts of a redacted pack: derived from a secret that stays at home, one for each value and pack.
import { createHmac, randomBytes } from 'node:crypto';
import { tokenOf } from './tokens.ts';

export type Salts = {
  /** 32 bytes: HMAC-SHA-256 of the pack's nonce and the value, under the secret. */
  readonly saltOf: (value: string) => Buffer;
  readonly tokenOf: (value: string) => string;
};

/** @param nonce another for every redacted pack, so that nobody can compare the tokens of two */
export function saltsOf(secret: Buffer, nonce: string): Salts {
  const saltOf = (value: string) =>
    createHmac('sha256', secret).update(`countersign redaction\0${nonce}\0${value}`, 'utf8').digest();
  return { saltOf, tokenOf: (value) => tokenOf(saltOf(value), value) };
}

/** 32 hex digits. */
export const newNonce = (): string => randomBytes(16).toString('hex');
