// How campaigns over many items behave, half as many and all of them: rates, longest stalls, and memory that must not grow with them.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { megabytes, say, stepsIn, type Step } from './campaign/measure.ts';

const { values } = parseArgs({
  options: { items: { type: 'string', default: '250000' }, only: { type: 'string', default: 'table,files' } },
});
const items = Number(values.items);
const programs: Readonly<Record<string, string>> = {
  table: './campaign/from-database.ts',
  files: './campaign-files.ts',
};
const wanted = values.only.split(',').filter((part) => programs[part] !== undefined);

/** In a process of its own, so that nobody’s memory counts but its own. */
async function runIn(program: string, count: number): Promise<readonly Step[]> {
  const path = fileURLToPath(new URL(program, import.meta.url));
  const child = spawn(process.execPath, ['--expose-gc', path, '--items', String(count), '--steps'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  let steps: readonly Step[] | null = null;
  for await (const line of createInterface({ input: child.stdout })) {
    const found = stepsIn(line);
    if (found === null) say(line);
    else steps = found;
  }
  const code = await ended;
  if (steps === null) throw new Error(`It ended with ${code} before everything was measured.`);
  return steps;
}

function compare(half: readonly Step[], all: readonly Step[]): void {
  say(
    `\n${'step'.padEnd(38)} ${'ms an item'.padStart(16)} ${'stall, ms'.padStart(14)} ${'worked, ms'.padStart(14)} ${'peak'.padStart(18)} ${'live'.padStart(18)}`,
  );
  for (const [place, step] of all.entries()) {
    const before = half[place];
    if (before?.name !== step.name) continue;
    const pair = (tell: (one: Step) => string) => `${tell(before)} / ${tell(step)}`;
    say(
      [
        step.name.padEnd(38),
        pair(({ ms, count }) => (count === null ? '-' : (ms / count).toFixed(3))).padStart(16),
        pair(({ stallMs }) => String(Math.round(stallMs))).padStart(14),
        pair(({ workedMs }) => String(Math.round(workedMs))).padStart(14),
        pair(({ moreBytes }) => megabytes(moreBytes)).padStart(18),
        pair(({ liveBytes }) => megabytes(liveBytes)).padStart(18),
      ].join(' '),
    );
  }
}

const load = () =>
  loadavg()
    .map((one) => one.toFixed(1))
    .join(' ');
for (const part of wanted) {
  const program = programs[part]!;
  const [half, all] = [await runIn(program, items / 2), await runIn(program, items)];
  say(`\n${items / 2} items, then ${items}; load ${load()}`);
  compare(half, all);
}
