import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashEntry } from '../../../src-main/evidence/entry-hash.ts';
import { buildPack } from '../../../src-main/evidence/pack.ts';
import { fingerprintOf, formatPublicKey } from '../../../src-main/evidence/public-key.ts';
import { allowedSignersLine } from '../../../src-main/evidence/signer-identity.ts';
import { sourceInMemory } from '../../../src-main/evidence/byte-source.ts';
import { readWhole } from '../../../src-main/evidence/pack-archive.ts';
import { readPackZip } from '../../../src-main/evidence/pack-zip.ts';
import { verifyPack } from '../../../src-main/evidence/verify.ts';
import { writeZip } from '../../../src-main/evidence/zip.ts';
import { edit, filesOf, reseal, resign, textOf, type MutableFiles } from './forge.ts';
import { folder, regular, writeForeignZip, type ForeignEntry } from './foreign-writer.ts';
import { alice, generatedAt, identity, sampleInput, signerOf, signersFile } from './sample-input.ts';

const pack = await buildPack(sampleInput(), alice);
const fresh = () => filesOf(pack.bytes);
const trust = { signers: signersFile, now: generatedAt };
const failing = ({ checks }: Awaited<ReturnType<typeof verifyPack>>) =>
  checks.filter(({ ok }) => !ok).map(({ name }) => name);

test('an untouched pack of a listed signer is trusted, zipped or as a folder', async () => {
  for (const given of [pack.bytes, fresh()]) {
    const result = await verifyPack(given, trust);
    expect(result.verdict).toBe('trusted');
    expect(result.signer).toEqual({ identity, fingerprint: fingerprintOf(alice.publicKey), pinned: true });
    expect(failing(result)).toEqual([]);
  }
});

test('the checks come in reading order, also when the first fails', async () => {
  const names = (await verifyPack(pack.bytes, trust)).checks.map(({ name }) => name);
  expect(names).toEqual([
    'container',
    'layout',
    'tag-manifest',
    'payload-manifest',
    'payload-oxum',
    'contents',
    'signatures',
    'timestamps',
    'signer',
    'statement',
    'ledger-chain',
    'checkpoint',
    'times',
    'origin',
    'ipe',
    'decisions',
    'population',
    'findings',
    'anomalies',
    'population-after',
    'configuration',
    'exceptions',
    'proofs',
    'sampling',
    'campaigns',
    'returned-files',
    'returned-signers',
    'reviewers',
    'sign-offs',
    'previous-pack',
    'report',
    'csv',
  ]);
  const broken = await verifyPack(Buffer.from('PK'), trust);
  expect(broken.checks.map(({ name }) => name)).toEqual(names);
  expect(broken.checks.every(({ ok }) => !ok)).toBe(true);
});

const mallory = signerOf(9);
test.each([
  ['no list', { now: generatedAt }, /no list of allowed signers/],
  ['an empty list', { signers: '', now: generatedAt }, /no line lists/],
  ['another key', { signers: allowedSignersLine(identity, mallory.publicKey), now: generatedAt }, /no line/],
  ['another person', { signers: signersFile.replace('alice', 'bob'), now: generatedAt }, /somebody else/],
  ['another namespace', { signers: signersFile.replace('countersign-*', 'git'), now: generatedAt }, /allow/],
  [
    'an expired key',
    { signers: signersFile.replace(' ssh-', ',valid-before="20261119Z" ssh-'), now: generatedAt },
    /no longer valid/,
  ],
  ['a revoked key', { ...trust, revoked: formatPublicKey(alice.publicKey) }, /revoked/],
  ['a revoked fingerprint', { ...trust, revoked: fingerprintOf(alice.publicKey) }, /revoked/],
])('with %s the pack is intact but unpinned, and names nobody', async (_, options, reason) => {
  const result = await verifyPack(pack.bytes, options);
  expect(result.verdict).toBe('unpinned');
  expect(result.signer).toMatchObject({ identity: null, pinned: false });
  expect(result.summary).toMatch(reason);
  expect(failing(result)).toEqual(['signer']);
});

