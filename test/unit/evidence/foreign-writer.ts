// Writes zips as other programs do, and as nobody should.
import { crc32, deflateRawSync } from 'node:zlib';

export type ForeignEntry = {
  readonly name: string | Uint8Array;
  readonly content: Uint8Array;
  readonly deflate?: boolean;
  /** Checksum and sizes behind the data, with or without the optional signature. */
  readonly descriptor?: 'none' | 'plain' | 'signed';
  readonly localExtra?: Uint8Array;
  readonly centralExtra?: Uint8Array;
  readonly comment?: string;
  readonly flags?: number;
  readonly method?: number;
  readonly attributes?: number;
  /** What the headers announce instead of the true values. */
  readonly announced?: { readonly crc?: number; readonly bytes?: number; readonly packedBytes?: number };
  readonly localName?: string;
  /** Stands between this entry and the next. */
  readonly after?: Uint8Array;
  /** Bytes behind the compressed stream, counted as part of it. */
  readonly junk?: Uint8Array;
};

export const regular = 0o100644 * 0x1_0000;
export const folder = 0o040755 * 0x1_0000 + 0x10;

const noon = 0x6000;
const twentiethOfNovember2026 = 0x5d74;

function commonFields(entry: ForeignEntry, packed: Uint8Array, hidden: boolean): Buffer {
  const { content, announced = {}, descriptor = 'none' } = entry;
  const fields = Buffer.alloc(22);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE((entry.flags ?? 0) | (descriptor === 'none' ? 0 : 8), 2);
  fields.writeUInt16LE(entry.method ?? (entry.deflate ? 8 : 0), 4);
  fields.writeUInt16LE(noon, 6);
  fields.writeUInt16LE(twentiethOfNovember2026, 8);
  if (!hidden) {
    fields.writeUInt32LE(announced.crc ?? crc32(content), 10);
    fields.writeUInt32LE(announced.packedBytes ?? packed.length, 14);
    fields.writeUInt32LE(announced.bytes ?? content.length, 18);
  }
  return fields;
}

const word = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
};
const half = (value: number): Buffer => word(value).subarray(0, 2);

type Written = { readonly local: Buffer; readonly central: (offset: number) => Buffer };

function writeEntry(entry: ForeignEntry): Written {
  const { descriptor = 'none', localExtra = Buffer.alloc(0), centralExtra = localExtra } = entry;
  const packed = Buffer.concat([
    entry.deflate ? deflateRawSync(entry.content) : entry.content,
    entry.junk ?? Buffer.alloc(0),
  ]);
  const name = Buffer.from(entry.name);
  const localName = Buffer.from(entry.localName ?? entry.name);
  const fields = commonFields(entry, packed, false);
  const comment = Buffer.from(entry.comment ?? '');
  const behind = Buffer.concat([word(0x0807_4b50), fields.subarray(10)]);
  return {
    local: Buffer.concat([
      word(0x0403_4b50),
      commonFields(entry, packed, descriptor !== 'none'),
      half(localName.length),
      half(localExtra.length),
      localName,
      localExtra,
      packed,
      descriptor === 'none' ? Buffer.alloc(0) : descriptor === 'signed' ? behind : behind.subarray(4),
      entry.after ?? Buffer.alloc(0),
    ]),
    central: (offset) =>
      Buffer.concat([
        word(0x0201_4b50),
        half(0x031e),
        fields,
        half(name.length),
        half(centralExtra.length),
        half(comment.length),
        word(0),
        word(entry.attributes ?? regular),
        word(offset),
        name,
        centralExtra,
        comment,
      ]),
  };
}

export type Layout = {
  /** Stands in front of the first entry; the directory allows for it. */
  readonly before?: Uint8Array;
  /** Where the directory says that an entry begins. */
  readonly offsetOf?: (offset: number, index: number) => number;
  /** How often the directory lists each entry. */
  readonly times?: number;
};

/** Writes entries in the order given. */
export function writeForeignZip(entries: readonly ForeignEntry[], layout: Layout = {}): Buffer {
  const { before = Buffer.alloc(0), offsetOf = (offset: number) => offset, times = 1 } = layout;
  const locals: Uint8Array[] = [before];
  const centrals: Buffer[] = [];
  let offset = before.length;
  for (const [index, { local, central }] of entries.map(writeEntry).entries()) {
    locals.push(local);
    const record = central(offsetOf(offset, index));
    for (let copy = 0; copy < times; copy++) centrals.push(record);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const count = half(centrals.length);
  return Buffer.concat([
    ...locals,
    directory,
    word(0x0605_4b50),
    word(0),
    count,
    count,
    word(directory.length),
    word(offset),
    half(0),
  ]);
}
