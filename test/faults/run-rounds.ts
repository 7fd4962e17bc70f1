// Runs rounds one after the other and adds up what happened in them.
import { faultKinds } from './faulty-proxy.ts';
import { runRound } from './round.ts';
import { setUpStage } from './stage.ts';

export type FaultsRequest = { readonly rounds: number; readonly seed: number; readonly reviewers: number };

export type FaultsReport = {
  rounds: number;
  steps: number;
  kills: number;
  faults: number;
  decisions: number;
  applied: number;
  conflicts: number;
  exports: number;
  violations: number;
};

/** Round n has the seed `seed + n`, so that any of them can be repeated alone. `say` receives lines for a person. */
export async function runRounds(
  { rounds, seed, reviewers }: FaultsRequest,
  say: (line: string) => void,
): Promise<FaultsReport> {
  const stage = await setUpStage(reviewers);
  const sums = { rounds: 0, steps: 0, decisions: 0, applied: 0, conflicts: 0, exports: 0, violations: 0 };
  try {
    for (let round = 0; round < rounds; round += 1) {
      const { violations, ...counts } = await runRound(seed + round, stage);
      sums.rounds += 1;
      for (const name of ['steps', 'decisions', 'applied', 'conflicts', 'exports'] as const)
        sums[name] += counts[name];
      sums.violations += violations.length;
      for (const { law, detail } of violations)
        say(`VIOLATION in round ${seed + round}: ${law}\n  ${detail}`);
      if (violations.length > 0)
        say(
          `  To repeat it: npm run test:faults -- --rounds 1 --seed ${seed + round} --reviewers ${reviewers}\n  Its workspaces: ${stage.folder}`,
        );
      if ((round + 1) % 25 === 0) say(`${round + 1} of ${rounds} rounds, ${sums.violations} violations`);
    }
  } finally {
    await stage.takeDown(sums.violations > 0);
  }
  const tallies = stage.reviewers.map(({ proxy }) => proxy.tally);
  const struck = [...faultKinds, 'delay' as const].map((kind) => ({
    kind,
    count: tallies.reduce((sum, tally) => sum + tally[kind], 0),
  }));
  const kills = stage.reviewers.reduce((sum, { tally }) => sum + tally.kills, 0);
  const hung = stage.reviewers.reduce((sum, { tally }) => sum + tally.hung, 0);
  const faults = struck.reduce((sum, { count }) => sum + count, 0);
  const { violations, ...counted } = sums;
  const report = { ...counted, kills, faults: faults + stage.server.crashes(), violations };
  say(
    Object.entries(report)
      .map(([name, count]) => `${name} ${count}`)
      .join(', '),
  );
  say(
    `faults: ${struck.map(({ kind, count }) => `${kind} ${count}`).join(', ')}; server crashes ${stage.server.crashes()}; steps given up after long waits: ${hung}`,
  );
  return report;
}
