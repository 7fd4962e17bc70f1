// The short form of `npm run test:faults`: reviewers die over a bad network, and afterwards nothing is lost, repeated or invented.
import { expect, test } from 'vitest';
import { losePower } from '../../faults/power-loss/power-loss.ts';
import { runRounds } from '../../faults/run-rounds.ts';

test('four rounds of kills and network faults', async () => {
  const said: string[] = [];
  // Rounds in which something of everything is planned.
  const report = await runRounds({ rounds: 4, seed: 32, reviewers: 3 }, (line) => said.push(line));
  expect(report.violations, said.join('\n')).toBe(0);
  // A harness in which nothing happens would find nothing, either.
  expect(report).toMatchObject({ rounds: 4 });
  for (const name of [
    'kills',
    'faults',
    'decisions',
    'applied',
    'acts',
    'disposed',
    'conflicts',
    'backups',
  ] as const)
    expect(report[name], name).toBeGreaterThan(0);
  // Each of these may die of every kill and fault, but hardly all of them.
  expect(report.published + report.created + report.restorations).toBeGreaterThan(0);
}, 300_000);

test('the power fails while entries are appended', async () => {
  const { violations, entries, failures } = await losePower(15, 1);
  expect(violations).toEqual([]);
  expect(failures).toBe(15);
  expect(entries).toBeGreaterThan(0);
}, 120_000);
