// The bench measures what it says: all figures on a small table, with the same answers on all sides.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { z } from 'zod';

const program = new URL('../../bench/bench.ts', import.meta.url).pathname;

const figure = z.object({
  name: z.string(),
  ours: z.number(),
  theirs: z.number().positive().nullable(),
  measure: z.number(),
  verdict: z.enum(['met', 'not met', '–']),
});
const printed = z.object({ events: z.number(), figures: z.array(figure), notes: z.array(z.string()) });

async function bench(...words: string[]): Promise<string> {
  return (await promisify(execFile)(process.execPath, [program, ...words])).stdout;
}

test('every part, on twenty thousand events', async () => {
  const { events, figures, notes } = printed.parse(
    JSON.parse(await bench('--events', '20_000', '--actors', '50', '--rounds', '1', '--json')),
  );
  expect(events).toBe(20_000);
  const names = figures.map(({ name }) => name).join('\n');
  for (const part of [
    'pull',
    'first refresh',
    'incremental',
    'z3',
    'cube',
    'heatmap',
    'memory',
    'disk',
    'main thread',
  ])
    expect(names).toContain(part);
  for (const { ours, theirs, measure } of figures)
    expect(measure).toBe(theirs === null ? ours : ours / theirs);
  // Postgres and DuckDB have counted the flagged hours too, or it would have ended with an error.
  expect(notes.join('\n')).toMatch(/z3 flags [1-9]\d* of \d+ hours, in all three engines\./);
}, 240_000);

test('one part as a table', async () => {
  const table = await bench('--events', '20000', '--rounds', '1', '--only', 'heatmap');
  expect(table).toMatch(/heatmap by actor, any filter, p95\s+[\d.]+ ms\s+≤ 16\.0 ms {2}(not )?met/);
  expect(table).not.toContain('psql');
}, 120_000);

test.each([['--events', '12'], ['--only', 'coffee'], ['--rounds', 'three'], ['--faster']])(
  'refuses %s %s with the words it knows',
  async (...words) => {
    await expect(bench(...words)).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--events N') as string,
    });
  },
);
