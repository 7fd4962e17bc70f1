// Rows from the wire: complete and exact wherever the bytes are cut, and refused when they are not what was asked for.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BatchBuilder } from '../../../../src-main/source/columns/batch-builder.ts';
import { BinaryRows } from '../../../../src-main/source/columns/binary-rows.ts';
import type { EventBatch } from '../../../../src-main/source/columns/event-batch.ts';
import { MessageWalk } from '../../../../src-main/source/columns/message-walk.ts';
import type { RowLayout } from '../../../../src-main/source/columns/row-layout.ts';
import { rowsIn } from '../../../integration/source/batch-rows.ts';
import {
  bytesOf,
  copyHeader,
  copyTrailer,
  cut,
  message,
  places,
  row,
  timestamp,
  viewOf,
  type Field,
} from './wire.ts';

const plainField = { isNeverNull: false, hasHostMask: false, isPlain: false } as const;
const layout: RowLayout = {
  idKind: 'text',
  texts: [
    { ...plainField, field: 'actor', isNeverNull: true },
    { ...plainField, field: 'ip', hasHostMask: true },
    { ...plainField, field: 'metadata', isPlain: true },
  ],
  constants: new Map([['sourceAccount', 'primary']]),
};

interface Event {
  time: bigint;
  id: string;
  actor: string | null;
  metadata: string | null;
}
const event: fc.Arbitrary<Event> = fc.record({
  time: fc.bigInt({ min: -8_520_336_000_000_000n, max: 8_993_635_199_999_999n }),
  id: fc.string({ maxLength: 8 }),
  actor: fc.option(fc.constantFrom('dana', 'kim', '')),
  metadata: fc.option(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constant('x'.repeat(3000)))),
});
const rowOf = ({ time, id, actor, metadata }: Event): Buffer =>
  row([timestamp(time), id, actor, '10.0.0.1/32', metadata]);
const expected = ({ time, id, actor, metadata }: Event) => ({
  id,
  createdAtMicroseconds: Number(time),
  sourceAccount: 'primary',
  actor: actor ?? '',
  ip: '10.0.0.1',
  metadata,
});

/** Reads pieces to their end and answers the batches. */
function readPieces(
  pieces: readonly Buffer[],
  framing: 'copy' | 'bare',
  limits = { rows: 7, bytes: 1e9 },
): EventBatch[] {
  const builder = new BatchBuilder(layout, limits);
  const rows = new BinaryRows(builder, framing);
  const batches: EventBatch[] = [];
  for (const piece of pieces) {
    rows.feed(piece, viewOf(piece), 0, piece.length);
    while (rows.fill()) batches.push(builder.take());
    // What was given is the server's next bytes already: nothing may still point to it.
    piece.fill(0xee);
  }
  rows.assertEnded();
  if (builder.length > 0) batches.push(builder.take());
  return batches;
}

