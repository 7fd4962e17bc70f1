// Memory and disk that events cost, measured in a process of its own and in the file it leaves.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { z } from 'zod';
import { openDatabase } from '../../../src-main/store/database.ts';
import type { Figure } from './figures.ts';
import type { Source } from './source.ts';

const measured = z.object({
  baseline: z.number(),
  most: z.number(),
  held: z.number(),
  afterwards: z.number(),
});

/** @param cachePath an empty cache; it is filled. */
export async function measureMemory(source: Source, cachePath: string, events: number): Promise<Figure[]> {
  const script = new URL('memory-process.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, ['--expose-gc', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (text: Buffer) => (said += text.toString()));
  child.stdin.end(JSON.stringify({ source, cachePath }));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`The refresh whose memory was to be measured ended with ${code}.`);
  const { baseline, most, held, afterwards } = measured.parse(JSON.parse(said));
  const figure = (name: string, bytes: number, limit: number | null): Figure => ({
    name,
    ours: bytes / events,
    theirs: null,
    unit: 'B/event',
    target: limit === null ? null : { kind: 'most', value: limit },
  });
  return [
    figure('memory over baseline, after a refresh, mirror still open', held - baseline, 64),
    figure('memory over baseline, at most during the first refresh', most - baseline, 64),
    figure('memory over baseline, mirror closed again', afterwards - baseline, null),
    figure('disk without metadata and user agent', diskBytes(cachePath), 60),
  ];
}

/** Size of the cache once everything is in its main file. */
export function diskBytes(cachePath: string): number {
  const database = openDatabase(cachePath, 'cache');
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
  return statSync(cachePath).size;
}
