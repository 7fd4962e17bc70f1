// What somebody does with a pack who has nothing of ours but the list of signers.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import type { Verification } from '../../../src-shared/model/evidence.ts';
import { readZip } from '../../support/read-zip.ts';
import { runProgram } from '../../support/station.ts';
import { missingTools } from '../../support/tools.ts';
import { openVerifyPage, verifyWith } from '../verify-page/open-page.ts';

const itemsFile = 'data/campaign-items.jsonl';

/** `countersign verify`, in a workspace that knows nothing. */
export async function verifyByProgram(empty: string, pack: string, signers: string): Promise<Verification> {
  const { json } = await runProgram(empty, ['verify', pack, '--signers', signers]);
  return json as Verification;
}

/** The title of the verdict of verify.html, opened from its file without a network. */
export async function verifyByPage(browser: Browser, pack: string, signers: string): Promise<string> {
  const offline = await openVerifyPage(browser);
  try {
    await verifyWith(offline, {
      pack: { name: 'PACK.zip', content: readFileSync(pack) },
      signers: readFileSync(signers, 'utf8'),
    });
    const title = await offline.page.locator('#answer h2').textContent();
    return [title, ...offline.requests, ...offline.complaints].join('\n');
  } finally {
    await offline.close();
  }
}

export function extract(pack: string, into: string): void {
  for (const [name, bytes] of readZip(readFileSync(pack)).files) {
    mkdirSync(dirname(join(into, name)), { recursive: true });
    writeFileSync(join(into, name), bytes);
  }
}

/** Says so where this computer lacks the tools. */
export function canVerifyByHand(): boolean {
  const missing = missingTools(['bash', 'sha256sum', 'ssh-keygen']);
  if (missing.length > 0) console.warn(`Not checked here: the stranger’s steps need ${missing.join(', ')}.`);
  return missing.length === 0;
}

/** The steps of VERIFY.txt, with common tools and no code of ours but the unpacking: what they print, also where they end badly. */
export function verifyByHand(extracted: string, signers: string, identity: string): string {
  const steps = `exec 2>&1; set -euo pipefail
    sha256sum --quiet --strict -c tagmanifest-sha256.txt
    sha256sum --quiet --strict -c manifest-sha256.txt
    diff <(cut -c67- manifest-sha256.txt | LC_ALL=C sort) <(find data -type f | LC_ALL=C sort)
    for signature in signatures/*.sig; do
      ssh-keygen -Y verify -f "$1" -I "$2" -n countersign-evidence-pack -s "$signature" < tagmanifest-sha256.txt
    done`;
  try {
    return execFileSync('bash', ['-c', steps, 'verify', signers, identity], {
      cwd: extracted,
      encoding: 'utf8',
    });
  } catch (failed) {
    return String((failed as { stdout: unknown }).stdout);
  }
}

/** The steps of VERIFY.txt for the files in which decisions came back; those of others do not verify for this identity. */
export function verifyReturnedByHand(extracted: string, signers: string, identity: string): string {
  const steps = `for folder in data/returned/*/; do
      (cd "$folder" && sha256sum --quiet --strict -c tagmanifest-sha256.txt manifest-sha256.txt) || exit 1
      ssh-keygen -Y verify -f "$1" -I "$2" -n countersign-assignment-decisions -s "$folder"signatures/*.sig \
        < "$folder"tagmanifest-sha256.txt || true
    done 2>&1`;
  return execFileSync('bash', ['-c', steps, 'verify', signers, identity], {
    cwd: extracted,
    encoding: 'utf8',
  });
}

/** Changes one byte of what was frozen and decided, in a copy of the pack and in its extracted folder. */
export function changeOneByte(pack: string, copy: string, extracted: string): void {
  const frozen = readFileSync(join(extracted, itemsFile));
  const at = frozen.indexOf('"certify"') + 1;
  const bytes = readFileSync(pack);
  bytes[bytes.indexOf(frozen) + at]! ^= 1;
  writeFileSync(copy, bytes);
  frozen[at]! ^= 1;
  writeFileSync(join(extracted, itemsFile), frozen);
}

/** The chapter of the report about its first campaign, as a browser shows it. */
export async function chapterOfReport(browser: Browser, extracted: string): Promise<string> {
  const context = await browser.newContext({ offline: true });
  try {
    const page = await context.newPage();
    await page.goto(pathToFileURL(join(extracted, 'data', 'report.html')).href);
    const chapter = page
      .locator('section')
      .filter({ has: page.getByRole('heading', { name: /Access review 1:/ }) });
    return await chapter.last().innerText();
  } finally {
    await context.close();
  }
}