test.each([
  [
    'revoked',
    { ...trust, revoked: fingerprintOf(alice.publicKey) },
    /^Intact, but not trusted\. The key that signed has been revoked: .*on the list of revoked keys.* Ask the organisation why/,
  ],
  [
    'expired',
    { signers: signersFile.replace(' ssh-', ',valid-before="20261119Z" ssh-'), now: generatedAt },
    /^Intact, but not trusted\. The key that signed is no longer valid: .* at 2026-11-19T00:00:00Z.* Ask the organisation to confirm/,
  ],
  [
    'not valid yet',
    { signers: signersFile.replace(' ssh-', ',valid-after="20261201Z" ssh-'), now: generatedAt },
    /^Intact, but not trusted\. The key that signed is not valid yet: .* at 2026-12-01T00:00:00Z.* Check the date/,
  ],
])('a key that is %s gets a sentence of its own, with what to do', async (_, options, sentence) => {
  const result = await verifyPack(pack.bytes, options);
  expect(result.verdict).toBe('unpinned');
  expect(result.summary).toMatch(sentence);
  expect(result.summary).toContain(fingerprintOf(alice.publicKey));
  expect(result.summary).toContain(identity);
  expect(result.summary).not.toContain('Nothing says who signed');
});

test.each([
  ['signers', { ...trust, signers: `${signersFile}garbage\n` }, /allowed signers cannot be read: line 2/],
  ['revoked keys', { ...trust, revoked: 'garbage' }, /revoked keys cannot be read: line 1/],
  ['revoked keys as KRL', { ...trust, revoked: 'SSHKRL\n\0' }, /KRL/],
])('a list of %s that cannot be read fails closed', async (_, options, reason) => {
  const result = await verifyPack(pack.bytes, options);
  expect(result.verdict).toBe('malformed');
  expect(result.summary).toMatch(reason);
});

test('a pack re-signed by a stranger who keeps the claim is not trusted', async () => {
  const result = await verifyPack(resign(fresh(), mallory), trust);
  expect(result.verdict).toBe('tampered');
  expect(failing(result)).toEqual(['signer', 'statement']);
});

test('a stranger’s own pack in the name of alice is unpinned', async () => {
  const forged = await buildPack(sampleInput(), mallory);
  expect(await verifyPack(forged.bytes, trust)).toMatchObject({
    verdict: 'unpinned',
    signer: { identity: null },
  });
});

test('a listed colleague cannot sign in the name of alice', async () => {
  const signers = `${signersFile}mallory@example.org ${formatPublicKey(mallory.publicKey)}\n`;
  const forged = await buildPack(sampleInput(), mallory);
  expect((await verifyPack(forged.bytes, { signers, now: generatedAt })).verdict).toBe('unpinned');
});

test('a second signature counts only when its key is listed, too', async () => {
  const files = fresh();
  const short = /[0-9a-f]{8}/.exec(
    [...filesOf((await buildPack(sampleInput(), mallory)).bytes).keys()].join(' '),
  )?.[0];
  const bytes = files.get('tagmanifest-sha256.txt') ?? Buffer.alloc(0);
  files.set(
    `signatures/approver-${short}.sig`,
    Buffer.from(mallory.sign('countersign-evidence-pack', bytes)),
  );
  const unlisted = await verifyPack(files, trust);
  expect(unlisted.verdict).toBe('unpinned');
  expect(unlisted.summary).toContain(fingerprintOf(mallory.publicKey));
  expect(unlisted.summary).toContain('it signed besides the preparer');
  const signers = `${signersFile}mallory@example.org ${formatPublicKey(mallory.publicKey)}\n`;
  const revoked = await verifyPack(files, { ...trust, revoked: fingerprintOf(mallory.publicKey) });
  expect(revoked.summary).toContain(`the key ${fingerprintOf(mallory.publicKey)} is on the list of revoked`);
  const both = await verifyPack(files, { signers, now: generatedAt });
  expect(both.verdict).toBe('trusted');
  expect(both.signers.map((signer) => signer.identity)).toEqual([identity, 'mallory@example.org']);
});

const never = async (given: Parameters<typeof verifyPack>[0]) => {
  const { verdict } = await verifyPack(given, trust);
  expect(['tampered', 'malformed']).toContain(verdict);
};

test('flipping any byte of any file is noticed, in the folder and in a zip written anew', async () => {
  const names = [...fresh().keys()];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...names),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      async (name, where, difference) => {
        const files = fresh();
        const changed = Buffer.from(files.get(name) ?? []);
        const at = where % changed.length;
        changed[at] = (changed[at] ?? 0) ^ difference;
        files.set(name, changed);
        await never(files);
        await never(writeZip(files));
      },
    ),
    { numRuns: 400 },
  );
});

