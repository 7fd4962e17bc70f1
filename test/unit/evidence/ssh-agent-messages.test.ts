import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  firstMessage,
  listRequest,
  longestMessageBytes,
  readListAnswer,
  readSignAnswer,
  signRequest,
} from '../../../src-main/evidence/ssh-agent-messages.ts';
import { wireString, WireReader } from '../../../src-main/evidence/ssh-wire.ts';
import { Problem } from '../../../src-shared/model/problem.ts';

const bytes = fc.uint8Array({ maxLength: 200 });
const number = (value: number) => {
  const field = Buffer.alloc(4);
  field.writeUInt32BE(value);
  return field;
};
const listAnswer = (identities: readonly { blob: Uint8Array; comment: string }[]) =>
  Buffer.concat([
    Buffer.from([12]),
    number(identities.length),
    ...identities.flatMap(({ blob, comment }) => [wireString(blob), wireString(comment)]),
  ]);

/** The result, or the Problem; anything else that is thrown fails the test. */
function answered<T>(read: () => T): T | Problem {
  try {
    return read();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

test('the requests are the octets of the protocol', () => {
  expect(listRequest().toString('hex')).toBe('000000010b');
  const request = signRequest(Buffer.from('key'), Buffer.from('data'));
  expect(request.toString('hex')).toBe('000000140d000000036b6579000000046461746100000000');
});

test('a request is one whole message, and its fields are those given', () => {
  fc.assert(
    fc.property(bytes, bytes, (blob, data) => {
      const body = firstMessage(signRequest(blob, data));
      const reader = new WireReader(body ?? Buffer.alloc(0));
      expect(reader.take(1)[0]).toBe(13);
      expect(reader.string()).toEqual(Buffer.from(blob));
      expect(reader.string()).toEqual(Buffer.from(data));
      expect(reader.number()).toBe(0);
      reader.end();
    }),
  );
});

test('a list is read as it was written', () => {
  const identity = fc.record({
    blob: bytes.map((blob) => Buffer.from(blob)),
    comment: fc.string({ unit: 'grapheme', maxLength: 40 }),
  });
  fc.assert(
    fc.property(fc.array(identity, { maxLength: 8 }), (identities) => {
      expect(readListAnswer(listAnswer(identities))).toEqual(identities);
    }),
  );
});

test('a signature is read as it was written', () => {
  fc.assert(
    fc.property(bytes, (field) => {
      expect(readSignAnswer(Buffer.concat([Buffer.from([14]), wireString(field)]))).toEqual(
        Buffer.from(field),
      );
    }),
  );
});

test('however an answer arrives in pieces, it is whole only with its last byte', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 60 }), (body) => {
      const message = wireString(body);
      for (let length = 0; length < message.length; length += 1)
        expect(firstMessage(message.subarray(0, length))).toBeNull();
      expect(firstMessage(message)).toEqual(Buffer.from(body));
      expect(() => firstMessage(Buffer.concat([message, Buffer.of(0)]))).toThrow(/goes on after its end/);
    }),
  );
});

test('an impossible length is refused before anything of it is waited for', () => {
  expect(() => firstMessage(number(0))).toThrow(/impossible length/);
  expect(() => firstMessage(number(longestMessageBytes + 1))).toThrow(/impossible length/);
  expect(firstMessage(number(longestMessageBytes))).toBeNull();
});

test('what an agent refuses is told as refused', () => {
  const failure = Buffer.of(5);
  expect(() => readListAnswer(failure)).toThrow(expect.objectContaining({ code: 'refused' }));
  expect(() => readSignAnswer(failure)).toThrow(expect.objectContaining({ code: 'refused' }));
});

test('answers to other questions, cut, lengthened or overstated ones are refused', () => {
  const answer = listAnswer([{ blob: Buffer.from('key'), comment: 'one' }]);
  expect(() => readSignAnswer(answer)).toThrow(/another question/);
  expect(() => readListAnswer(Buffer.alloc(0))).toThrow(/another question/);
  for (let length = 1; length < answer.length; length += 1)
    expect(() => readListAnswer(answer.subarray(0, length))).toThrow(/cannot be read/);
  expect(() => readListAnswer(Buffer.concat([answer, Buffer.of(0)]))).toThrow(/cannot be read/);
  const overstated = Buffer.from(answer);
  overstated.writeUInt32BE(0xffff_ffff, 1);
  expect(() => readListAnswer(overstated)).toThrow(/cannot be read/);
});

test('any bytes at all give an answer or a sentence', () => {
  const anything = fc.oneof(
    fc.uint8Array({ maxLength: 64 }),
    fc
      .tuple(fc.constantFrom(12, 14), fc.uint8Array({ maxLength: 64 }))
      .map(([code, rest]) => Buffer.from([code, ...rest])),
  );
  fc.assert(
    fc.property(anything, (message) => {
      for (const read of [readListAnswer, readSignAnswer]) {
        const result = answered<unknown>(() => read(Buffer.from(message)));
        if (result instanceof Problem) expect(result.message).toMatch(/\.$/);
      }
    }),
  );
});
