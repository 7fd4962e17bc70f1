// Reads a zip of ours that nobody touched, for tests that look into packs.

/** The files by name; contents are views of `zip`. */
export function readZip(zip: Uint8Array): { files: Map<string, Uint8Array> } {
  const bytes = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength);
  const files = new Map<string, Uint8Array>();
  for (let at = 0; bytes.readUInt32LE(at) === 0x0403_4b50;) {
    const [size, nameBytes] = [bytes.readUInt32LE(at + 18), bytes.readUInt16LE(at + 26)];
    const start = at + 30 + nameBytes;
    files.set(bytes.toString('utf8', at + 30, start), bytes.subarray(start, start + size));
    at = start + size;
  }
  return { files };
}
