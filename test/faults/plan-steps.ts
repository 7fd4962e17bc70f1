// Single steps as a seed decides them: what is done, through which door, and when it is killed.
import type { Random } from '../bench/fuzz/random.ts';
import type { Asked } from './audit-server.ts';
import type { Door, Kill } from './reviewer.ts';
import type { Step } from './steps.ts';

export type PlannedStep = {
  readonly step: Step;
  readonly door: Door;
  readonly kill: Kill;
  /** Left out where the step before went through. */
  readonly onlyAfterFailure?: boolean;
};

/** The rows of half a round, and all reviews of it. */
export type Rows = Asked & { readonly all: Asked['reviews'] };

const deciding = ['certify', 'certify', 'modify', 'revoke', 'abstain', 'escalate'] as const;
const disposing = ['acknowledged', 'false-positive', 'escalated'] as const;

export function calm(step: Step): PlannedStep {
  return { step, door: 'process', kill: null };
}

export function planStep(random: Random, step: Step): PlannedStep {
  const door = step.do === 'restore' || (hasWords(step) && random.chance(0.06)) ? 'command-line' : 'process';
  const isBatch = step.do === 'decide' && step.reviews.length > 1;
  return { step, door, kill: random.chance(isBatch ? 0.4 : 0.22) ? planKill(random, step, door) : null };
}

const atCommandLine: readonly Step['do'][] = [
  'refresh',
  'sync',
  'export',
  'decide',
  'undo',
  'dispose',
  'publish',
  'create',
  'backup',
];

/** Whether the command line has words for it. */
function hasWords(step: Step): boolean {
  if (step.do === 'sync') return step.cancelAfterMs === null && !step.exporting;
  if (step.do === 'decide') return step.reviews.length === 1;
  return atCommandLine.includes(step.do);
}

export function planWorkStep(random: Random, rows: Rows): PlannedStep {
  return planStep(random, planDoing(random, rows));
}

function planDoing(random: Random, rows: Rows): Step {
  const dice = random.next();
  if (dice < 0.2) return planDecision(random, rows);
  if (dice < 0.55) return planSync(random);
  if (dice < 0.65) return planDisposition(random, rows);
  if (dice < 0.75) return { do: 'refresh' };
  if (dice < 0.83) return { do: 'undo', review: random.pick(rows.all).id };
  if (dice < 0.93)
    return { do: 'close-conflict', pick: random.below(100), note: `as agreed ${random.below(1_000)}` };
  return { do: 'export' };
}

export function planSync(random: Random): Step {
  const cancelAfterMs = random.chance(0.15) ? random.below(60) : null;
  const waitMinutes = random.chance(0.15) ? 1 : 0;
  return { do: 'sync', cancelAfterMs, waitMinutes, exporting: random.chance(0.08) };
}

export function planDecision(random: Random, { reviews }: Rows): Step {
  const chosen = random
    .shuffled(reviews)
    .slice(0, random.chance(0.5) ? 1 : 1 + random.below(6))
    .map(({ id }) => id);
  return {
    do: 'decide',
    reviews: chosen,
    decision: random.pick(deciding),
    reason: `for reason ${random.below(1_000)}`,
  };
}

export function planDisposition(random: Random, { anomalies }: Rows): Step {
  const { id: anomaly } = random.pick(anomalies);
  return { do: 'dispose', anomaly, disposition: random.pick(disposing), note: `seen ${random.below(1_000)}` };
}

/** How long the steps take undisturbed, roughly; a kill may come anywhere in it, or a little later. */
const usualMs: Readonly<Record<string, number>> = {
  decide: 30,
  'decide-created': 30,
  concur: 20,
  dispose: 15,
  publish: 15,
  undo: 6,
  'close-conflict': 20,
  refresh: 90,
  sync: 60,
  create: 60,
  export: 150,
  backup: 30,
};
const startOfProgramMs = 300;

function planKill(random: Random, { do: doing }: Step, door: Door): Kill {
  // Replacing a file is over too soon for a clock to meet it.
  if (doing === 'restore') return { atFileEvent: 1 + random.below(16) };
  if (door === 'process' && random.chance(0.35)) return 'on-answer';
  const startMs = door === 'process' ? 0 : startOfProgramMs * (0.6 + random.next() * 0.4);
  // Squared, because the steps are quicker on an idle machine than on a busy one.
  return { afterMs: startMs + random.next() ** 2 * (usualMs[doing] ?? 100) };
}
