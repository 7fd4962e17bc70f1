import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TextColumn } from '../../../../src-main/store/cache/columns.ts';
import { codedColumn, plainColumn } from '../../../../src-main/store/cache/mirrored-event.ts';
import {
  idsOf,
  seriesOf,
  storeIds,
  storeSeries,
  storeTexts,
  storeTimes,
  textsOf,
  timesOf,
  type StoredColumn,
} from '../../../../src-main/store/cache/stored-columns.ts';

/** As SQLite hands bytes out: a buffer of its own, or a part of a larger one. */
function handedOut({ kind, body, detail }: StoredColumn, isPart: boolean): StoredColumn {
  const copy = (bytes: Uint8Array) =>
    isPart ? Buffer.concat([Buffer.of(1, 2, 3), bytes, Buffer.of(4)]).subarray(3, -1) : new Uint8Array(bytes);
  return { kind, body: copy(body), detail: detail && copy(detail) };
}

const text = fc.oneof(fc.string(), fc.constantFrom('a', 'b', 'ü', '“”'), fc.constant(null));

describe('columns of a segment', () => {
  test('times read back exactly, in order or not, finite or not', () => {
    const time = fc.oneof(fc.maxSafeInteger(), fc.constantFrom(0.5, Infinity, -Infinity));
    fc.assert(
      fc.property(fc.array(time), fc.boolean(), fc.boolean(), (times, isInOrder, isPart) => {
        const some = Float64Array.from(times, (at) => at + 0);
        if (isInOrder) some.sort();
        expect(timesOf(handedOut(storeTimes(some), isPart))).toEqual(some);
      }),
    );
  });

  test('series read back exactly', () => {
    const number = fc.oneof(fc.nat(5), fc.nat(1_000_000));
    fc.assert(
      fc.property(fc.array(number), fc.boolean(), (numbers, isPart) => {
        const series = Uint32Array.from(numbers);
        expect(seriesOf(handedOut(storeSeries(series), isPart), series.length)).toEqual(series);
      }),
    );
  });

  test('texts read back exactly, coded or plain', () => {
    fc.assert(
      fc.property(fc.array(text), fc.boolean(), fc.boolean(), (texts, isPlain, isPart) => {
        const column = isPlain ? plainColumn(texts) : codedColumn(texts);
        expect(textsOf(handedOut(storeTexts(column), isPart), texts.length)).toEqual(column);
      }),
    );
  });

  test.each([1, 2, 256, 257, 65_536, 65_537])('%i different texts read back as they were coded', (size) => {
    const column = codedColumn(Array.from({ length: size + 10 }, (_, at) => String(at % size)));
    expect(textsOf(storeTexts(column), size + 10)).toEqual(column);
  });

  test('a column of one text needs no codes', () => {
    expect(storeTexts(codedColumn(Array.from({ length: 1000 }, () => 'user'))).body.length).toBe(0);
  });

  test('ids read back exactly', () => {
    const offsets = Uint32Array.of(0, 1, 3);
    for (const ids of [
      { kind: 'uuid', bytes: Uint8Array.from({ length: 32 }, (_, at) => at) },
      { kind: 'text', bytes: new Uint8Array(Buffer.from('abc')), offsets },
    ] as const)
      for (const isPart of [false, true]) expect(idsOf(handedOut(storeIds(ids), isPart))).toEqual(ids);
  });

  test('what earlier releases wrote still reads', () => {
    const times = Float64Array.of(-1, 2 ** 40);
    const raw = (numbers: Float64Array | Uint32Array | Uint16Array | Uint8Array) =>
      new Uint8Array(numbers.buffer);
    expect(timesOf({ kind: 'number64', body: raw(times), detail: null })).toEqual(times);
    const series = Uint32Array.of(7, 70_000);
    expect(seriesOf({ kind: 'number32', body: raw(series), detail: null }, 2)).toEqual(series);
    const detail = Buffer.from(JSON.stringify(['a', null]));
    for (const codes of [Uint8Array.of(0, 1), Uint16Array.of(0, 1), Uint32Array.of(0, 1)]) {
      const expected: TextColumn = { kind: 'coded', codes, values: ['a', null] };
      expect(textsOf({ kind: `coded${codes.BYTES_PER_ELEMENT * 8}`, body: raw(codes), detail }, 2)).toEqual(
        expected,
      );
    }
  });
});