const dressings: readonly [string, Partial<ForeignEntry>, string][] = [
  ['stored', {}, ''],
  ['deflated', { deflate: true }, ''],
  ['deflated below a top folder', { deflate: true }, 'my pack/'],
  ['deflated with descriptors', { deflate: true, descriptor: 'signed' }, ''],
  [
    'stored with extra fields below a top folder',
    { localExtra: Buffer.from('5554050001ffffff7f', 'hex') },
    'p/',
  ],
];

function repack(files: MutableFiles, how: Partial<ForeignEntry>, top: string): Buffer {
  const folders = [top, `${top}data/`, `${top}signatures/`].filter((name) => name !== '');
  return writeForeignZip([
    ...folders.map((name) => ({ name, content: Buffer.alloc(0), attributes: folder })),
    ...[...files]
      .toReversed()
      .map(([name, content]) => ({ name: `${top}${name}`, content, attributes: regular, ...how })),
  ]);
}

test.each(dressings)('a pack packed again, %s, is judged by its contents', async (_, how, top) => {
  const again = repack(fresh(), how, top);
  const result = await verifyPack(again, trust);
  expect(result.verdict).toBe('trusted');
  expect(result.checks[0]).toMatchObject({
    name: 'container',
    ok: true,
    detail: expect.stringMatching(
      /Another program has packed this file again; it was judged by its contents/,
    ),
  });
  expect((await verifyPack(again, { now: generatedAt })).verdict).toBe('unpinned');
  const judged = async (change: (files: MutableFiles) => void) => {
    const files = fresh();
    change(files);
    return (await verifyPack(repack(files, how, top), trust)).verdict;
  };
  expect(
    await judged((files) =>
      edit(files, 'data/decisions.jsonl', (text) => text.replace('"certify"', '"revoke"')),
    ),
  ).toBe('tampered');
  expect(await judged((files) => files.set('data/added.txt', Buffer.from('x')))).toBe('tampered');
  expect(await judged((files) => files.set('added.txt', Buffer.from('x')))).toBe('tampered');
  expect(await judged((files) => files.delete('data/findings.csv'))).toBe('tampered');
  expect(await judged((files) => files.delete('bagit.txt'))).toBe('malformed');
});

test('changing any byte of any file of a pack packed again is noticed', async () => {
  const names = [...fresh().keys()];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...dressings),
      fc.constantFrom(...names),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      async ([, how, top], name, where, difference) => {
        const files = fresh();
        const changed = Buffer.from(files.get(name) ?? []);
        const at = where % changed.length;
        changed[at] = (changed[at] ?? 0) ^ difference;
        files.set(name, changed);
        await never(repack(files, how, top));
      },
    ),
    { numRuns: 150 },
  );
});

test('a changed byte of a zip packed again is noticed, or leaves every file as it was signed', async () => {
  const zips = dressings.map(([, how, top]) => repack(fresh(), how, top));
  const signed = [...fresh()].map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')]);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...zips),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      async (zip, where, difference) => {
        const changed = Buffer.from(zip);
        const at = where % changed.length;
        changed[at] = (changed[at] ?? 0) ^ difference;
        const { verdict } = await verifyPack(changed, trust);
        if (verdict === 'tampered' || verdict === 'malformed') return;
        expect(verdict).toBe('trusted');
        const { files } = await readPackZip(sourceInMemory(changed));
        const read: string[][] = [];
        for (const [name, file] of files)
          read.push([name, (await readWhole(file, name, 2 ** 24)).toString('base64')]);
        expect(read).toEqual(signed);
      },
    ),
    { numRuns: 250 },
  );
});

test('a pack to which a program added files, keeping our entries, is refused', async () => {
  const added = writeForeignZip([{ name: 'data/added.txt', content: Buffer.from('x') }]);
  const [directory, local] = [pack.bytes.readUInt32LE(pack.bytes.length - 6), 30 + 14 + 1];
  const record = Buffer.from(added.subarray(local, -22));
  record.writeUInt32LE(directory, 42);
  const end = Buffer.from(pack.bytes.subarray(-22));
  for (const at of [8, 10]) end.writeUInt16LE(end.readUInt16LE(at) + 1, at);
  end.writeUInt32LE(end.readUInt32LE(12) + record.length, 12);
  end.writeUInt32LE(directory + local, 16);
  const central = pack.bytes.subarray(directory, -22);
  const zip = Buffer.concat([
    pack.bytes.subarray(0, directory),
    added.subarray(0, local),
    central,
    record,
    end,
  ]);
  const result = await verifyPack(zip, trust);
  expect(result.verdict).toBe('malformed');
  expect(result.summary).toMatch(/not a pack file as Countersign writes it/);
});

