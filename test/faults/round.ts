// One round: everybody works and dies over a bad network, then all is quiet, then everything is checked.
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { randomFrom } from '../bench/fuzz/random.ts';
import type { AuditServer } from './audit-server.ts';
import { checkRound, type Told, type Violation } from './check-round.ts';
import { untroubled } from './faulty-proxy.ts';
import { planRound, type PlannedStep, type Wave } from './plan-round.ts';
import type { Reviewer } from './reviewer.ts';
import {
  acknowledgedDecision,
  acknowledgedExport,
  comparedState,
  queueItem,
  type Outcome,
  type Step,
} from './steps.ts';

export type Stage = {
  readonly server: AuditServer;
  readonly reviewers: readonly Reviewer[];
  /** A prepared workspace of each reviewer, to be copied. */
  readonly templates: readonly string[];
  /** Workspaces of rounds go below it. */
  readonly folder: string;
};

export type RoundReport = {
  readonly steps: number;
  readonly decisions: number;
  readonly conflicts: number;
  readonly applied: number;
  readonly exports: number;
  readonly violations: readonly Violation[];
};

type Notes = Mutable<Pick<Told, 'attempts' | 'decisions' | 'withdrawn' | 'exports'>>;
type Mutable<T> = { -readonly [Name in keyof T]: T[Name] };

/** @param keep leaves the workspaces of a round with violations where they are. */
export async function runRound(seed: number, stage: Stage): Promise<RoundReport> {
  const { server, reviewers } = stage;
  const plan = planRound(
    randomFrom(seed),
    reviewers.map(({ person }) => person),
  );
  const violations: Violation[] = [];
  const folders = stage.templates.map((template, index) => {
    const folder = join(stage.folder, `round-${seed}-${index}`);
    cpSync(template, folder, { recursive: true });
    reviewers[index]!.moveTo(folder);
    return folder;
  });
  await server.ask(plan.rows);
  const notes = reviewers.map((): Notes => ({ attempts: [], decisions: [], withdrawn: [], exports: [] }));
  for (const [index, { proxy }] of reviewers.entries()) proxy.plan = plan.network[index]!;
  let steps = 0;
  for (const wave of plan.waves) {
    await Promise.all([
      ...reviewers.map(async (reviewer, index) => {
        for (const planned of wave.scripts[index]!)
          await takeStep(reviewer, planned, notes[index]!, violations);
        steps += wave.scripts[index]!.length;
      }),
      disturb(server, wave),
    ]);
  }
  const told: Told[] = [];
  for (const { proxy } of reviewers) {
    proxy.plan = () => untroubled;
    await proxy.settle();
  }
  await server.quiet();
  for (const [index, reviewer] of reviewers.entries()) {
    const queue = await quieten(reviewer, violations);
    told.push({ person: reviewer.person, folder: folders[index]!, ...notes[index]!, queue });
  }
  const { violations: found, ...counts } = checkRound(told, {
    rows: await server.rows(),
    changes: await server.changes(),
  });
  violations.push(...found);
  if (violations.length === 0) for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  return {
    ...counts,
    steps,
    decisions: told.reduce((sum, { decisions }) => sum + decisions.length, 0),
    exports: told.reduce((sum, { exports }) => sum + exports.length, 0),
    violations,
  };
}

/** What happens at the server by other hands, one thing after the other. */
async function disturb(server: AuditServer, { outside, crashAfterMs }: Wave): Promise<void> {
  for (const { row, afterMs } of outside) {
    await sleep(afterMs);
    await server.decideOutside(row, '00000000-0000-4000-8000-000000000000');
  }
  if (crashAfterMs === null) return;
  await sleep(crashAfterMs);
  await server.crash();
}

async function takeStep(
  reviewer: Reviewer,
  { step, door, kill }: PlannedStep,
  notes: Notes,
  violations: Violation[],
): Promise<void> {
  if (step.do === 'decide') notes.attempts = [...notes.attempts, step.reviews.toSorted().join()];
  const outcome = await reviewer.take(step, door, kill);
  if (outcome.is === 'refused' && isUnforeseen(outcome))
    violations.push({
      law: 'a step ended in an error nobody foresaw',
      detail: `${step.do} of ${reviewer.person.name}: ${outcome.code}: ${outcome.message}`,
    });
  if (outcome.is === 'done') noteAcknowledged(notes, step, outcome);
}

/** A network may do anything; what is stored here stays sound, and whatever happens gets a sentence of its own. */
function isUnforeseen({ code, message }: Extract<Outcome, { is: 'refused' }>): boolean {
  return (
    ['unforeseen', 'store-damaged', 'store-newer'].includes(code) || message.includes('inside Countersign')
  );
}

function noteAcknowledged(notes: Notes, step: Step, { value }: Extract<Outcome, { is: 'done' }>): void {
  if (step.do === 'decide')
    notes.decisions = [...notes.decisions, ...z.array(acknowledgedDecision).parse(value)];
  if (step.do === 'undo') notes.withdrawn = [...notes.withdrawn, step.review];
  if (step.do === 'export') notes.exports = [...notes.exports, acknowledgedExport.parse(value)];
}

/** A sync and a refresh that nothing disturbs; both have to succeed. Answers the queue afterwards. */
async function quieten(reviewer: Reviewer, violations: Violation[]): Promise<Told['queue']> {
  const succeed = async (step: Step): Promise<unknown> => {
    const outcome = await reviewer.take(step);
    if (outcome.is === 'done') return outcome.value;
    const detail = outcome.is === 'refused' ? `${outcome.code}: ${outcome.message}` : 'it died';
    violations.push({
      law: `a quiet ${step.do} did not succeed`,
      detail: `${reviewer.person.name}: ${detail}`,
    });
    return null;
  };
  await succeed({ do: 'sync', cancelAfterMs: null, waitMinutes: 0 });
  await succeed({ do: 'refresh' });
  const state = comparedState.nullable().parse(await succeed({ do: 'state' }));
  if (state && state.living !== state.rebuilt)
    violations.push({
      law: 'the state differs from the ledger folded anew',
      detail: `${reviewer.person.name}, after ${state.entries} entries`,
    });
  const queue = z
    .array(queueItem)
    .nullable()
    .parse(await succeed({ do: 'queue' }));
  await succeed({ do: 'close' });
  return queue ?? [];
}
