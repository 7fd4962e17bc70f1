// Work papers verified and a sample drawn again with nothing of ours: sh, sort, sha256sum, ssh-keygen, unzip.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildWorkPapers } from '../../../src-main/evidence/collection/work-papers-bag.ts';
import { allowedSignersLine } from '../../../src-main/evidence/signer-identity.ts';
import { anna, annasIdentity, auditInput } from '../../unit/evidence/collection/audit-input.ts';

let folder: string;
const bag = () => join(folder, 'bag');
const sample = () => join(bag(), 'data', 'samples', 'S-1');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-work-papers-'));
  writeFileSync(join(folder, 'work.zip'), (await buildWorkPapers(auditInput(), anna)).bytes);
  writeFileSync(join(folder, 'auditors'), `${allowedSignersLine(annasIdentity, anna.publicKey)}\n`);
  execFileSync('unzip', ['-q', 'work.zip', '-d', 'bag'], { cwd: folder });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The commands of VERIFY.txt for sh, indented by two there. */
function commands(): string {
  const [, shown = ''] = /must succeed\.\n\n([\s\S]*?)\n\nWhether the pack/.exec(
    readFileSync(join(bag(), 'VERIFY.txt'), 'utf8'),
  )!;
  return shown
    .replaceAll(/^ {2}/gm, '')
    .replaceAll('/tmp/', `${folder}/`)
    .replace('-f auditor_signers', '-f ../auditors')
    .replace('IDENTITY', annasIdentity);
}

const shell = (script: string, cwd: string) =>
  spawnSync('sh', ['-e', '-c', script], { cwd, encoding: 'utf8' });

test('VERIFY.txt does what it says', () => {
  const found = shell(commands(), bag());
  expect(found.stdout + found.stderr).toContain(
    `Good "countersign-work-papers" signature for ${annasIdentity}`,
  );
  expect(found.status).toBe(0);
});

test('a signature for work papers is none for a pack', () => {
  const found = shell(
    commands().replace('-n countersign-work-papers', '-n countersign-evidence-pack'),
    bag(),
  );
  expect(found.status).not.toBe(0);
});

test('the script beside a sample draws the same items, and notices another population or other items', () => {
  expect(shell('sh redraw.sh', sample())).toMatchObject({ status: 0, stdout: '', stderr: '' });
  const recipe = readFileSync(join(sample(), 'recipe.txt'), 'utf8');
  const own = recipe
    .split('\n')
    .filter((line) => !line.startsWith('jq'))
    .join('\n');
  const drawn = readFileSync(join(sample(), 'drawn.txt'), 'utf8');
  expect(shell(own, sample()).stdout.split('\n').slice(1).join('\n')).toBe(drawn);
  writeFileSync(join(sample(), 'drawn.txt'), drawn.split('\n').toReversed().join('\n'));
  expect(shell('sh redraw.sh', sample()).status).not.toBe(0);
  writeFileSync(join(sample(), 'drawn.txt'), drawn);
  writeFileSync(join(sample(), 'keys.txt'), `${readFileSync(join(sample(), 'keys.txt'), 'utf8')}one-more\n`);
  expect(shell('sh redraw.sh', sample())).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('another'),
  });
  expect(shell(commands(), bag()).status).not.toBe(0);
  expect(readdirSync(join(bag(), 'signatures'))).toHaveLength(1);
});
