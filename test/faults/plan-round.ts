// What happens in a round, decided by its seed alone: the rows, what each reviewer does, where it is killed, what the network does.
import type { Random } from '../bench/fuzz/random.ts';
import { uuidFrom } from './audit-server.ts';
import { faultKinds, type ConnectionPlan, type Fault } from './faulty-proxy.ts';
import type { Door, Kill, Person } from './reviewer.ts';
import type { Step } from './steps.ts';

export type PlannedStep = { readonly step: Step; readonly door: Door; readonly kill: Kill };

export type Row = { readonly id: string; readonly actor: string };

/** Everybody works on the same rows; who is done waits for the others before the next wave, so that they collide. */
export type Wave = {
  /** For each reviewer, one step after the other. */
  readonly scripts: readonly (readonly PlannedStep[])[];
  /** Decisions of people without this program, each so long after the wave began. */
  readonly outside: readonly { readonly row: string; readonly afterMs: number }[];
  /** The database server dies so long after the wave began, and is started again. */
  readonly crashAfterMs: number | null;
};

export type RoundPlan = {
  readonly rows: readonly Row[];
  readonly waves: readonly Wave[];
  /** How each connection of each reviewer fares. */
  readonly network: readonly (() => ConnectionPlan)[];
};

const rowsOfARound = 24;
const deciding = ['certify', 'certify', 'modify', 'revoke', 'abstain', 'escalate'] as const;

export function planRound(random: Random, people: readonly Person[]): RoundPlan {
  const rows = Array.from({ length: rowsOfARound }, () => ({
    id: uuidFrom(random),
    actor: random.chance(0.1) ? random.pick(people).id : uuidFrom(random),
  }));
  const halves = [rows.slice(0, rowsOfARound / 2), rows.slice(rowsOfARound / 2)];
  return {
    rows,
    // Looking at the queue and deciding comes before any sending, so that decisions about the same rows meet.
    waves: halves.flatMap((half) => [
      planWave(random, people.length, () => planLook(random, half)),
      planWave(random, people.length, () => planWork(random, half, rows), half),
    ]),
    network: people.map(() => planNetwork(random)),
  };
}

function planWave(
  random: Random,
  people: number,
  script: () => PlannedStep[],
  decidedOutside: readonly Row[] = [],
): Wave {
  const isStruck = decidedOutside.length > 0;
  return {
    scripts: Array.from({ length: people }, script),
    outside: isStruck
      ? Array.from({ length: random.below(3) }, () => ({
          row: random.pick(decidedOutside).id,
          afterMs: random.below(120),
        }))
      : [],
    crashAfterMs: isStruck && random.chance(0.04) ? random.below(150) : null,
  };
}

function planLook(random: Random, rows: readonly Row[]): PlannedStep[] {
  const decisions = Array.from({ length: 2 + random.below(3) }, () =>
    planStep(random, planDecision(random, rows)),
  );
  // What cannot be seen cannot be decided: a look that failed is followed by one that has better chances.
  return [calm({ do: 'refresh' }), calm({ do: 'refresh' }), ...decisions];
}

function planWork(random: Random, rows: readonly Row[], all: readonly Row[]): PlannedStep[] {
  const sync = planStep(random, planSync(random));
  const others = Array.from({ length: 2 + random.below(4) }, () =>
    planStep(random, planDoing(random, rows, all)),
  );
  return [sync, ...others];
}

function calm(step: Step): PlannedStep {
  return { step, door: 'process', kill: null };
}

function planStep(random: Random, step: Step): PlannedStep {
  const needsProcess =
    (step.do === 'sync' && step.cancelAfterMs !== null) || (step.do === 'decide' && step.reviews.length > 1);
  const door = !needsProcess && random.chance(0.08) ? 'command-line' : 'process';
  const isBatch = step.do === 'decide' && step.reviews.length > 1;
  return { step, door, kill: random.chance(isBatch ? 0.45 : 0.3) ? planKill(random, step, door) : null };
}

function planDoing(random: Random, rows: readonly Row[], all: readonly Row[]): Step {
  const dice = random.next();
  if (dice < 0.25) return planDecision(random, rows);
  if (dice < 0.68) return planSync(random);
  if (dice < 0.83) return { do: 'refresh' };
  if (dice < 0.93) return { do: 'undo', review: random.pick(all).id };
  return { do: 'export' };
}

function planSync(random: Random): Step {
  const cancelAfterMs = random.chance(0.15) ? random.below(60) : null;
  return { do: 'sync', cancelAfterMs, waitMinutes: random.chance(0.15) ? 1 : 0 };
}

function planDecision(random: Random, rows: readonly Row[]): Step {
  const reviews = random
    .shuffled(rows)
    .slice(0, random.chance(0.5) ? 1 : 1 + random.below(6))
    .map(({ id }) => id);
  return {
    do: 'decide',
    reviews,
    decision: random.pick(deciding),
    reason: `for reason ${random.below(1_000)}`,
  };
}

/** How long the steps take undisturbed, roughly; a kill may come anywhere in it, or a little later. */
const usualMs: Readonly<Record<string, number>> = { decide: 30, undo: 6, refresh: 90, sync: 60, export: 350 };
const startOfProgramMs = 500;

function planKill(random: Random, { do: doing }: Step, door: Door): Kill {
  if (door === 'process' && random.chance(0.35)) return 'on-answer';
  const startMs = door === 'process' ? 0 : startOfProgramMs * (0.6 + random.next() * 0.4);
  // Squared, because the steps are quicker on an idle machine than on a busy one.
  return { afterMs: startMs + random.next() ** 2 * (usualMs[doing] ?? 100) };
}

function planNetwork(random: Random): () => ConnectionPlan {
  return () => ({
    delayMs: random.chance(0.3) ? 1 + random.below(8) : 0,
    fault: random.chance(0.6) ? planFault(random) : null,
  });
}

/** Most strike the write itself or its answer; a connection has some twenty pieces before it. */
function planFault(random: Random): Fault {
  return {
    kind: random.pick(faultKinds),
    direction: random.pick(['request', 'answer'] as const),
    at: random.chance(0.6) ? 'write' : random.below(30),
    share: random.next(),
    arrives: random.chance(0.5),
    waitMs: random.below(40) + (random.chance(0.1) ? 300 : 0),
  };
}
