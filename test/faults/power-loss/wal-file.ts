// The write-ahead log as SQLite documents it: which frames are whole and committed, and which pages they hold.
// Source: https://www.sqlite.org/fileformat2.html#walformat

export type WalFrame = {
  readonly page: number;
  /** Bytes of the log up to the end of this frame. */
  readonly end: number;
  readonly isCommit: boolean;
};

export type Wal = {
  readonly pageSize: number;
  /** Frames of committed transactions, in order. */
  readonly committed: readonly WalFrame[];
};

const headerBytes = 32;
const frameHeaderBytes = 24;

/** Reads as far as the checksums hold, as SQLite's recovery does. */
export function readWal(bytes: Buffer): Wal {
  if (bytes.length < headerBytes) return { pageSize: 0, committed: [] };
  const isBigEndian = bytes.readUInt32BE(0) === 0x377f0683;
  const pageSize = bytes.readUInt32BE(8);
  const salts = bytes.subarray(16, 24);
  let sums = checksum(bytes.subarray(0, 24), isBigEndian, [0, 0]);
  if (!isSum(bytes, 24, sums)) return { pageSize, committed: [] };
  const frames: WalFrame[] = [];
  for (let start = headerBytes; ; start += frameHeaderBytes + pageSize) {
    const end = start + frameHeaderBytes + pageSize;
    if (end > bytes.length || !bytes.subarray(start + 8, start + 16).equals(salts)) break;
    sums = checksum(bytes.subarray(start, start + 8), isBigEndian, sums);
    sums = checksum(bytes.subarray(start + frameHeaderBytes, end), isBigEndian, sums);
    if (!isSum(bytes, start + 16, sums)) break;
    frames.push({ page: bytes.readUInt32BE(start), end, isCommit: bytes.readUInt32BE(start + 4) !== 0 });
  }
  const last = frames.findLastIndex(({ isCommit }) => isCommit);
  return { pageSize, committed: frames.slice(0, last + 1) };
}

type Sums = readonly [number, number];

function checksum(bytes: Buffer, isBigEndian: boolean, [first, second]: Sums): Sums {
  const word = (at: number) => (isBigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at));
  let [one, two] = [first, second];
  for (let at = 0; at < bytes.length; at += 8) {
    one = (one + word(at) + two) >>> 0;
    two = (two + word(at + 4) + one) >>> 0;
  }
  return [one, two];
}

function isSum(bytes: Buffer, at: number, [first, second]: Sums): boolean {
  return bytes.readUInt32BE(at) === first && bytes.readUInt32BE(at + 4) === second;
}
