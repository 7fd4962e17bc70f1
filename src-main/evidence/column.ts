// A column of numbers that grows with its rows and holds nothing but the numbers.

export type Column = {
  readonly length: () => number;
  readonly set: (row: number, value: number) => void;
  /** NaN for a row that was never set, and for those before the first. */
  readonly get: (row: number) => number;
  /** All rows in order. */
  readonly values: () => Float64Array;
};

/** Double precision: whole numbers are exact up to 2^53. Eight bytes a row. */
export function numberColumn(): Column {
  let values = new Float64Array(64).fill(NaN);
  let length = 0;
  return {
    length: () => length,
    get: (row) => (row >= 0 && row < length ? values[row]! : NaN),
    set: (row, value) => {
      if (row >= values.length) {
        const more = new Float64Array(Math.max(values.length * 2, row + 1)).fill(NaN);
        more.set(values);
        values = more;
      }
      values[row] = value;
      length = Math.max(length, row + 1);
    },
    values: () => values.slice(0, length),
  };
}

/** Short keys of texts, to be compared and never read back. Sixteen bytes a row. */
export type KeyColumn = {
  readonly set: (row: number, key: Buffer) => void;
  readonly equals: (row: number, key: Buffer) => boolean;
};

const keyBytes = 16;

export function keyColumn(): KeyColumn {
  let bytes = Buffer.alloc(64 * keyBytes);
  return {
    set: (row, key) => {
      if ((row + 1) * keyBytes > bytes.length) {
        const more = Buffer.alloc(Math.max(bytes.length * 2, (row + 1) * keyBytes));
        bytes.copy(more);
        bytes = more;
      }
      key.copy(bytes, row * keyBytes, 0, keyBytes);
    },
    equals: (row, key) => bytes.compare(key, 0, keyBytes, row * keyBytes, (row + 1) * keyBytes) === 0,
  };
}
