// Rewrites a screenshot as a PNG of at most 256 colours, a third of the size and to the eye the same.
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const mostColours = 256;

/** Takes and returns the bytes of a PNG. Throws on a form that no screenshot has: not 8 bits, or interlaced. */
export function toPalettePng(bytes) {
  const { width, height, pixels } = readPixels(bytes);
  const palette = choosePalette(pixels);
  const nearest = nearestIn(palette);
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) rows[y * (width + 1) + 1 + x] = nearest(pixels[y * width + x]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap(channels))),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type, content) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(content.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

function channels(colour) {
  return [colour >> 16, (colour >> 8) & 255, colour & 255];
}

/** One number, 0xRRGGBB, for each pixel; a screenshot has no transparency. */
function readPixels(bytes) {
  const { header, data } = readChunks(bytes);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth, kind, , , interlaced] = header.subarray(8);
  if (depth !== 8 || interlaced !== 0 || (kind !== 2 && kind !== 6))
    throw new Error('This PNG does not look like a screenshot.');
  const size = kind === 6 ? 4 : 3;
  const lines = unfilter(inflateSync(data), width * size, height, size);
  const pixels = new Uint32Array(width * height);
  for (let index = 0; index < pixels.length; index += 1) pixels[index] = lines.readUIntBE(index * size, 3);
  return { width, height, pixels };
}

function readChunks(bytes) {
  let header = Buffer.alloc(0);
  const data = [];
  for (let offset = signature.length; offset < bytes.length;) {
    const end = offset + 8 + bytes.readUInt32BE(offset);
    const type = bytes.toString('latin1', offset + 4, offset + 8);
    const content = bytes.subarray(offset + 8, end);
    if (type === 'IHDR') header = content;
    if (type === 'IDAT') data.push(content);
    offset = end + 4;
  }
  return { header, data: Buffer.concat(data) };
}

/** The five filters of the PNG specification, section 9. */
function unfilter(raw, stride, height, size) {
  const lines = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x;
      const left = x >= size ? lines[at - size] : 0;
      const above = y > 0 ? lines[at - stride] : 0;
      const aboveLeft = x >= size && y > 0 ? lines[at - stride - size] : 0;
      const guesses = [0, left, above, (left + above) >> 1, paeth(left, above, aboveLeft)];
      lines[at] = raw[y * (stride + 1) + 1 + x] + guesses[filter];
    }
  }
  return lines;
}

function paeth(left, above, aboveLeft) {
  const estimate = left + above - aboveLeft;
  const [toLeft, toAbove, toAboveLeft] = [left, above, aboveLeft].map((value) => Math.abs(estimate - value));
  if (toLeft <= toAbove && toLeft <= toAboveLeft) return left;
  return toAbove <= toAboveLeft ? above : aboveLeft;
}

/** The commonest colour of each of the commonest neighbourhoods, so that flat areas keep their colour to the bit. */
function choosePalette(pixels) {
  const counts = new Map();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const byCount = [...counts].toSorted(([, left], [, right]) => right - left);
  if (byCount.length <= mostColours) return byCount.map(([colour]) => colour);
  const neighbourhoods = new Map();
  for (const [colour, count] of byCount) {
    const key = colour & 0xf0f0f0;
    const { first = colour, total = 0 } = neighbourhoods.get(key) ?? {};
    neighbourhoods.set(key, { first, total: total + count });
  }
  const chosen = new Set(byCount.slice(0, mostColours / 2).map(([colour]) => colour));
  const places = [...neighbourhoods.values()].toSorted((left, right) => right.total - left.total);
  for (const { first } of places) if (chosen.size < mostColours) chosen.add(first);
  return [...chosen];
}

/** Index of the palette colour at the least distance. */
function nearestIn(palette) {
  const known = new Map(palette.map((colour, index) => [colour, index]));
  const points = palette.map(channels);
  return (colour) => {
    const found = known.get(colour);
    if (found !== undefined) return found;
    const [red, green, blue] = channels(colour);
    let best = 0;
    let least = Infinity;
    points.forEach(([r, g, b], index) => {
      const distance = (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
      if (distance < least) [best, least] = [index, distance];
    });
    known.set(colour, best);
    return best;
  };
}
