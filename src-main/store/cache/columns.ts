// The columns a stretch of events is kept in, and the arithmetic of putting stretches together.

/** Texts as codes into a list of their own; null is unknown. */
export type Codes = Uint8Array | Uint16Array | Uint32Array;

/** `coded` where texts repeat, `plain` where most differ: text i is bytes[offsets[i]] to bytes[offsets[i + 1]], in UTF-8. */
export type TextColumn =
  | { readonly kind: 'coded'; readonly codes: Codes; readonly values: readonly (string | null)[] }
  | {
      readonly kind: 'plain';
      readonly offsets: Uint32Array;
      readonly bytes: Uint8Array;
      readonly isNull: Uint8Array | null;
    };

/** Ids, none of them null: sixteen bytes each where the source says that they are UUIDs. */
export type IdColumn =
  | { readonly kind: 'uuid'; readonly bytes: Uint8Array }
  | { readonly kind: 'text'; readonly offsets: Uint32Array; readonly bytes: Uint8Array };

/** Rows of one column, picked in the order of `rows`. */
export type Picked<Column> = { readonly column: Column; readonly rows: Uint32Array };

const hexadecimal = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
/** Where the digits of each byte of a UUID stand in its text. */
const digitPlaces = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34] as const;
const uuidText = Buffer.alloc(36, '-');

export function idAt(ids: IdColumn, row: number): string {
  if (ids.kind === 'text') return decode(ids.bytes, ids.offsets[row]!, ids.offsets[row + 1]!);
  for (let byte = 0; byte < 16; byte += 1) {
    const value = ids.bytes[row * 16 + byte]!;
    const place = digitPlaces[byte]!;
    uuidText[place] = hexadecimal[value >> 4]!;
    uuidText[place + 1] = hexadecimal[value & 15]!;
  }
  // Put together in place: a text made of pieces keeps all of them in memory, which is ten times its size.
  return uuidText.toString('latin1');
}

export function textOf(column: TextColumn, row: number): string | null {
  if (column.kind === 'coded') return column.values[column.codes[row]!]!;
  if (column.isNull?.[row] === 1) return null;
  return decode(column.bytes, column.offsets[row]!, column.offsets[row + 1]!);
}

function decode(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8', from, to);
}

/** Byte order, which is the order of code points, and the order the source sorts ids in. */
export function compareIds(a: IdColumn, rowA: number, b: IdColumn, rowB: number): number {
  if (a.kind === 'uuid' && b.kind === 'uuid') {
    for (let byte = 0; byte < 16; byte += 1) {
      const difference = a.bytes[rowA * 16 + byte]! - b.bytes[rowB * 16 + byte]!;
      if (difference !== 0) return difference;
    }
    return 0;
  }
  return Buffer.compare(Buffer.from(idAt(a, rowA)), Buffer.from(idAt(b, rowB)));
}

export function pickIds(parts: readonly Picked<IdColumn>[]): IdColumn {
  if (parts.some(({ column }) => column.kind === 'text')) {
    const { offsets, bytes } = joinTexts(parts.map(({ column, rows }) => ({ rows, ...textsOfIds(column) })));
    return { kind: 'text', offsets, bytes };
  }
  const words = new Uint32Array(4 * total(parts));
  let place = 0;
  for (const { column, rows } of parts) {
    const source = wordsOf(column.bytes);
    for (let at = 0; at < rows.length; at += 1, place += 4) {
      const from = rows[at]! * 4;
      words[place] = source[from]!;
      words[place + 1] = source[from + 1]!;
      words[place + 2] = source[from + 2]!;
      words[place + 3] = source[from + 3]!;
    }
  }
  return { kind: 'uuid', bytes: new Uint8Array(words.buffer) };
}

/** Four bytes at a time; copied first where the bytes do not start on a multiple of four. */
function wordsOf(bytes: Uint8Array): Uint32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 4);
}

