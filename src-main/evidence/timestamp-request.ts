// Asks a timestamp authority about a signature file (RFC 3161 section 2.4.1), and checks that a reply answers that very question.
import { createHash } from 'node:crypto';
import { Integer, Null, OctetString } from 'asn1js';
import { AlgorithmIdentifier, MessageImprint, TimeStampReq } from 'pkijs';
import { Problem } from '#shared/model/problem.ts';
import { sha256Identifier } from './timestamp-algorithms.ts';
import type { TimestampAnswer, TimestampJudge } from './timestamp-judge.ts';
import { parseTimestamp } from './timestamp-token.ts';

export const nonceBytes = 16;

/** A positive integer of fixed length in DER: its first bit is 0, its second 1. */
function nonceInteger(random: Uint8Array): Integer {
  if (random.length !== nonceBytes) throw new TypeError(`A nonce has ${nonceBytes} bytes.`);
  const bytes = Uint8Array.from(random);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return new Integer({ valueHex: bytes });
}

/** The TimeStampReq in DER: SHA-256 of the bytes, a nonce, and the wish for the certificate. */
export function timestampRequest(signature: Uint8Array, random: Uint8Array): Uint8Array {
  const digest = createHash('sha256').update(signature).digest();
  const request = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithmId: sha256Identifier, algorithmParams: new Null() }),
      hashedMessage: new OctetString({ valueHex: digest }),
    }),
    nonce: nonceInteger(random),
    certReq: true,
  });
  return new Uint8Array(request.toSchema().toBER());
}

export type ReplyQuestion = {
  readonly signature: Uint8Array;
  /** The random bytes of the request. */
  readonly random: Uint8Array;
  readonly judge: TimestampJudge;
};

const refuse = (what: string, cause?: unknown) =>
  new Problem('refused', `The timestamp service gave no usable timestamp: ${what} Nothing was added.`, {
    next: 'Try again later, or name another service.',
    cause,
  });

/**
 * Checks a reply before it is kept: status, imprint, nonce, signature and, where authorities were named, certificates.
 * @throws Problem `refused`
 */
export function checkReply(reply: Uint8Array, { signature, random, judge }: ReplyQuestion): TimestampAnswer {
  const answer = judge({ token: reply, signature });
  if (answer.standing === 'refused') throw refuse(answer.reason);
  const { nonce } = parseTimestamp(reply).info;
  if (nonce === undefined || !nonce.isEqual(nonceInteger(random))) {
    throw refuse('Its reply answers another request.');
  }
  return answer;
}
