// Redacted packs of real packs: they verify, they hold nothing of what they hide, and say no more than they can prove.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LedgerEntryType } from '#shared/model/evidence.ts';
import { sourceInMemory } from '../../../../src-main/evidence/byte-source.ts';
import { verifyEvidence } from '../../../../src-main/evidence/collection/verify-work-papers.ts';
import { formatJsonLines } from '../../../../src-main/evidence/json-lines.ts';
import { digestFiles, formatManifest } from '../../../../src-main/evidence/manifest.ts';
import { buildPack } from '../../../../src-main/evidence/pack.ts';
import { readWhole } from '../../../../src-main/evidence/pack-archive.ts';
import type { PackInput } from '../../../../src-main/evidence/pack-input.ts';
import { readPackZip } from '../../../../src-main/evidence/pack-zip.ts';
import { externalAuditor } from '#shared/model/redaction.ts';
import { redactPack } from '../../../../src-main/evidence/redaction/redact-pack.ts';
import {
  readRedactedLedger,
  readRedactionStatement,
  redactedLedgerFile,
} from '../../../../src-main/evidence/redaction/redacted-contents.ts';
import { revealValues } from '../../../../src-main/evidence/redaction/reveal.ts';
import { saltsOf } from '../../../../src-main/evidence/redaction/salts.ts';
import { verifyRedacted } from '../../../../src-main/evidence/redaction/verify-redacted.ts';
import { parseBagInfo, payloadOxum } from '../../../../src-main/evidence/bag-info.ts';
import { signatureNamespaces } from '../../../../src-main/evidence/sshsig.ts';
import { shortFingerprint } from '../../../../src-main/evidence/public-key.ts';
import { writeZip } from '../../../../src-main/evidence/zip.ts';
import { alice, generatedAt, identity, sampleInput, signersFile } from '../sample-input.ts';

const secret = Buffer.alloc(32, 9);
const trust = { signers: signersFile, now: generatedAt };

async function redacted(
  input: PackInput = sampleInput(),
  changes: Partial<Parameters<typeof redactPack>[0]> = {},
) {
  const pack = await buildPack(input, alice);
  const { files: archive } = await readPackZip(sourceInMemory(pack.bytes));
  const made = await redactPack({
    archive,
    source: { name: pack.name, sha256: pack.sha256 },
    profile: externalAuditor,
    secret,
    signer: alice,
    signerIdentity: identity,
    generatedAt,
    toolVersion: '0.0.0-test',
    ...changes,
  });
  const { files } = await readPackZip(sourceInMemory(made.bytes));
  return { ...made, files };
}

type Everywhere = { at: string; said: string; net: string; victim: string; target: string; letter: string };

/** The sample with persons and addresses in all the places findings, reasons and connections have for them. */
function withEverywhere({ at, said, net, victim, target, letter }: Everywhere): PackInput {
  const input = sampleInput();
  const firstAt = generatedAt;
  return {
    ...input,
    findings: input.findings.map((finding) => ({
      ...finding,
      id: 'f9',
      disposition: null,
      dispositionNote: null,
      disposedAt: null,
      disposedBy: null,
      detector: 'other',
      explanation: `Seen from ${said}, in ${net}. Ask ${letter}.`,
      evidence: {
        newNetworks: [{ events: 2, firstAt, value: net }],
        newAddresses: [{ events: 2, firstAt, value: at }],
        addresses: [{ count: 3, name: at }],
        accounts: [{ count: 3, name: victim }],
        success: { address: at },
        address: at,
        target,
      },
    })),
    detectors: [
      ...input.detectors,
      { id: 'other', version: 'other/1', parameters: {}, description: 'Other.' },
    ],
    ipe: { ...input.ipe, filters: [`Only events from ${net}, as ${letter} asked.`] },
  };
}

/** All bytes of all files, one behind the other. */
async function textOf(files: Awaited<ReturnType<typeof redacted>>['files']): Promise<string> {
  const parts = await Promise.all([...files].map(([name, file]) => readWhole(file, name, 2 ** 28)));
  return Buffer.concat(parts).toString('utf8');
}

/** Without the words for every reader, in which anybody’s name may be a part of a word. */
const withoutWords = (files: Awaited<ReturnType<typeof redacted>>['files']) =>
  new Map([...files].filter(([name]) => name !== 'VERIFY.txt'));

/** Every actor of the input, as its rows name them. */
function actorsOf(input: PackInput): string[] {
  const found = [...input.population, ...input.findings].flatMap(({ actor, actorName }) => [
    actor,
    actorName,
  ]);
  return [...new Set(found.filter((one): one is string => one !== null && one !== ''))];
}

