// Who is believed about a pack, and when it was signed: timestamps, claims, revocation, first use and namespaces together.
import { expect, test } from 'vitest';
import type { TrustOptions } from '../../../src-main/evidence/checks/signature-checks.ts';
import { buildPack } from '../../../src-main/evidence/pack.ts';
import { fingerprintOf, formatPublicKey, shortFingerprint } from '../../../src-main/evidence/public-key.ts';
import { allowedSignersLine } from '../../../src-main/evidence/signer-identity.ts';
import { signatureNamespaces } from '../../../src-main/evidence/sshsig.ts';
import type { TimestampAnswer, TimestampJudge } from '../../../src-main/evidence/timestamp-judge.ts';
import { verifyPack } from '../../../src-main/evidence/verify.ts';
import { filesOf, type MutableFiles } from './forge.ts';
import { alice, generatedAt, identity, sampleInput, signerOf, signersFile } from './sample-input.ts';

const pack = await buildPack(sampleInput(), alice);
const short = shortFingerprint(alice.publicKey);
const fingerprint = fingerprintOf(alice.publicKey);
const claimed = '2026-11-20T10:00:00Z';
const seconds = (text: string) => Date.parse(text) / 1000;

function stampedFiles(name = `timestamps/preparer-${short}.tsr`): MutableFiles {
  const files = filesOf(pack.bytes);
  files.set(name, Buffer.from('a token'));
  return files;
}

/** A judge that believes every token to be of this time. */
const saying =
  (at: string): TimestampJudge =>
  () => ({ standing: 'trusted', at: seconds(at), authority: 'Test service' });
const answering =
  (answer: TimestampAnswer): TimestampJudge =>
  () =>
    answer;

const judged = async (options: Partial<TrustOptions>, files: MutableFiles = filesOf(pack.bytes)) =>
  await verifyPack(files, { signers: signersFile, now: generatedAt, ...options });
const listed = (options: string) =>
  `${allowedSignersLine(identity, alice.publicKey).replace(' ssh-', `,${options} ssh-`)}\n`;
const later = '2030-01-01T00:00:00.000Z';

test('without a timestamp the time is called claimed, in the verdict as well', async () => {
  const result = await judged({});
  expect(result.verdict).toBe('trusted');
  expect(result.summary).toContain(`the claimed time ${claimed}, which nothing proves`);
  expect(result.checks.find(({ name }) => name === 'timestamps')?.detail).toMatch(/is a claim of the pack/);
});

test('a key that ended after the claimed time is good for an old pack, and one that ended before is not', async () => {
  expect((await judged({ signers: listed('valid-before="20261121Z"'), now: later })).verdict).toBe('trusted');
  const ended = await judged({ signers: listed('valid-before="20261119Z"'), now: later });
  expect(ended.verdict).toBe('unpinned');
  expect(ended.summary).toContain(`the claimed time ${claimed}`);
  const begun = await judged({ signers: listed('valid-after="20261121Z"'), now: later });
  expect(begun.summary).toMatch(/not valid yet.*the claimed time/);
});

test('a pack from the future is judged as of now', async () => {
  const now = '2026-11-01T00:00:00.000Z';
  const result = await judged({ signers: listed('valid-after="20261110Z"'), now });
  expect(result.summary).toMatch(/not valid yet.*2026-11-01T00:00:00Z.*Check the date of this computer/);
});

test('a trusted timestamp decides over the claim', async () => {
  const timestamps = saying('2026-12-24T12:00:00Z');
  const ended = listed('valid-before="20261201Z"');
  expect((await judged({ signers: ended, timestamps, now: later }, stampedFiles())).verdict).toBe('unpinned');
  const good = await judged({ timestamps, now: later }, stampedFiles());
  expect(good.verdict).toBe('trusted');
  expect(good.summary).toContain('at 2026-12-24T12:00:00Z, as a timestamp of Test service proves');
  expect(good.summary).not.toContain('claimed');
});