test('flipping any byte of the pack file is noticed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(pack.bytes.length - 1),
      fc.integer({ min: 1, max: 255 }),
      async (at, difference) => {
        const changed = Buffer.from(pack.bytes);
        changed[at] = (changed[at] ?? 0) ^ difference;
        await never(changed);
      },
    ),
    { numRuns: 700 },
  );
});

test('a checksum changed in both places of the pack file is noticed, although every file is intact', async () => {
  const changed = Buffer.from(pack.bytes);
  const checksum = changed.subarray(14, 18);
  const other = changed.lastIndexOf(checksum);
  expect(other).toBeGreaterThan(14);
  for (const at of [14, other]) changed[at] = (changed[at] ?? 0) ^ 1;
  const result = await verifyPack(changed, trust);
  expect(result.verdict).toBe('tampered');
  expect(failing(result)[0]).toBe('container');
});

test('cutting the pack file anywhere is noticed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(pack.bytes.length - 1), async (length) => {
      await never(pack.bytes.subarray(0, length));
      await never(pack.bytes.subarray(pack.bytes.length - length));
    }),
    { numRuns: 150 },
  );
});

test('adding any file anywhere is noticed', async () => {
  const folder = fc.constantFrom(
    '',
    'data/',
    'data/more/',
    'signatures/',
    'timestamps/',
    'signatures/preparer-',
  );
  const name = fc.stringMatching(/^[a-z0-9]{1,8}(\.sig|\.txt)?$/);
  await fc.assert(
    fc.asyncProperty(folder, name, fc.uint8Array({ maxLength: 50 }), async (prefix, rest, content) => {
      const files = fresh();
      files.set(`${prefix}${rest}`, content);
      await never(files);
      await never(writeZip(files));
    }),
  );
});

test('removing or renaming any file is noticed', async () => {
  for (const name of fresh().keys()) {
    const without = fresh();
    without.delete(name);
    await never(without);
    const renamed = fresh();
    renamed.delete(name);
    renamed.set(`${name}2`, fresh().get(name) ?? Buffer.alloc(0));
    await never(renamed);
  }
});

test('exchanging the contents of any two files is noticed', async () => {
  const names = [...fresh().keys()];
  for (const [index, one] of names.entries()) {
    for (const other of names.slice(index + 1)) {
      const files = fresh();
      files.set(one, fresh().get(other) ?? Buffer.alloc(0));
      files.set(other, fresh().get(one) ?? Buffer.alloc(0));
      await never(files);
    }
  }
});

test('line endings changed by a mail program are noticed', async () => {
  for (const name of fresh().keys()) {
    const files = fresh();
    edit(files, name, (text) => text.replaceAll('\n', '\r\n'));
    // A signature file whose line ends are all CRLF is still that signature; nothing else may be.
    if (!name.startsWith('signatures/')) await never(files);
  }
});

test('arbitrary bytes and arbitrary files end in a verdict', async () => {
  const bytes = fc.uint8Array({ maxLength: 300 });
  const names = [...fresh().keys()];
  await fc.assert(fc.asyncProperty(bytes, never));
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.constantFrom(...names), bytes), (object) =>
      never(new Map(Object.entries(object))),
    ),
  );
});

test('arbitrary JSON in a data file, signed by a listed signer, still ends in a verdict', async () => {
  const names = [...fresh().keys()].filter(
    (name) => /json|html|csv|txt/.test(name) && name.startsWith('data/'),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...names), fc.json({ maxDepth: 3 }), async (name, json) => {
      const files = fresh();
      files.set(name, Buffer.from(`${json}\n`));
      if (name === 'data/statement.json') resign(files, alice);
      else reseal(files, alice);
      await never(files);
    }),
    { numRuns: 200 },
  );
});

/** Replaces the ledger by one in which all hashes fit again after a change. */
function rechain(files: MutableFiles, change: (text: string) => string): void {
  let previous = '0'.repeat(64);
  edit(files, 'data/ledger.jsonl', (text) =>
    change(text)
      .split('\n')
      .slice(0, -1)
      .map((line) => {
        const chained = line.replace(/"prev":"[0-9a-f]{64}"/, `"prev":"${previous}"`);
        previous = hashEntry(JSON.parse(chained));
        return `${chained}\n`;
      })
      .join(''),
  );
}

