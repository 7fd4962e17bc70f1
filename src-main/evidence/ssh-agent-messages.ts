// The two questions put to an ssh-agent and how its answers are read (draft-ietf-sshm-ssh-agent): which keys, and sign.
import { Problem } from '#shared/model/problem.ts';
import { wireString, WireReader } from './ssh-wire.ts';

/** OpenSSH's agents send and take no longer messages. */
export const longestMessageBytes = 256 * 1024;

const codes = { failure: 5, listRequest: 11, listAnswer: 12, signRequest: 13, signAnswer: 14 } as const;
const lengthBytes = 4;
const mostIdentities = 2048;

/** A key an agent offers, as it offers it: nothing about it has been checked. */
export type OfferedIdentity = {
  /** The wire encoding of the public key. */
  readonly blob: Buffer;
  /** Whatever text the agent keeps with the key; may hold anything. */
  readonly comment: string;
};

export const wrongAnswer = (what: string, cause?: unknown): Problem =>
  new Problem(
    'file-unreadable',
    `The ssh-agent gave an answer that ${what}. Nothing was signed or changed.`,
    {
      next: 'Look at it with “ssh-add -l”; restart the agent, or name another one in SSH_AUTH_SOCK.',
      cause,
    },
  );

function framed(code: number, ...fields: readonly Uint8Array[]): Buffer {
  return wireString(Buffer.concat([Buffer.from([code]), ...fields]));
}

export const listRequest = (): Buffer => framed(codes.listRequest);

/** Asks for a signature over these bytes with this key; no flags, which only RSA has a use for. */
export function signRequest(blob: Uint8Array, bytes: Uint8Array): Buffer {
  return framed(codes.signRequest, wireString(blob), wireString(bytes), Buffer.alloc(4));
}

/**
 * The body of the first message in what has arrived, null while it is not complete.
 * @throws Problem `file-unreadable` for one that is empty or longer than any agent sends, and for bytes behind it: an
 * agent answers each question once.
 */
export function firstMessage(received: Buffer): Buffer | null {
  if (received.length < lengthBytes) return null;
  const length = received.readUInt32BE(0);
  if (length === 0 || length > longestMessageBytes) throw wrongAnswer('has an impossible length');
  if (received.length < lengthBytes + length) return null;
  if (received.length > lengthBytes + length) throw wrongAnswer('goes on after its end');
  return received.subarray(lengthBytes);
}

function reading<Answer>(message: Buffer, code: number, read: (reader: WireReader) => Answer): Answer {
  const reader = new WireReader(message);
  const isExpected = message.length > 0 && reader.take(1).readUInt8(0) === code;
  if (!isExpected) throw wrongAnswer('is to another question');
  try {
    const answer = read(reader);
    reader.end();
    return answer;
  } catch (cause) {
    if (!(cause instanceof Problem)) throw cause;
    throw wrongAnswer('cannot be read', cause);
  }
}

const isFailure = (message: Buffer): boolean => message.length > 0 && message[0] === codes.failure;

/** @throws Problem `refused` when the agent lists nothing, `file-unreadable` for any other answer than a list. */
export function readListAnswer(message: Buffer): OfferedIdentity[] {
  if (isFailure(message))
    throw new Problem('refused', 'The ssh-agent does not list its keys. Nothing was changed.', {
      next: 'Unlock it (ssh-add -X) or start another one.',
    });
  return reading(message, codes.listAnswer, (reader) => {
    const count = reader.number();
    if (count > mostIdentities) throw wrongAnswer('announces more keys than anybody has');
    return Array.from({ length: count }, () => ({
      blob: Buffer.from(reader.string()),
      comment: reader.string().toString('utf8'),
    }));
  });
}

/**
 * The signature field of the answer, unchecked.
 * @throws Problem `refused` when the agent did not sign, `file-unreadable` for any other answer than a signature.
 */
export function readSignAnswer(message: Buffer): Buffer {
  if (isFailure(message))
    throw new Problem('refused', 'The ssh-agent did not sign, so nothing was recorded.', {
      next: 'It may have asked for a confirmation, a PIN or a touch that was not given, or no longer hold the key (ssh-add -l). Try again.',
    });
  return reading(message, codes.signAnswer, (reader) => Buffer.from(reader.string()));
}