test('an unchecked timestamp proves nothing, and is said to be there', async () => {
  for (const timestamps of [undefined, answering({ standing: 'unchecked', at: 0, authority: 'X' })]) {
    const result = await judged({ timestamps }, stampedFiles());
    expect(result.verdict).toBe('trusted');
    expect(result.summary).toContain('claimed time');
    const check = result.checks.find(({ name }) => name === 'timestamps');
    expect(check?.detail).toMatch(/There is a timestamp of .*, not checked/);
  }
});

test.each(['tampered', 'malformed', 'unpinned'] as const)(
  'a timestamp that is refused (%s) is the verdict',
  async (fault) => {
    const timestamps = answering({ standing: 'refused', fault, reason: 'It is about another file.' });
    const result = await judged({ timestamps }, stampedFiles());
    expect(result.verdict).toBe(fault);
    expect(result.summary).toContain('It is about another file.');
    expect(result.signer).toBeNull();
  },
);

test('a timestamp from the future is not believed', async () => {
  const result = await judged({ timestamps: saying('2026-11-20T10:06:00Z') }, stampedFiles());
  expect(result).toMatchObject({ verdict: 'unpinned', summary: expect.stringMatching(/yet to come here/) });
});

test.each([
  'timestamps/preparer-00000000.tsr',
  `timestamps/approver-${short}.tsr`,
  `timestamps/preparer-${short}.txt`,
  `timestamps/x/preparer-${short}.tsr`,
])('%s belongs to no signature and was added', async (name) => {
  expect((await judged({}, stampedFiles(name))).verdict).toBe('tampered');
});

const revokedSince = `${fingerprint} # revoked-at=2026-12-01 compromised-since=2026-11-25T00:00:00Z reason=laptop lost`;

test('a revoked key stays good for what a trusted timestamp puts before it was compromised', async () => {
  const before = await judged(
    { revoked: revokedSince, timestamps: saying('2026-11-20T11:00:00Z'), now: later },
    stampedFiles(),
  );
  expect(before.verdict).toBe('trusted');
  expect(before.summary).toContain('revoked later; the timestamp is from before it was compromised');
});

test.each<[string, string, TimestampJudge | undefined, RegExp]>([
  [
    'a timestamp too late',
    revokedSince,
    saying('2026-11-25T00:00:00Z'),
    /too late to be relied on.*laptop lost/,
  ],
  ['only a claim', revokedSince, undefined, /no trusted timestamp proves.*claimed time/],
  [
    'an unchecked timestamp',
    revokedSince,
    answering({ standing: 'unchecked', at: seconds(claimed), authority: 'X' }),
    /no trusted timestamp proves/,
  ],
  ['no word since when', fingerprint, saying('2026-11-20T11:00:00Z'), /somebody else may have signed/],
])('a revoked key with %s is not trusted', async (_, revoked, timestamps, sentence) => {
  const result = await judged({ revoked, timestamps, now: later }, stampedFiles());
  expect(result.verdict).toBe('unpinned');
  expect(result.summary).toMatch(sentence);
});

const organisation = (more = '') =>
  `# countersign-signers version=7 issued=2026-11-01T00:00:00Z root=${fingerprintOf(signerOf(70).publicKey)}${more}\n${signersFile}`;

test('an organisation’s list is named by its version, and says nothing after its end', async () => {
  const good = await judged({ signers: organisation() });
  expect(good.summary).toContain('as version 7 of the organisation’s list of signers confirms');
  const ended = await judged({ signers: organisation(' valid-until=2026-11-19T00:00:00Z') });
  expect(ended.verdict).toBe('unpinned');
  expect(ended.summary).toMatch(/version 7 .* has ended on 2026-11-19/);
  expect((await judged({ signers: organisation(' version=8') })).verdict).toBe('malformed');
});

