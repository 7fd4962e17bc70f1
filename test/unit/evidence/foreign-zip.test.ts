import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { writeZip } from '../../../src-main/evidence/zip.ts';
import { folder, writeForeignZip, type ForeignEntry } from './foreign-writer.ts';
import { readAll, type ReadPackZip } from './read-pack-zip.ts';

const alpha = Buffer.from('alpha '.repeat(20));
const beta = Buffer.from('beta');
const entries: readonly ForeignEntry[] = [
  { name: 'a.txt', content: alpha },
  { name: 'data/b.txt', content: beta },
];
const changeFirst = (change: Partial<ForeignEntry>) =>
  writeForeignZip(entries.map((entry, index) => (index === 0 ? { ...entry, ...change } : entry)));
const asText = (files: ReadonlyMap<string, Uint8Array>) =>
  Object.fromEntries([...files].map(([name, bytes]) => [name, Buffer.from(bytes).toString('latin1')]));

const times = Buffer.from('55540500010000000075780b000104e803000004e8030000', 'hex');
const ntfsTimes = Buffer.concat([Buffer.from('0a002000', 'hex'), Buffer.alloc(32)]);

const form = fc.record({
  deflate: fc.boolean(),
  descriptor: fc.constantFrom('none', 'plain', 'signed'),
  localExtra: fc.constantFrom(Buffer.alloc(0), times, ntfsTimes, Buffer.from('feca0000', 'hex')),
  flags: fc.constantFrom(0, 0x0800, 0x0002),
  attributes: fc.constantFrom(0, 0x20, 0o100644 * 0x1_0000, 0o100755 * 0x1_0000 + 0x20),
});
const foreignSet = fc
  .uniqueArray(fc.tuple(fc.stringMatching(/^[a-z]{1,6}$/), fc.uint8Array({ maxLength: 60 }), form), {
    selector: ([name]) => name,
    maxLength: 6,
  })
  .map((files) => files.map(([name, content, how]) => ({ name: `data/${name}`, content, ...how })));

test('whatever plain form another program chooses, its files are read, sorted by name', async () => {
  await fc.assert(
    fc.asyncProperty(foreignSet, fc.boolean(), async (files, withFolder) => {
      const around = withFolder
        ? [{ name: 'data/', content: Buffer.alloc(0), attributes: folder, deflate: true }]
        : [];
      const read = await readAll(writeForeignZip([...around, ...files]));
      const expected = files.toSorted((left, right) => (left.name < right.name ? -1 : 1));
      expect([...read.files.keys()]).toEqual(expected.map(({ name }) => name));
      expect(asText(read.files)).toEqual(asText(new Map(files.map(({ name, content }) => [name, content]))));
      expect(read).toMatchObject({ altered: [], repacked: files.length > 0 || withFolder });
    }),
  );
});

test.each([
  ['one folder around a bag', ['p/bagit.txt', 'p/data/x'], ['bagit.txt', 'data/x']],
  ['no folder', ['bagit.txt', 'data/x'], ['bagit.txt', 'data/x']],
  ['a file beside the folder', ['p/bagit.txt', 'x'], ['p/bagit.txt', 'x']],
  ['two folders', ['p/bagit.txt', 'q/x'], ['p/bagit.txt', 'q/x']],
  ['a folder that begins alike', ['p/bagit.txt', 'pq/x'], ['p/bagit.txt', 'pq/x']],
  ['a bag deeper inside', ['p/q/bagit.txt', 'p/q/x'], ['p/q/bagit.txt', 'p/q/x']],
  ['no bag', ['p/x', 'p/y'], ['p/x', 'p/y']],
])('with %s the names are those inside the pack', async (_, names, expected) => {
  const zip = writeForeignZip([
    ...(names[0]?.startsWith('p/') ? [{ name: 'p/', content: Buffer.alloc(0), attributes: folder }] : []),
    ...names.map((name) => ({ name, content: beta })),
  ]);
  expect([...(await readAll(zip)).files.keys()]).toEqual(expected);
});

test('a file whose checksum does not fit is named as it is called inside the pack', async () => {
  const zip = writeForeignZip([
    { name: 'p/bagit.txt', content: beta },
    { name: 'p/data/x', content: alpha, deflate: true, announced: { crc: 1 } },
  ]);
  expect((await readAll(zip)).altered).toEqual(['data/x']);
});

async function refused(zip: Uint8Array, reason: RegExp): Promise<void> {
  await expect(readAll(zip)).rejects.toThrow(reason);
  await expect(readAll(zip)).rejects.toMatchObject({ code: 'file-unreadable' });
}

