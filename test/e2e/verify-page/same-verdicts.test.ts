// verify.html and the verifier on Node judge the same packs, sentence by sentence alike.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Verification } from '#shared/model/evidence.ts';
import type { PageAnswer } from '#shared/model/verify-page.ts';
import { externalAuditor } from '#shared/model/redaction.ts';
import { sourceInMemory } from '../../../src-main/evidence/byte-source.ts';
import { verifyEvidence } from '../../../src-main/evidence/collection/verify-work-papers.ts';
import { buildWorkPapers } from '../../../src-main/evidence/collection/work-papers-bag.ts';
import { readPackZip } from '../../../src-main/evidence/pack-zip.ts';
import { buildPack } from '../../../src-main/evidence/pack.ts';
import { redactPack } from '../../../src-main/evidence/redaction/redact-pack.ts';
import { allowedSignersLine } from '../../../src-main/evidence/signer-identity.ts';
import { launchChromium } from '../../support/chromium.ts';
import { campaignPack, fullCampaign } from '../../unit/evidence/campaign-scene.ts';
import { anna, annasIdentity, auditInput } from '../../unit/evidence/collection/audit-input.ts';
import { alice, generatedAt, identity, sampleInput, signersFile } from '../../unit/evidence/sample-input.ts';
import { mutantsOf, type Mutant } from './mutate-pack.ts';
import { openVerifyPage, type OfflinePage } from './open-page.ts';

const mutantCount = 204;
let browser: Browser;
let offline: OfflinePage;

beforeAll(async () => {
  browser = await launchChromium();
  offline = await openVerifyPage(browser);
});
afterAll(async () => {
  expect(offline.requests).toEqual([]);
  expect(offline.complaints).toEqual([]);
  await browser.close();
});

const signers = `${signersFile}${allowedSignersLine(annasIdentity, anna.publicKey)}\n`;
const trust = { signers, now: '2026-11-21T00:00:00.000Z', zone: 'UTC' };

/** One file of a folder, or a zip under no name; its bytes as base64. */
type Sent = { readonly isFolder: boolean; readonly files: readonly (readonly [string, string])[] };

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const sent = (mutant: Mutant): Sent =>
  'zip' in mutant
    ? { isFolder: false, files: [['', base64(mutant.zip)]] }
    : { isFolder: true, files: [...mutant.files].map(([name, content]) => [name, base64(content)] as const) };

/** Asks the verifier of the page itself, in the page. */
function ask(page: Page, pack: Sent): Promise<PageAnswer> {
  return page.evaluate(
    async ({ pack: { isFolder, files }, given }) => {
      const blobOf = (text: string) => new Blob([Uint8Array.from(atob(text), (one) => one.charCodeAt(0))]);
      const contents = files.map(([name, text]) => ({ name, content: blobOf(text) }));
      const { port1, port2 } = new MessageChannel();
      const found = new Promise<PageAnswer>((resolve) => {
        port1.addEventListener('message', ({ data }: MessageEvent<PageAnswer>) => {
          if (data.kind !== 'progress') resolve(data);
        });
        port1.start();
      });
      (globalThis as unknown as { countersignVerifier: (port: MessagePort) => void }).countersignVerifier(
        port2,
      );
      port2.start();
      port1.postMessage({
        pack: isFolder ? { kind: 'folder', files: contents } : { kind: 'zip', content: contents[0]?.content },
        signers: new Blob([given.signers]),
        listSignature: null,
        rootKey: '',
        revoked: [],
        compared: '',
        now: given.now,
        zone: given.zone,
      });
      const answer = await found;
      port1.close();
      return answer;
    },
    { pack, given: trust },
  );
}

type Judged = { readonly what: string } & (Omit<Verification, 'signers'> | { readonly problem: string });

const compared = (what: string, { verdict, signer, checks, summary }: Verification): Judged => ({
  what,
  verdict,
  signer,
  checks,
  summary,
});

/** Judges a pack in the page and on Node; returns the verdict they share. */
async function expectSameJudgement(mutant: Mutant): Promise<string> {
  const [answer, there] = await Promise.all([
    ask(offline.page, sent(mutant)),
    verifyEvidence('zip' in mutant ? mutant.zip : mutant.files, trust),
  ]);
  const here =
    answer.kind === 'verified'
      ? compared(mutant.what, answer.verification)
      : { what: mutant.what, problem: JSON.stringify(answer) };
  expect(here).toEqual(compared(mutant.what, there));
  return there.verdict;
}

it(`judges ${mutantCount} changed packs in the very words of the verifier on Node`, async () => {
  const { bytes } = await buildPack(sampleInput(), alice);
  const verdicts: string[] = [];
  for (const mutant of mutantsOf(bytes, mutantCount)) verdicts.push(await expectSameJudgement(mutant));
  for (const verdict of ['trusted', 'tampered', 'malformed'])
    expect(verdicts.filter((one) => one === verdict).length, verdict).toBeGreaterThan(5);
});

async function redactedPack(): Promise<Uint8Array> {
  const { bytes, name, sha256 } = await buildPack(sampleInput(), alice);
  const made = await redactPack({
    archive: (await readPackZip(sourceInMemory(bytes))).files,
    source: { name, sha256 },
    profile: externalAuditor,
    secret: Buffer.alloc(32, 9),
    signer: alice,
    signerIdentity: identity,
    generatedAt,
    toolVersion: '0.0.0-test',
  });
  return made.bytes;
}

async function campaignsPack(): Promise<Uint8Array> {
  const { ledger, workspace } = await fullCampaign();
  return campaignPack(ledger, workspace);
}

it.each([
  ['packs with campaigns', campaignsPack],
  ['redacted packs', redactedPack],
  ['work papers', async () => (await buildWorkPapers(auditInput(), anna)).bytes],
])('judges %s alike as well', async (_, make) => {
  const verdicts: string[] = [];
  for (const mutant of mutantsOf(await make(), 12)) verdicts.push(await expectSameJudgement(mutant));
  expect(verdicts[0]).toBe('trusted');
  expect(new Set(verdicts).size).toBeGreaterThan(1);
});
