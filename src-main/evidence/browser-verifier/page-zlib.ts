// The checksum of zip, for a browser.

const reversedPolynomial = 0xedb8_8320;

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++)
    remainder = (remainder & 1) === 1 ? (remainder >>> 1) ^ reversedPolynomial : remainder >>> 1;
  return remainder;
});

/** CRC-32 of all bytes, or going on from those before, as `crc32` of node:zlib. */
export function crc32(piece: Uint8Array, before = 0): number {
  let remainder = ~before;
  for (const byte of piece) remainder = (table[(remainder ^ byte) & 0xff] ?? 0) ^ (remainder >>> 8);
  return ~remainder >>> 0;
}