test.each<[string, Partial<ForeignEntry>, RegExp]>([
  ['an absolute name', { name: '/etc/passwd' }, /names a folder, or nothing/],
  ['a climbing name', { name: '../x' }, /leads out of the pack/],
  ['a name climbing inside', { name: 'data/../../x' }, /leads out of the pack/],
  ['a backslash', { name: 'data\\x' }, /not safe/],
  ['a drive letter', { name: 'C:x' }, /not safe/],
  ['NUL in a name', { name: 'a\0b' }, /not safe/],
  ['a name that is not UTF-8', { name: Buffer.from([0xff, 0xfe]) }, /not UTF-8/],
  ['an empty name', { name: '' }, /nothing/],
  ['a name that is only a slash', { name: '/', content: Buffer.alloc(0), attributes: folder }, /nothing/],
  ['a name that is there twice', { name: 'data/b.txt' }, /same name/],
  ['a name that is there twice but for case', { name: 'data/B.TXT' }, /same name/],
  [
    'a file and a folder of one name',
    { name: 'data/b.txt/', content: Buffer.alloc(0), attributes: folder },
    /same name/,
  ],
  ['a symbolic link', { attributes: 0o120777 * 0x1_0000 }, /such as a link/],
  ['a pipe', { attributes: 0o010644 * 0x1_0000 }, /such as a link/],
  ['a device', { attributes: 0o060644 * 0x1_0000 }, /such as a link/],
  ['a link of Windows', { attributes: 0x400 }, /such as a link/],
  ['a file that is marked as a folder', { attributes: folder }, /such as a link/],
  ['a folder that is marked as a file', { name: 'x/', content: Buffer.alloc(0) }, /such as a link/],
  ['a folder with contents', { name: 'x/', attributes: folder }, /folder in it has contents/],
  ['encryption', { flags: 1 }, /encrypted/],
  ['strong encryption', { flags: 0x41 }, /encrypted/],
  ['patch data', { flags: 0x20 }, /unusual form/],
  ['bzip2', { method: 12 }, /compressed in an unusual way/],
  ['a zip64 size', { announced: { bytes: 0xffff_ffff }, deflate: true }, /zip64/],
  ['more than any evidence grows to', { announced: { bytes: 0x4000_0000 }, deflate: true }, /200-fold/],
  ['a zip64 packed size', { announced: { packedBytes: 0xffff_ffff }, deflate: true }, /zip64/],
  ['a zip64 extension', { localExtra: Buffer.from('01000000', 'hex') }, /zip64/],
  [
    'a zip64 extension in front of the data only',
    { localExtra: Buffer.from('01000000', 'hex'), centralExtra: Buffer.alloc(0) },
    /zip64/,
  ],
  ['a second name for the file', { localExtra: Buffer.from('75700600010000000061', 'hex') }, /extension/],
  ['a damaged extension', { localExtra: Buffer.from('555405', 'hex') }, /damaged extension/],
  ['an extension longer than its field', { localExtra: Buffer.from('55540900', 'hex') }, /damaged extension/],
  ['a comment', { comment: 'hello' }, /comment/],
  ['another name in front of the data', { localName: 'b.txt' }, /does not fit its files/],
  ['two sizes of a stored file', { announced: { bytes: 5 } }, /two sizes/],
  ['a stored size beyond the file', { announced: { bytes: 9999, packedBytes: 9999 } }, /too early/],
  ['a stored size short of the data', { announced: { bytes: 5, packedBytes: 5 } }, /between its files/],
  ['a decompressed size too small', { announced: { bytes: 5 }, deflate: true }, /decompressed to the size/],
  ['a decompressed size too large', { announced: { bytes: 500 }, deflate: true }, /another size/],
  [
    'a compressed stream that is cut',
    { announced: { packedBytes: 5 }, deflate: true, after: Buffer.alloc(0) },
    /between its files/,
  ],
  ['junk behind the compressed stream', { junk: beta, deflate: true }, /decompressed/],
  ['a compressed file without data', { content: Buffer.alloc(0), method: 8 }, /decompressed/],
  ['something between the files', { after: beta }, /between its files/],
  [
    'a descriptor that does not fit',
    { descriptor: 'plain', announced: { bytes: 5, packedBytes: 5 } },
    /sizes behind/,
  ],
])('%s is refused', async (_, change, reason) => {
  await refused(changeFirst(change), reason);
});

const good = writeForeignZip(entries);
const endChanged = (change: (end: Buffer) => void) => {
  const zip = Buffer.from(good);
  change(zip.subarray(-22));
  return zip;
};