const compared = { identity, fingerprint, comparedAt: '2026-11-18T09:00:00.000Z' };

test('a compared key is trusted as first use, and says so', async () => {
  const result = await judged({ signers: undefined, firstUse: [compared] });
  expect(result.verdict).toBe('trusted');
  expect(result.signer).toEqual({ identity, fingerprint, pinned: true });
  expect(result.summary).toContain('first use, compared by you on 2026-11-18');
});

test('a changed key is an alarm', async () => {
  const other = { ...compared, fingerprint: fingerprintOf(signerOf(5).publicKey) };
  const result = await judged({ signers: undefined, firstUse: [other] });
  expect(result.verdict).toBe('unpinned');
  expect(result.summary).toMatch(/Alarm: the key has changed.*compared on 2026-11-18/);
  expect(result.signer).not.toHaveProperty('comparable');
});

test('a comparison speaks only where no list does', async () => {
  const forAnother = `${allowedSignersLine(identity, signerOf(5).publicKey)}\n`;
  const replaced = await judged({ signers: forAnother, firstUse: [compared] });
  expect(replaced.verdict).toBe('unpinned');
  const elsewhere = `${allowedSignersLine('bob@example.org', signerOf(5).publicKey)}\n`;
  expect((await judged({ signers: elsewhere, firstUse: [compared] })).verdict).toBe('trusted');
  expect((await judged({ signers: undefined, firstUse: [compared], revoked: fingerprint })).verdict).toBe(
    'unpinned',
  );
});

test('a pack says for whom a comparison would do, and only where it would', async () => {
  expect((await judged({ signers: undefined })).signer).toMatchObject({
    comparable: identity,
    pinned: false,
  });
  const forAnother = `${allowedSignersLine(identity, signerOf(5).publicKey)}\n`;
  for (const options of [
    { signers: forAnother },
    { revoked: fingerprint },
    { signers: listed('valid-before="20261119Z"') },
  ]) {
    expect((await judged(options)).signer).not.toHaveProperty('comparable');
  }
});

test('a key compared for one person does not vouch for another', async () => {
  const bob = { ...compared, identity: 'bob@example.org' };
  expect((await judged({ signers: undefined, firstUse: [bob] })).verdict).toBe('unpinned');
});

test('one who signed besides the preparer may have a key that began later, but none that had ended', async () => {
  const carol = signerOf(6);
  const files = filesOf(pack.bytes);
  const manifest = files.get('tagmanifest-sha256.txt') ?? Buffer.alloc(0);
  const name = `signatures/approver-${shortFingerprint(carol.publicKey)}.sig`;
  files.set(name, Buffer.from(carol.sign(signatureNamespaces.evidencePack, manifest)));
  const line = (options: string) =>
    `${signersFile}carol@example.org ${options} ${formatPublicKey(carol.publicKey)}\n`;
  const verdict = async (options: string) =>
    (await judged({ signers: line(options), now: '2026-12-01T00:00:00.000Z' }, files)).verdict;
  expect(await verdict('valid-after="20261125Z"')).toBe('trusted');
  expect(await verdict('valid-after="20261225Z"')).toBe('unpinned');
  expect(await verdict('valid-before="20261119Z"')).toBe('unpinned');
});

const others = Object.values(signatureNamespaces).filter((name) => name !== signatureNamespaces.evidencePack);
test.each([...others, 'file', 'git', 'countersign-evidence-packs', ''])(
  'a signature for %j never passes as one of a pack',
  async (namespace) => {
    const files = filesOf(pack.bytes);
    const manifest = files.get('tagmanifest-sha256.txt') ?? Buffer.alloc(0);
    files.set(`signatures/preparer-${short}.sig`, Buffer.from(alice.sign(namespace, manifest)));
    const result = await judged({ firstUse: [compared] }, files);
    expect(result.verdict).toBe('tampered');
    expect(result.summary).toMatch(/made for another purpose/);
  },
);