describe('BinaryRows', () => {
  it('reads every row once, wherever the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), places, fc.boolean(), (events, places, isCopy) => {
        const body = Buffer.concat(events.map(rowOf));
        const bytes = isCopy ? Buffer.concat([copyHeader(), body, copyTrailer]) : body;
        const batches = readPieces(cut(bytes, places), isCopy ? 'copy' : 'bare');
        expect(batches.flatMap(rowsIn)).toEqual(events.map(expected));
        expect(batches.slice(0, -1).every(({ length }) => length === 7)).toBe(true);
      }),
    );
  });

  it('reads byte by byte', () => {
    const events = [1n, 2n, 3n].map((time) => ({
      time,
      id: `e${time}`,
      actor: 'dana',
      metadata: 'm'.repeat(300),
    }));
    const bytes = Buffer.concat([copyHeader(), ...events.map(rowOf), copyTrailer]);
    const pieces = Array.from(bytes, (byte) => Buffer.from([byte]));
    expect(readPieces(pieces, 'copy').flatMap(rowsIn)).toEqual(events.map(expected));
  });

  it('ends a batch at the first row that makes it large', () => {
    const events = Array.from({ length: 9 }, (_, at) => ({
      time: BigInt(at),
      id: 'e',
      actor: 'a',
      metadata: 'x'.repeat(1000),
    }));
    const batches = readPieces([Buffer.concat(events.map(rowOf))], 'bare', { rows: 100, bytes: 2500 });
    expect(batches.map(({ length }) => length)).toEqual([3, 3, 3]);
  });

  it('keeps the microsecond at both ends of time', () => {
    const times = [
      -8_520_336_000_000_000n,
      -8_520_335_999_999_999n,
      -1n,
      0n,
      1n,
      946_684_800_000_001n,
      8_993_635_199_999_999n,
    ];
    const events = times.map((time) => ({ time, id: 'e', actor: null, metadata: null }));
    const [batch] = readPieces([Buffer.concat(events.map(rowOf))], 'bare');
    expect(Array.from(batch!.microseconds, BigInt)).toEqual(times);
  });

  it('skips what the header announces, and refuses a header it does not know', () => {
    const only = { time: 5n, id: 'e', actor: 'dana', metadata: null };
    const body = bytesOf(rowOf(only), copyTrailer);
    const read = (header: Buffer) => readPieces([bytesOf(header, body)], 'copy').flatMap(rowsIn);
    expect(read(copyHeader(0, Buffer.alloc(50, 1)))).toEqual([expected(only)]);
    expect(read(copyHeader(1))).toEqual([expected(only)]);
    expect(() => read(copyHeader(0x10000))).toThrow(/does not know/);
    expect(() => read(Buffer.alloc(19, 1))).toThrow(/does not know/);
  });

  it.each<[string, Field[]]>([
    ['too few fields', [timestamp(1n), 'e', 'dana', '10.0.0.1/32']],
    ['too many fields', [timestamp(1n), 'e', 'dana', '10.0.0.1/32', null, null]],
    ['a time that is none', ['2026', 'e', 'dana', '10.0.0.1/32', null]],
    ['no id', [timestamp(1n), null, 'dana', '10.0.0.1/32', null]],
  ])('refuses a row with %s', (_, fields) => {
    expect(() =>
      readPieces(
        [Buffer.concat([row(fields), rowOf({ time: 1n, id: 'e', actor: '', metadata: '' })])],
        'bare',
      ),
    ).toThrow(/The server sent a row/);
  });

  it('notices an end in the middle of a row or of the header', () => {
    const bytes = Buffer.concat([copyHeader(), rowOf({ time: 1n, id: 'e', actor: 'dana', metadata: 'm' })]);
    for (const length of [0, 5, 18, 20, bytes.length - 1])
      expect(() => readPieces([Buffer.from(bytes.subarray(0, length))], 'copy')).toThrow(/in the middle/);
  });
});

describe('MessageWalk', () => {
  it('keeps rows, passes on the rest in order, and stops at the end of the statement, wherever the bytes are cut', () => {
    const part = fc.tuple(
      fc.constantFrom('d', 'D', 'N', 'S', 'H', 'T', 'C', 'c', 'E'),
      fc.uint8Array({ maxLength: 30 }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), places, fc.nat(3), (parts, places, tail) => {
        const messages = parts.map(([kind, payload]) => message(kind, Buffer.from(payload)));
        const end = Buffer.concat([message('Z', Buffer.from('T')), Buffer.alloc(tail, 3)]);
        const rows: Buffer[] = [];
        const others: Buffer[] = [];
        const afterwards: Buffer[] = [];
        const walk = new MessageWalk({
          rows: (bytes, view, start, end) => {
            expect(view.byteLength).toBe(bytes.length);
            rows.push(Buffer.from(bytes.subarray(start, end)));
          },
          readOn: () => false,
          others: (bytes) => others.push(Buffer.from(bytes)),
          ready: (bytes) => afterwards.push(Buffer.from(bytes)),
        });
        for (const piece of cut(Buffer.concat([...messages, end]), places)) {
          if (afterwards.length > 0) {
            afterwards.push(piece);
            continue;
          }
          walk.receive(piece);
          expect(walk.advance()).toBe(false);
        }
        const isRow = ([kind]: readonly [string, unknown]) => kind === 'd' || kind === 'D';
        expect(Buffer.concat(rows)).toEqual(
          Buffer.concat(parts.filter(isRow).map(([, payload]) => Buffer.from(payload))),
        );
        expect(Buffer.concat(others)).toEqual(
          Buffer.concat(messages.filter((_, index) => !isRow(parts[index]!))),
        );
        expect(Buffer.concat(afterwards)).toEqual(end);
      }),
    );
  });

  it('goes no further while rows wait to be read', () => {
    let hasRoom = false;
    const rows: string[] = [];
    const walk = new MessageWalk({
      rows: (bytes, _, start, end) => rows.push(bytes.toString('latin1', start, end)),
      readOn: () => !hasRoom,
      others: () => undefined,
      ready: () => undefined,
    });
    walk.receive(Buffer.concat([message('d', Buffer.from('one')), message('d', Buffer.from('two'))]));
    expect([walk.advance(), walk.advance(), ...rows]).toEqual([true, true, 'one']);
    hasRoom = true;
    expect([walk.advance(), ...rows]).toEqual([false, 'one', 'two']);
  });
});
