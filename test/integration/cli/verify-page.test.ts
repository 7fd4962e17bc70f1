// verify.html from the command line and from the workstation: the same file, with the hash that people compare.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyPage } from '../../../src-shared/model/evidence.ts';
import { createRouter } from '../../../src-main/api/router.ts';
import { handOutVerifyPage } from '../../../src-main/evidence/verify-page-file.ts';
import { runProgramHere } from '../../support/program-here.ts';
import { openStation } from '../../support/station.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-verify-page-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

const hashOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

test('is written where somebody wants it, with its hash; without a place only the hash is told', async () => {
  const file = join(folder, 'given', 'verify.html');
  const written = await runProgramHere(folder, ['verify-page', '--out', file]);
  expect(written.code, written.stderr).toBe(0);
  expect(verifyPage.parse(written.json)).toMatchObject({ file, sha256: hashOf(file) });
  expect(readFileSync(file, 'utf8')).toContain("connect-src 'none'");
  const told = await runProgramHere(folder, ['verify-page']);
  expect(verifyPage.parse(told.json)).toMatchObject({ file: null, sha256: hashOf(file) });
  expect(existsSync(join(folder, 'ledger.sqlite'))).toBe(false);
});

test('is built to the same bytes wherever it is built, and holds no place of this computer', () => {
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const pages = ['one', 'other'].map((name) => {
    const outDir = join(folder, name);
    const parameters = [
      'build',
      '--logLevel',
      'warn',
      '--config',
      'vite.verify.config.ts',
      '--outDir',
      outDir,
    ];
    expect(spawnSync(process.execPath, [vite, ...parameters], { cwd: root }).status).toBe(0);
    return readFileSync(join(outDir, 'verify.html'), 'utf8');
  });
  expect(pages[0] === pages[1]).toBe(true);
  expect(pages[0]).not.toContain(root);
});

test('a place that cannot be written to, and a page that was never built, are said in a sentence', async () => {
  const occupied = join(folder, 'file');
  writeFileSync(occupied, '');
  const refused = await runProgramHere(folder, ['verify-page', '--out', join(occupied, 'verify.html')]);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('could not be written there');
  for (const built of [undefined, join(folder, 'missing.html')])
    await expect(handOutVerifyPage(built, null)).rejects.toMatchObject({ code: 'file-unreadable' });
});

test('a workstation lays it beside its packs, and lists it as none', async () => {
  const built = join(folder, 'built.html');
  writeFileSync(built, '<p>verify</p>');
  const station = await openStation(join(folder, 'workspace'));
  try {
    const { evidence } = createRouterClient(createRouter({ ...station, verifyPageFile: built }));
    const made = await evidence.verifyPage();
    expect(made).toEqual({
      file: join(station.packsDirectory, 'verify.html'),
      bytes: 13,
      sha256: hashOf(built),
    });
    expect(readFileSync(made.file ?? '', 'utf8')).toBe('<p>verify</p>');
    expect(await evidence.packs()).toEqual([]);
  } finally {
    await station.close();
  }
});
