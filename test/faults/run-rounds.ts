// Runs rounds, on as many stages at a time as wanted, and adds up what happened in them.
import { faultKinds } from './faulty-proxy.ts';
import { runRound, type RoundReport } from './round.ts';
import { setUpStage } from './stage.ts';

export type FaultsRequest = {
  readonly rounds: number;
  readonly seed: number;
  readonly reviewers: number;
  /** Rounds at a time, each set up with a database server of its own that serves all of its rounds. */
  readonly stages?: number;
};

const counted = [
  'steps',
  'decisions',
  'applied',
  'acts',
  'disposed',
  'published',
  'created',
  'conflicts',
  'exports',
  'backups',
  'restorations',
] as const satisfies readonly (keyof RoundReport)[];
type Sums = Record<(typeof counted)[number] | 'rounds' | 'violations', number>;

export type FaultsReport = Sums & { kills: number; faults: number };

/** Round n has the seed `seed + n`, so that any of them can be repeated alone. `say` receives lines for a person. */
export async function runRounds(request: FaultsRequest, say: (line: string) => void): Promise<FaultsReport> {
  const { rounds, seed, reviewers, stages = 1 } = request;
  const names = [...counted, 'rounds', 'violations'] as const;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one zero for each name
  const sums = Object.fromEntries(names.map((name) => [name, 0])) as Sums;
  let next = 0;
  const add = (round: number, folder: string, report: RoundReport) => {
    sums.rounds += 1;
    for (const name of counted) sums[name] += report[name];
    sums.violations += report.violations.length;
    sayViolations(report, { seed: seed + round, reviewers, folder }, say);
    if (sums.rounds % 25 === 0) say(`${sums.rounds} of ${rounds} rounds, ${sums.violations} violations`);
  };
  const perform = async (): Promise<Struck> => {
    const stage = await setUpStage(reviewers);
    let violated = 0;
    try {
      while (next < rounds) {
        const round = next++;
        const report = await runRound(seed + round, stage);
        violated += report.violations.length;
        add(round, stage.folder, report);
      }
    } finally {
      await stage.takeDown(violated > 0);
    }
    return struckOn(stage);
  };
  const struck = await Promise.all(Array.from({ length: stages }, perform));
  return summarise(sums, struck, say);
}

function summarise(sums: Sums, struck: readonly Struck[], say: (line: string) => void): FaultsReport {
  const total = (count: (one: Struck) => number) => struck.reduce((sum, one) => sum + count(one), 0);
  const kinds = [...faultKinds, 'delay' as const].map((kind) => ({
    kind,
    count: total(({ tally }) => tally[kind]),
  }));
  const { rounds, violations, ...happened } = sums;
  const report = {
    rounds,
    kills: total(({ kills }) => kills),
    faults: total(({ crashes }) => crashes) + kinds.reduce((sum, { count }) => sum + count, 0),
    ...happened,
    violations,
  };
  say(
    Object.entries(report)
      .map(([name, count]) => `${name} ${count}`)
      .join(', '),
  );
  say(
    `faults: ${kinds.map(({ kind, count }) => `${kind} ${count}`).join(', ')}; server crashes ${total(({ crashes }) => crashes)}; steps given up after long waits: ${total(({ hung }) => hung)}`,
  );
  return report;
}

type Struck = {
  readonly tally: Record<(typeof faultKinds)[number] | 'delay', number>;
  readonly kills: number;
  readonly hung: number;
  readonly crashes: number;
};

function struckOn({ reviewers, server }: Awaited<ReturnType<typeof setUpStage>>): Struck {
  const tally = { drop: 0, half: 0, stall: 0, duplicate: 0, repeat: 0, echo: 0, kill: 0, delay: 0 };
  for (const { proxy } of reviewers)
    for (const kind of [...faultKinds, 'delay' as const]) tally[kind] += proxy.tally[kind];
  const sum = (name: 'kills' | 'hung') => reviewers.reduce((total, one) => total + one.tally[name], 0);
  return { tally, kills: sum('kills'), hung: sum('hung'), crashes: server.crashes() };
}

function sayViolations(
  { violations }: RoundReport,
  { seed, reviewers, folder }: { seed: number; reviewers: number; folder: string },
  say: (line: string) => void,
): void {
  for (const { law, detail } of violations) say(`VIOLATION in round ${seed}: ${law}\n  ${detail}`);
  if (violations.length > 0)
    say(
      `  To repeat it: npm run test:faults -- --rounds 1 --seed ${seed} --reviewers ${reviewers}\n  Its workspaces: ${folder}`,
    );
}
