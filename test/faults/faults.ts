// Fault injection for a fixed number of seeded rounds, and as many power failures: `npm run test:faults -- --rounds 500 --seed N`.
import { parseArgs } from 'node:util';
import { losePower } from './power-loss/power-loss.ts';
import { runRounds } from './run-rounds.ts';

// An exit takes the database server along; a bare signal would leave it running.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    reviewers: { type: 'string', default: '3' },
    // So many rounds are played at a time.
    stages: { type: 'string', default: '1' },
  },
});
const wanted = [values.rounds, values.seed, values.reviewers, values.stages].map(Number);
const [rounds = 0, seed = 0, reviewers = 0, stages = 0] = wanted;
if (!wanted.every((value) => Number.isInteger(value) && value >= 0) || reviewers < 1 || stages < 1) {
  console.error('Usage: npm run test:faults -- [--rounds N] [--seed N] [--reviewers N] [--stages N]');
  process.exitCode = 2;
} else {
  const { violations } = await runRounds({ rounds, seed, reviewers, stages }, (line) => console.log(line));
  const power = await losePower(rounds, seed);
  for (const what of power.violations) console.log(`VIOLATION after a power failure: ${what}`);
  console.log(
    `power failures ${power.failures}, entries ${power.entries}, copies with one under way ${power.underWay}, violations ${power.violations.length}`,
  );
  if (violations + power.violations.length > 0) process.exitCode = 1;
}
