// How fast packs are exported and verified, and how much memory that takes as they grow: `npm run bench:evidence -- [DECISIONS…]`. Asserts nothing.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { archivedFile } from '../../src-main/evidence/pack-archive.ts';
import { openPackAt } from '../../src-main/evidence/pack-reader.ts';
import { readPackZip } from '../../src-main/evidence/pack-zip.ts';
import { fillWorkspace } from './evidence/filled-workspace.ts';
import { printEvidence, type EvidenceFigures } from './evidence/print-evidence.ts';
import { timed } from './speed/timing.ts';

const measured = z.object({ ms: z.number(), baselineBytes: z.number(), peakBytes: z.number() });

const usual = [10_000, 50_000, 100_000];
const given = process.argv.slice(2).map(Number);
if (given.every((count) => Number.isInteger(count) && count >= 10)) await measureAll(given);
else {
  console.error('Usage: npm run bench:evidence -- [DECISIONS…]');
  process.exitCode = 2;
}

async function measureAll(counts: readonly number[]): Promise<void> {
  const figures: EvidenceFigures[] = [];
  for (const decisions of counts.length > 0 ? counts : usual) figures.push(await measure(decisions));
  console.log(printEvidence(figures));
}

async function measure(decisions: number): Promise<EvidenceFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-evidence-'));
  try {
    const findings = decisions / 10;
    fillWorkspace(folder, decisions, findings);
    const pack = join(folder, 'pack.zip');
    const exported = await runApart('export', folder, pack);
    const verified = await runApart('verify', folder, pack);
    const bytes = statSync(pack).size;
    return { decisions, findings, bytes, exported, verified, plainMs: await plainMs(folder, pack) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** In a process of its own, so that its memory is that of this work. */
async function runApart(mode: 'export' | 'verify', folder: string, pack: string) {
  const script = new URL('evidence/evidence-process.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, ['--expose-gc', script, mode, folder, pack], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (text: Buffer) => (said += text.toString()));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`The ${mode} that was to be measured ended with ${String(code)}.`);
  return measured.parse(JSON.parse(said));
}

/** What sha256sum and zip -0 need for the same bytes, once they are in the page cache; null where one of them is missing. */
async function plainMs(folder: string, pack: string): Promise<number | null> {
  const extracted = join(folder, 'extracted');
  const names = await extract(pack, extracted);
  const again = join(folder, 'again.zip');
  const runs = () => [
    spawnSync('sha256sum', names, { cwd: extracted }),
    spawnSync('zip', ['-0', '-q', again, ...names], { cwd: extracted }),
  ];
  const { ms, result } = await timed(() => Promise.resolve(runs()));
  return result.some(({ error, status }) => error !== undefined || status !== 0) ? null : ms;
}

async function extract(pack: string, directory: string): Promise<string[]> {
  const { pack: source, close } = await openPackAt(pack);
  try {
    if (!('read' in source)) throw new Error('The pack is not a file.');
    const { files } = await readPackZip(source);
    for (const name of files.keys()) {
      const pieces: Uint8Array[] = [];
      for await (const piece of archivedFile(files, name).read()) pieces.push(piece);
      mkdirSync(dirname(join(directory, name)), { recursive: true });
      writeFileSync(join(directory, name), Buffer.concat(pieces));
    }
    return [...files.keys()];
  } finally {
    await close();
  }
}