const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('a redacted pack', () => {
  test('verifies by the verifier of packs, and holds none of the values nor their plain hashes', async () => {
    const input = sampleInput();
    const { bytes, files, counts } = await redacted(input);
    const verification = await verifyEvidence(bytes, trust);
    expect(verification).toMatchObject({ verdict: 'trusted' });
    expect(verification.summary).toContain(`nothing was left out of ${input.ledger.length} ledger entries`);
    const text = await textOf(files);
    const actors = actorsOf(input);
    expect(actors.length).toBeGreaterThan(0);
    for (const actor of actors) {
      expect(text.includes(JSON.stringify(actor).slice(1, -1))).toBe(false);
      expect(text.includes(sha256Hex(actor))).toBe(false);
    }
    expect(counts.withheld).toBeGreaterThan(0);
    expect(counts.inFull).toBeGreaterThan(0);
  });

  test('whatever the actors are called', { timeout: 60_000 }, async () => {
    const name = fc.stringMatching(/^[G-Zg-z][G-Zg-z .'@"\\é-]{4,20}[G-Zg-z]$/);
    await fc.assert(
      fc.asyncProperty(name, name, async (actor, actorName) => {
        const input = renamed(sampleInput(), actor, actorName);
        const { bytes, files } = await redacted(input);
        expect((await verifyEvidence(bytes, trust)).verdict).toBe('trusted');
        const { nonce: _nonce, ...rest } = await readRedactionStatement(files);
        expect(rest.counts.entries).toBe(input.ledger.length);
        const hidden = await textOf(withoutWords(files));
        for (const value of [actor, actorName]) {
          expect(hidden.includes(JSON.stringify(value).slice(1, -1))).toBe(false);
          expect(hidden.includes(sha256Hex(value))).toBe(false);
        }
      }),
      { numRuns: 12 },
    );
  });

  test(
    'no person and no address is left, whichever field of whichever row it stands in',
    { timeout: 60_000 },
    async () => {
      const group = fc.integer({ min: 0x1000, max: 0xffff }).map((number) => number.toString(16));
      const six = fc.oneof(
        fc.array(group, { minLength: 8, maxLength: 8 }).map((groups) => groups.join(':')),
        fc.array(group, { minLength: 2, maxLength: 4 }).map((groups) => `${groups.join(':')}::`),
        fc
          .array(group, { minLength: 3, maxLength: 5 })
          .map(([first, ...rest]) => `${first}::${rest.join(':')}`),
      );
      const address = fc.oneof(six, fc.ipV4());
      const network = fc.oneof(
        six.map((one) => `${one}/48`),
        fc.ipV4().map((one) => `${one}/24`),
      );
      const person = fc.stringMatching(/^[G-Zg-z][G-Zg-z.-]{6,20}[G-Zg-z]$/);
      const mail = person.map((name) => `${name}@people.example`);
      await fc.assert(
        fc.asyncProperty(
          address,
          address,
          network,
          person,
          person,
          mail,
          async (at, said, net, victim, target, letter) => {
            const { files } = await redacted(withEverywhere({ at, said, net, victim, target, letter }));
            const text = await textOf(withoutWords(files));
            for (const value of [at, said, net, net.split('/')[0]!, victim, target, letter])
              expect(text.includes(value), value).toBe(false);
          },
        ),
        { numRuns: 10 },
      );
    },
  );

  test('times and casts are no addresses', async () => {
    const sample = sampleInput();
    const query = `SELECT "id"::text, '12:00:13'::time, "a"::date`;
    const { files } = await redacted({ ...sample, ipe: { ...sample.ipe, query } });
    expect(await textOf(files)).toContain(JSON.stringify(query).slice(1, -1));
  });

  test('the signer stays named, also when an actor is called like a part of the address', async () => {
    const { files } = await redacted(renamed(sampleInput(), 'alice', 'example'));
    const { preparer } = await readRedactionStatement(files);
    expect(preparer.identity).toBe(identity);
    const text = await textOf(files);
    expect(text).toContain(identity);
    expect(text).not.toMatch(/sha256:[0-9a-f]{64}@/);
  });

  test('who changed the configuration stays named', async () => {
    const { files } = await redacted();
    const listed = await readWhole(files.get('data/views/configuration.jsonl')!, 'configuration', 2 ** 20);
    expect(listed.toString('utf8')).toContain('"actor":"alice"');
  });

  test('the same value is the same token throughout, and another in another pack', async () => {
    const input = sampleInput();
    const [first, second] = [await redacted(input), await redacted(input)];
    const actor = actorsOf(input)[0]!;
    const tokens = await Promise.all(
      [first, second].map(async ({ files }) => {
        const token = saltsOf(secret, (await readRedactionStatement(files)).nonce).tokenOf(actor);
        const rows = await readRedactedLedger(files);
        return {
          token,
          inLedger: JSON.stringify(rows).includes(token),
          times: (await textOf(files)).split(token).length - 1,
        };
      }),
    );
    expect(tokens[0]!.times).toBeGreaterThan(1);
    expect(tokens[0]!.times).toBe(tokens[1]!.times);
    expect(tokens[0]!.token).not.toBe(tokens[1]!.token);
  });

  test('a guess cannot be confirmed by the hash of an entry: its id is withheld, too', async () => {
    const { files } = await redacted();
    for (const line of await readRedactedLedger(files)) {
      if ('view' in line) expect(line.view['id']).toMatch(/^sha256:[0-9a-f]{64}$/);
    }
  });

  test('a revealed value is checked, and entries it completes are proven; a wrong one is named', async () => {
    const { files, bytes } = await redacted();
    const { nonce } = await readRedactionStatement(files);
    const actor = actorsOf(sampleInput())[0]!;
    const one = revealValues(secret, nonce, [actor]);
    const { verification } = await verifyRedacted(bytes, trust, one);
    expect(verification.verdict).toBe('trusted');
    expect(verification.checks.find(({ name }) => name === 'revealed')?.detail).toMatch(
      /^1 revealed value is/,
    );
    const wrong = { ...one, values: [{ ...one.values[0]!, value: `${actor}x` }] };
    expect((await verifyRedacted(bytes, trust, wrong)).verification).toMatchObject({ verdict: 'tampered' });
    const strange = revealValues(secret, nonce, ['somebody else']);
    expect((await verifyRedacted(bytes, trust, strange)).verification).toMatchObject({ verdict: 'tampered' });
    // Whatever stands behind tokens in the ledger, by trying every text of the full one.
    const { tokenOf } = saltsOf(secret, nonce);
    const held = await textOf(files);
    const texts = textsIn(sampleInput()).filter((text) => held.includes(tokenOf(text)));
    const all = await verifyRedacted(bytes, trust, revealValues(secret, nonce, texts));
    expect(all.verification.checks.find(({ name }) => name === 'revealed')?.detail).toMatch(
      /; [1-9]\d* withheld entries are proven in full/,
    );
  });

  test('an entry left out, moved, or changed in its place is found, even under a good signature', async () => {
    const { files } = await redacted();
    const lines = await readRedactedLedger(files);
    const forge = async (ledger: typeof lines) =>
      verifyEvidence(await resigned(files, redactedLedgerFile, formatJsonLines(ledger)), trust);
    expect((await forge(lines)).verdict).toBe('trusted');
    const withoutLast = await forge(lines.slice(0, -1));
    expect(withoutLast).toMatchObject({ verdict: 'tampered' });
    expect(withoutLast.summary).toContain('checkpoint');
    expect((await forge(lines.filter((_, at) => at !== 1))).verdict).toBe('tampered');
    const changed = lines.map((line) =>
      'entry' in line && line.entry.type !== ('decision' satisfies LedgerEntryType)
        ? { ...line, entry: { ...line.entry, hlc: 'other' } }
        : line,
    );
    expect((await forge(changed)).summary).toContain('is not what was hashed');
  });

  test('a byte changed after signing, and an unknown signer, are told apart', async () => {
    const { files, bytes } = await redacted();
    expect((await verifyEvidence(bytes, { now: generatedAt })).verdict).toBe('unpinned');
    const parts = new Map<string, Uint8Array>();
    for (const [name, file] of files) parts.set(name, await readWhole(file, name, 2 ** 28));
    parts.set('data/views/population.jsonl', Buffer.from('{}\n'));
    expect((await verifyEvidence(writeZip(parts), trust)).verdict).toBe('tampered');
  });
});

/** Every text in a JSON value. */
function textsIn(part: unknown): string[] {
  if (typeof part === 'string') return [part];
  if (typeof part !== 'object' || part === null) return [];
  return [...new Set(Object.values(part).flatMap(textsIn))];
}

function renamed(input: PackInput, actor: string, actorName: string): PackInput {
  return {
    ...input,
    findings: input.findings.map((finding) => ({
      ...finding,
      actor,
      actorName,
      entity: { kind: 'actor' as const, value: actor },
    })),
  };
}

/** The bag with another file in it, signed again by the same key. */
async function resigned(
  files: Awaited<ReturnType<typeof redacted>>['files'],
  name: string,
  content: Buffer,
): Promise<Buffer> {
  const parts = new Map<string, Uint8Array>();
  for (const [file, held] of files) parts.set(file, await readWhole(held, file, 2 ** 28));
  parts.set(name, content);
  const payload = new Map([...parts].filter(([file]) => file.startsWith('data/')));
  const info = parseBagInfo(parts.get('bag-info.txt')!);
  parts.set(
    'bag-info.txt',
    Buffer.from(
      Buffer.from(parts.get('bag-info.txt')!)
        .toString()
        .replace(
          info.payloadOxum,
          payloadOxum([...payload.values()].map(({ length }) => ({ bytes: length }))),
        ),
    ),
  );
  parts.set('manifest-sha256.txt', formatManifest(digestFiles(payload)));
  const tags = ['bagit.txt', 'bag-info.txt', 'manifest-sha256.txt', 'VERIFY.txt'].map(
    (tag): [string, Uint8Array] => [tag, parts.get(tag)!],
  );
  const manifest = formatManifest(digestFiles(new Map(tags)));
  parts.set('tagmanifest-sha256.txt', manifest);
  parts.set(
    `signatures/preparer-${shortFingerprint(alice.publicKey)}.sig`,
    Buffer.from(alice.sign(signatureNamespaces.redactedPack, manifest)),
  );
  return writeZip(parts);
}
