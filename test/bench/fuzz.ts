// Property fuzzing over hostile input: `npm run fuzz -- [MINUTES] [SEED]`. Prints each seed whose round broke a promise; a seed repeats its round.
import { crowd } from './fuzz/crowd.ts';
import type { Violation } from './fuzz/detector-laws.ts';
import { fuzzRound } from './fuzz/round.ts';

const [minutes = 1, seed = null] = process.argv.slice(2).map(Number);
if (![minutes, seed ?? 0].every((number) => Number.isFinite(number) && number >= 0)) {
  console.error('Usage: npm run fuzz -- [MINUTES] [SEED]');
  process.exitCode = 2;
} else {
  await fuzz(minutes, seed);
}

/** @param only one seed to run once; null runs random ones for so many minutes, and the crowd at the end. */
async function fuzz(minutes: number, only: number | null): Promise<void> {
  const told = new Map<string, number>();
  const sums = { rounds: 0, events: 0, hits: 0 };
  const endMs = performance.now() + minutes * 60_000;
  for (const seed of only === null ? seedsUntil(endMs) : [only]) {
    const { events, hits, violations } = await fuzzRound(seed);
    sums.rounds += 1;
    sums.events += events;
    sums.hits += hits;
    for (const violation of violations) tell(told, violation, `seed ${seed}`);
  }
  console.log(`${sums.rounds} rounds, ${sums.events} events, ${sums.hits} hits.`);
  if (only === null) {
    const { violations, bytes } = await crowd(1_000_000);
    for (const violation of violations) tell(told, violation, 'the crowd');
    console.log(`A million actors: ${Math.round(bytes / 2 ** 20)} MiB above what it took before.`);
  }
  for (const [name, count] of told) console.log(`${count} × ${name}`);
  if (told.size > 0) process.exitCode = 1;
}

function* seedsUntil(endMs: number): Generator<number> {
  do yield Math.floor(Math.random() * 2 ** 32);
  while (performance.now() < endMs);
}

/** Each kind once in full, further ones only counted. */
function tell(told: Map<string, number>, { law, detector, detail }: Violation, where: string): void {
  const name = detector === '' ? law : `${law}: ${detector}`;
  const before = told.get(name) ?? 0;
  told.set(name, before + 1);
  if (before === 0) console.log(`BROKEN (${where}) ${name}\n${detail}\n`);
}
