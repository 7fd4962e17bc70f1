// The three headers of a zip file (APPNOTE 4.3) in the single form our packs use: stored, dated 1980, nothing optional.

export const localHeaderBytes = 30;
export const centralHeaderBytes = 46;
export const endHeaderBytes = 22;
export const maximumEntries = 0xffff;
/** Without zip64 every size and offset must stay below this. */
export const maximumZipBytes = 0xffff_ffff;

export const localSignature = 0x0403_4b50;
export const centralSignature = 0x0201_4b50;
export const endSignature = 0x0605_4b50;
const versionNeeded = 20;
const madeOnUnix = (3 << 8) | versionNeeded;
const utf8Names = 0x0800;
const stored = 0;
const firstOfJanuary1980 = 0x0021;
const regularFile0644 = 0o100644 * 0x1_0000;

export type ZipEntry = {
  readonly name: Buffer;
  readonly crc: number;
  readonly size: number;
  readonly offset: number;
};

function commonFields(entry: ZipEntry): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(versionNeeded, 0);
  fields.writeUInt16LE(utf8Names, 2);
  fields.writeUInt16LE(stored, 4);
  fields.writeUInt16LE(0, 6);
  fields.writeUInt16LE(firstOfJanuary1980, 8);
  fields.writeUInt32LE(entry.crc, 10);
  fields.writeUInt32LE(entry.size, 14);
  fields.writeUInt32LE(entry.size, 18);
  fields.writeUInt16LE(entry.name.length, 22);
  return fields;
}

export function localHeader(entry: ZipEntry): Buffer {
  const signature = Buffer.alloc(4);
  signature.writeUInt32LE(localSignature);
  return Buffer.concat([signature, commonFields(entry), entry.name]);
}

export function centralHeader(entry: ZipEntry): Buffer {
  const start = Buffer.alloc(6);
  start.writeUInt32LE(centralSignature, 0);
  start.writeUInt16LE(madeOnUnix, 4);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(regularFile0644, 6);
  rest.writeUInt32LE(entry.offset, 10);
  return Buffer.concat([start, commonFields(entry), rest, entry.name]);
}

export function endHeader(entries: number, centralBytes: number, centralOffset: number): Buffer {
  const header = Buffer.alloc(endHeaderBytes);
  header.writeUInt32LE(endSignature, 0);
  header.writeUInt16LE(entries, 8);
  header.writeUInt16LE(entries, 10);
  header.writeUInt32LE(centralBytes, 12);
  header.writeUInt32LE(centralOffset, 16);
  return header;
}