/** One column out of parts of several; a part that is null has nothing but nulls. */
export function pickTexts(parts: readonly Picked<TextColumn | null>[]): TextColumn {
  return parts.some(({ column }) => column?.kind === 'plain') ? pickPlain(parts) : pickCoded(parts);
}

function pickCoded(parts: readonly Picked<TextColumn | null>[]): TextColumn {
  const places = new Map<string | null, number>();
  const placeOf = (text: string | null) => {
    const known = places.get(text);
    if (known !== undefined) return known;
    places.set(text, places.size);
    return places.size - 1;
  };
  const coded = parts.map(({ column, rows }) => ({
    rows,
    codes: column?.kind === 'coded' ? column.codes : new Uint8Array(0),
    // Only what is used gets a place, or a list would keep texts of rows that went elsewhere.
    placeAt: new Int32Array(column?.kind === 'coded' ? column.values.length : 1).fill(-1),
    values: column?.kind === 'coded' ? column.values : [null],
  }));
  const codes = new Uint32Array(total(parts));
  let place = 0;
  for (const part of coded) {
    for (let at = 0; at < part.rows.length; at += 1) {
      const local = part.codes.length === 0 ? 0 : part.codes[part.rows[at]!]!;
      let code = part.placeAt[local]!;
      if (code < 0) part.placeAt[local] = code = placeOf(part.values[local] ?? null);
      codes[place++] = code;
    }
  }
  return { kind: 'coded', codes: narrow(codes, places.size), values: [...places.keys()] };
}

function narrow(codes: Uint32Array, size: number): Codes {
  return size <= 256 ? Uint8Array.from(codes) : size <= 65_536 ? Uint16Array.from(codes) : codes;
}

function pickPlain(parts: readonly Picked<TextColumn | null>[]): TextColumn {
  const texts = parts.map(({ column, rows }) => ({
    rows,
    plain: column?.kind === 'plain' ? column : null,
    text: (row: number) => (column === null ? null : textOf(column, row)),
  }));
  return { kind: 'plain', ...joinTexts(texts) };
}

type Plain = {
  readonly offsets: Uint32Array;
  readonly bytes: Uint8Array;
  readonly isNull?: Uint8Array | null;
};

type Texts = {
  readonly rows: Uint32Array;
  /** Where the texts already are bytes, they are copied as bytes. */
  readonly plain: Plain | null;
  readonly text: (row: number) => string | null;
};

const textsOfIds = (ids: IdColumn) => ({
  plain: ids.kind === 'text' ? ids : null,
  text: (row: number) => idAt(ids, row),
});

function joinTexts(parts: readonly Texts[]) {
  const length = total(parts);
  const offsets = new Uint32Array(length + 1);
  let isNull: Uint8Array | null = null;
  let bytes = Buffer.allocUnsafe(64 * length + 1024);
  let place = 0;
  let end = 0;
  const reserve = (size: number) => {
    if (end + size > bytes.length) bytes = grown(bytes, end + size);
  };
  for (const { rows, plain, text } of parts) {
    for (const row of rows) {
      const value = plain === null ? text(row) : plain.isNull?.[row] === 1 ? null : plain;
      if (value === null) (isNull ??= new Uint8Array(length))[place] = 1;
      else if (typeof value === 'string') {
        reserve(value.length * 3);
        end += bytes.write(value, end, 'utf8');
      } else {
        const from = value.offsets[row]!;
        const to = value.offsets[row + 1]!;
        reserve(to - from);
        bytes.set(value.bytes.subarray(from, to), end);
        end += to - from;
      }
      offsets[++place] = end;
    }
  }
  return { offsets, bytes: new Uint8Array(bytes.subarray(0, end)), isNull };
}

function grown(bytes: Buffer, needed: number): Buffer<ArrayBuffer> {
  const larger = Buffer.allocUnsafe(Math.max(needed, bytes.length * 2));
  bytes.copy(larger);
  return larger;
}

function total(parts: readonly { readonly rows: Uint32Array }[]): number {
  return parts.reduce((sum, { rows }) => sum + rows.length, 0);
}