test.each<[string, Buffer, RegExp]>([
  ['something before its first file', writeForeignZip(entries, { before: beta }), /between its files/],
  ['a program in front', Buffer.concat([beta, good]), /where its end says/],
  ['files that overlap', writeForeignZip(entries, { offsetOf: () => 0 }), /overlap/],
  [
    'an offset behind its end',
    writeForeignZip(entries, { offsetOf: (at) => at + 9999 }),
    /between its files/,
  ],
  [
    'an offset inside a file',
    writeForeignZip(entries, { offsetOf: (at) => (at === 0 ? 0 : at + 1) }),
    /overlap/,
  ],
  [
    'a comment at the end',
    Buffer.concat([good.subarray(0, -2), Buffer.from('\x02\0hi')]),
    /without a comment/,
  ],
  ['something behind the end', Buffer.concat([good, beta]), /without a comment/],
  ['several parts', endChanged((end) => end.writeUInt16LE(1, 4)), /several parts/],
  ['two counts', endChanged((end) => end.writeUInt16LE(1, 8)), /several parts/],
  ['a wrong count', endChanged((end) => end.fill(Buffer.from([1, 0]), 8, 12)), /another number/],
  ['a directory that begins later', endChanged((end) => end.writeUInt8(1, 19)), /where its end says/],
  ['a zip64 end', endChanged((end) => end.writeUInt32LE(0xffff_ffff, 16)), /zip64/],
])('a zip with %s is refused', (_, zip, reason) => refused(zip, reason));

test('a file that the directory does not list is refused, wherever it stands', async () => {
  for (const hidden of [0, 1, 2]) {
    const all = entries.toSpliced(hidden, 0, { name: 'hidden', content: beta });
    const whole = writeForeignZip(all);
    const record = 46 + 'hidden'.length;
    const start = whole.readUInt32LE(whole.length - 6);
    const at = all.slice(0, hidden).reduce((sum, { name }) => sum + 46 + name.length, start);
    const end = Buffer.from(whole.subarray(-22));
    end.fill(Buffer.from([2, 0]), 8, 12);
    end.writeUInt32LE(end.readUInt32LE(12) - record, 12);
    await refused(
      Buffer.concat([whole.subarray(0, at), whole.subarray(at + record, -22), end]),
      /something between its files/,
    );
  }
});

test('a zip with the entry of a file that is ours must be ours throughout', async () => {
  const ours = writeZip(new Map(entries.map(({ name, content }) => [String(name), content])));
  const dates = [12, ours.lastIndexOf('a.txt') - 46 + 14];
  const redated = Buffer.from(ours);
  for (const at of dates) redated.writeUInt16LE(0x5d74, at);
  await refused(redated, /not a pack file as Countersign writes it/);
  for (const at of dates) expect(ours.readUInt16LE(at)).toBe(0x21);
  const second = ours.indexOf('data/b.txt') - 30 + 12;
  const third = ours.lastIndexOf('data/b.txt') - 46 + 14;
  for (const at of [second, third]) redated.writeUInt16LE(0x5d74, at);
  expect(await readAll(redated)).toMatchObject({ altered: [], repacked: true });
});

async function outcome(bytes: Uint8Array): Promise<ReadPackZip | null> {
  try {
    return await readAll(bytes);
  } catch (error) {
    expect(error).toMatchObject({ code: 'file-unreadable' });
    return null;
  }
}

test('every bit of a zip of ours counts, and so does every byte cut off', async () => {
  const ours = writeZip(new Map(entries.map(({ name, content }) => [String(name), content])));
  const passed = [];
  for (let bit = 0; bit < ours.length * 8; bit++) {
    const changed = Buffer.from(ours);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    const read = await outcome(changed);
    if (read !== null && (read.repacked || read.altered.length === 0)) passed.push(bit);
  }
  expect(passed).toEqual([]);
  for (let length = 0; length < ours.length; length++)
    expect(await outcome(ours.subarray(0, length))).toBeNull();
});

test('a changed byte of a foreign zip gives the same files, or is noticed', async () => {
  const forms: readonly Partial<ForeignEntry>[] = [
    {},
    { localExtra: times },
    { deflate: true, descriptor: 'signed' },
    { deflate: true, descriptor: 'plain', localExtra: ntfsTimes },
  ];
  for (const how of forms) {
    const zip = writeForeignZip(entries.map((entry) => ({ ...entry, ...how })));
    const expected = asText((await readAll(zip)).files);
    let noticed = 0;
    for (let bit = 0; bit < zip.length * 8; bit++) {
      const changed = Buffer.from(zip);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const read = await outcome(changed);
      if (read === null || read.altered.length > 0) noticed++;
      else if (JSON.stringify(asText(read.files)) !== JSON.stringify(expected)) {
        expect.fail(`bit ${bit} passed with other files`);
      }
    }
    expect(noticed).toBeGreaterThan(zip.length * 4);
  }
});

test('arbitrary bytes, also with a sound end, are refused or read, and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 200 }),
      fc.nat(200),
      fc.nat(3),
      async (bytes, offset, count) => {
        await outcome(bytes);
        const end = Buffer.from(good.subarray(-22));
        end.writeUInt16LE(count, 8);
        end.writeUInt16LE(count, 10);
        end.writeUInt32LE(Math.min(offset, bytes.length), 16);
        end.writeUInt32LE(bytes.length - Math.min(offset, bytes.length), 12);
        await outcome(Buffer.concat([bytes, end]));
      },
    ),
  );
});
