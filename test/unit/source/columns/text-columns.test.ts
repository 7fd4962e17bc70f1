// Columns of texts: what is written comes out, coded or plain, batch after batch.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CodedColumn } from '../../../../src-main/source/columns/coded-column.ts';
import type { BatchColumn } from '../../../../src-main/source/columns/event-batch.ts';
import { PlainColumn } from '../../../../src-main/source/columns/plain-column.ts';
import { viewOf } from './wire.ts';

type Text = string | null;
const rows = 50;

function write(column: CodedColumn | PlainColumn, row: number, text: Text): void {
  if (text === null) return column.writeNull(row);
  const bytes = Buffer.concat([Buffer.from('..'), Buffer.from(text), Buffer.from('...')]);
  column.write(row, bytes, 2, bytes.length - 3, viewOf(bytes));
}

function textsIn(column: BatchColumn, length: number): Text[] {
  return Array.from({ length }, (_, row) => {
    if (column.kind === 'coded') return column.values[column.codes[row]!]!;
    if (column.isNull?.[row] === 1) return null;
    return Buffer.from(column.bytes.subarray(column.offsets[row], column.offsets[row + 1])).toString();
  });
}

const text = fc.option(fc.oneof(fc.constantFrom('', 'a', 'b'), fc.string({ maxLength: 80 })), { nil: null });
/** For each row what is written at first, and what stays. */
const batches = fc.array(fc.array(fc.tuple(fc.option(text, { nil: undefined }), text), { maxLength: rows }), {
  maxLength: 4,
});

describe.each([
  ['CodedColumn', () => new CodedColumn(rows)],
  ['PlainColumn', () => new PlainColumn(rows)],
] as const)('%s', (_, create) => {
  it('gives back what was written last to each row', () => {
    fc.assert(
      fc.property(batches, (batches) => {
        const column = create();
        const taken = batches.map((batch) => {
          for (const [row, [before, after]] of batch.entries()) {
            if (before !== undefined) write(column, row, before);
            write(column, row, after);
          }
          return column.take(batch.length);
        });
        // Only now: nothing that was taken may change afterwards.
        for (const [index, batch] of batches.entries())
          expect(textsIn(taken[index]!, batch.length)).toEqual(batch.map(([, after]) => after));
      }),
    );
  });
});

describe('PlainColumn', () => {
  it('has no list of nulls where there is none, and grows to any size', () => {
    const column = new PlainColumn(3);
    for (const [row, text] of ['x'.repeat(100_000), '', 'ü'].entries()) write(column, row, text);
    const { offsets, bytes, isNull } = column.take(3);
    expect([...offsets]).toEqual([0, 100_000, 100_000, 100_002]);
    expect(bytes.length).toBe(100_002);
    expect(isNull).toBeNull();
  });
});

describe('CodedColumn', () => {
  const take = (column: CodedColumn, texts: readonly Text[]) => {
    for (const [row, text] of texts.entries()) write(column, row, text);
    return column.take(texts.length);
  };

  it('lists each text of the batch once, and none of another batch, in the narrowest codes', () => {
    const column = new CodedColumn(100_000);
    expect(take(column, ['b', null, 'a', 'b', null])).toEqual({
      kind: 'coded',
      codes: Uint8Array.from([0, 1, 2, 0, 1]),
      values: ['b', null, 'a'],
    });
    expect(take(column, ['c', 'a'])).toMatchObject({ values: ['c', 'a'] });
    const widths = [256, 257, 65_536, 65_537].map((count) => {
      const texts = Array.from({ length: count }, (_, index) => `${index}`);
      const wide = take(new CodedColumn(100_000), [...texts, ...(count > 30_000 ? [] : texts)]);
      return wide.kind === 'coded' ? wide.codes.BYTES_PER_ELEMENT : wide.kind;
    });
    expect(widths).toEqual([1, 2, 'plain', 'plain']);
    const half = Array.from({ length: 65_537 * 2 }, (_, index) => `${index % 65_537}`);
    const many = take(new CodedColumn(half.length), half);
    expect(many.kind === 'coded' && many.codes.BYTES_PER_ELEMENT).toBe(4);
  });

  it('forgets large texts before they fill the memory', () => {
    const column = new CodedColumn(10);
    for (let batch = 0; batch < 50; batch += 1) {
      take(
        column,
        Array.from({ length: 10 }, (_, index) => `${batch}.${index}`.padEnd(1_000_000)),
      );
      expect(column.remembered).toBeLessThanOrEqual(43);
    }
  });

  it('turns plain when more than half of the texts are new, but not because of a few rows', () => {
    const few = new CodedColumn(40_000);
    expect(
      take(
        few,
        Array.from({ length: 1000 }, (_, index) => `${index}`),
      ).kind,
    ).toBe('coded');
    expect(few.isRepetitive).toBe(true);
    const unique = new CodedColumn(40_000);
    const texts = Array.from({ length: 40_000 }, (_, index) => (index % 9 === 0 ? null : `${index}`));
    const column = take(unique, texts);
    expect(column.kind).toBe('plain');
    expect(unique.isRepetitive).toBe(false);
    expect(textsIn(column, texts.length)).toEqual(texts);
  });

  it('stays right when its dictionary has grown too large and is begun anew', () => {
    const column = new CodedColumn(60_000);
    for (let batch = 0; batch < 20; batch += 1) {
      const texts = Array.from({ length: 60_000 }, (_, index) => `text ${batch * 15_000 + (index >> 2)}`);
      const taken = take(column, texts);
      expect(taken.kind).toBe('coded');
      expect(taken.kind === 'coded' && taken.values.length).toBe(15_000);
      expect(textsIn(taken, 5)).toEqual(texts.slice(0, 5));
      expect(textsIn(taken, 60_000).at(-1)).toBe(texts.at(-1));
      expect(column.remembered).toBeLessThanOrEqual(262_144);
    }
    const kinds = Array.from(
      { length: 5 },
      (_, batch) =>
        take(
          column,
          Array.from({ length: 60_000 }, (_, index) => `unique ${batch}.${index}`),
        ).kind,
    );
    expect(kinds.at(-1)).toBe('plain');
  });
});