const insider: [string, string, (files: MutableFiles) => void][] = [
  ['nothing', '', () => {}],
  [
    'a changed decision',
    'decisions',
    (files) => edit(files, 'data/decisions.jsonl', (text) => text.replace('"certify"', '"revoke"')),
  ],
  [
    'a changed reason',
    'decisions',
    (files) => edit(files, 'data/decisions.jsonl', (text) => text.replace('script>alert', 'script>hello')),
  ],
  [
    'another hash on a decision',
    'decisions',
    (files) => edit(files, 'data/decisions.jsonl', (text) => text.replace(/"hash":"../, '"hash":"zz')),
  ],
  [
    'a dropped item',
    'population',
    (files) => edit(files, 'data/population.jsonl', (text) => text.replace(/^.*\n/, '')),
  ],
  [
    'an item twice',
    'population',
    (files) => edit(files, 'data/population.jsonl', (text) => text.replace(/^(.*\n)/, '$1$1')),
  ],
  [
    'a decision shown as none',
    'decisions',
    (files) =>
      edit(files, 'data/decisions.jsonl', (text) =>
        text.replace(/^.*\n/, '{"decision":null,"review":"r1","status":"pending"}\n'),
      ),
  ],
  [
    'a person deciding about themselves',
    'population',
    (files) =>
      edit(files, 'data/population.jsonl', (text) => text.replace('"actor":"bob"', '"actor":"alice"')),
  ],
  [
    'a changed ledger entry',
    'ledger-chain',
    (files) =>
      edit(files, 'data/ledger.jsonl', (text) =>
        text.replace('"reason":"do not know"', '"reason":"do now know"'),
      ),
  ],
  [
    'a dropped ledger entry',
    'ledger-chain',
    (files) => edit(files, 'data/ledger.jsonl', (text) => text.split('\n').toSpliced(4, 1).join('\n')),
  ],
  [
    'a cut ledger',
    'checkpoint',
    (files) =>
      edit(files, 'data/ledger.jsonl', (text) => text.split('\n').slice(0, -2).join('\n').concat('\n')),
  ],
  ['an empty ledger', 'ledger-chain', (files) => files.set('data/ledger.jsonl', Buffer.alloc(0))],
  [
    'a ledger chained anew',
    'checkpoint',
    (files) => rechain(files, (text) => text.replace('"do not know"', '"i do know"')),
  ],
  [
    'a self-review in a ledger chained anew',
    'decisions',
    (files) => rechain(files, (text) => text.replace('"actor":"bob"', '"actor":"alice"')),
  ],
  [
    'another checkpoint',
    'checkpoint',
    (files) => edit(files, 'data/checkpoint.txt', (text) => text.replace('\n12\n', '\n13\n')),
  ],
  [
    'a changed score',
    'findings',
    (files) => edit(files, 'data/findings.jsonl', (text) => text.replace('"score":1233.75', '"score":99')),
  ],
  [
    'a changed deviation',
    'findings',
    (files) =>
      edit(files, 'data/findings.jsonl', (text) => text.replace('"deviationUsed":1', '"deviationUsed":2')),
  ],
  [
    'a changed disposition',
    'findings',
    (files) =>
      edit(files, 'data/findings.jsonl', (text) =>
        text.replace('"disposition":"escalated"', '"disposition":"false-positive"'),
      ),
  ],
  [
    'a finding made open again',
    'findings',
    (files) =>
      edit(files, 'data/findings.jsonl', (text) =>
        text.replace(
          /"disposedAt":"[^"]*","disposedBy":"[^"]*","disposition":"escalated","dispositionNote":"[^"]*"/,
          '"disposedAt":null,"disposedBy":null,"disposition":null,"dispositionNote":null',
        ),
      ),
  ],
  [
    'a finding hidden by an exception nobody granted',
    'findings',
    (files) =>
      edit(files, 'data/findings.jsonl', (text) =>
        text.replace('"suppressedBy":null', '"suppressedBy":"X01"'),
      ),
  ],
  [
    'a disposition that claims to have been a blind check',
    'findings',
    (files) =>
      edit(files, 'data/findings.jsonl', (text) => text.replace('"blindCheck":false', '"blindCheck":true')),
  ],
  [
    'a detector nobody describes',
    'findings',
    (files) => files.set('data/detectors.json', Buffer.from('[]\n')),
  ],
  [
    'a conflict nobody had',
    'decisions',
    (files) => edit(files, 'data/conflicts.jsonl', (text) => text.replace('"review":"r2"', '"review":"r1"')),
  ],
  [
    'a population called complete',
    'ipe',
    (files) => edit(files, 'data/ipe.json', (text) => text.replace('"serverRows":3', '"serverRows":4')),
  ],
  [
    'a number in the statement',
    'statement',
    (files) => edit(files, 'data/statement.json', (text) => text.replace('"undecided":2', '"undecided":0')),
  ],
  [
    'another pack id in the statement',
    'statement',
    (files) => edit(files, 'data/statement.json', (text) => text.replace('12345678', '12345679')),
  ],
  [
    'another day in bag-info',
    'statement',
    (files) => edit(files, 'bag-info.txt', (text) => text.replace('2026-11-20', '2026-11-21')),
  ],
  [
    'a number in the report',
    'report',
    (files) => edit(files, 'data/report.html', (text) => text.replace('>1,234<', '>1,235<')),
  ],
  [
    'a decision in the report',
    'report',
    (files) => edit(files, 'data/report.html', (text) => text.replace('>Revoke</data>', '>Certified</data>')),
  ],
  [
    'a number left out of the report',
    'report',
    (files) =>
      edit(files, 'data/report.html', (text) =>
        text.replace(/<data data-fact="count-withdrawn"[^>]*>1<\/data>/, '1'),
      ),
  ],
  [
    'a number more in the report',
    'report',
    (files) =>
      edit(files, 'data/report.html', (text) => text.replace('</main>', '<data value="1">1</data></main>')),
  ],
  [
    'a script in the report',
    'report',
    (files) =>
      edit(files, 'data/report.html', (text) => text.replace('</main>', '<script>x</script></main>')),
  ],
  [
    'a picture in the report',
    'report',
    (files) => edit(files, 'data/report.html', (text) => text.replace('</main>', '<IMG src=x></main>')),
  ],
  [
    'a cell of a table',
    'csv',
    (files) => edit(files, 'data/decisions.csv', (text) => text.replace('certify', 'revoke')),
  ],
  [
    'a formula in a table',
    'csv',
    (files) => edit(files, 'data/decisions.csv', (text) => text.replace("'=HYPER", '=HYPER')),
  ],
  [
    'a field nobody knows',
    'contents',
    (files) => edit(files, 'data/population.jsonl', (text) => text.replace('"action"', '"aaa":1,"action"')),
  ],
  ['a file nobody knows', 'contents', (files) => files.set('data/extra.txt', Buffer.from('x'))],
  ['a missing table', 'contents', (files) => files.delete('data/findings.csv')],
  [
    'a bag of another kind',
    'payload-oxum',
    (files) => edit(files, 'bagit.txt', (text) => text.replace('1.0', '0.9')),
  ],
];

test.each(insider)('%s, signed again by the listed signer, fails the check %j', async (_, check, change) => {
  const files = fresh();
  change(files);
  const result = await verifyPack(reseal(files, alice), trust);
  if (check === '') expect(failing(result)).toEqual([]);
  else {
    expect(failing(result)).toContain(check);
    expect(['tampered', 'malformed']).toContain(result.verdict);
  }
});

test('a size that does not fit is noticed', async () => {
  const files = fresh();
  edit(files, 'bag-info.txt', (text) => text.replace(/(Oxum: \d+)\.\d+/, '$1.99'));
  expect(failing(await verifyPack(resign(files, alice), trust))).toEqual(['payload-oxum']);
});

test('no check says more than three file names', async () => {
  const files = fresh();
  for (let index = 0; index < 50; index++) files.set(`data/added-${index}`, Buffer.alloc(0));
  const detail = (await verifyPack(files, trust)).checks.find(
    ({ name }) => name === 'payload-manifest',
  )?.detail;
  expect(detail).toBe('Added since signing: data/added-0, data/added-1, data/added-2 and 47 more.');
});

test('a signature for another purpose is no signature of a pack', async () => {
  const files = fresh();
  const [name = ''] = [...files.keys()].filter((file) => file.startsWith('signatures/'));
  const bytes = files.get('tagmanifest-sha256.txt') ?? Buffer.alloc(0);
  files.set(name, Buffer.from(alice.sign('countersign-checkpoint', bytes)));
  const result = await verifyPack(files, trust);
  expect(result.verdict).toBe('tampered');
  expect(result.signers).toEqual([]);
  expect(textOf(files, name)).toContain('SSH SIGNATURE');
});
