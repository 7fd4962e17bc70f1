// One round: everybody works and dies over a bad network, then all is quiet, then everything is checked.
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { randomFrom } from '../bench/fuzz/random.ts';
import type { AuditServer } from './audit-server.ts';
import { checkRound, type RoundCounts } from './check-round.ts';
import { untroubled } from './faulty-proxy.ts';
import { noNotes, noteAcknowledged, noteAttempt, type Notes } from './notes.ts';
import { planRound, type Wave } from './plan-round.ts';
import type { PlannedStep } from './plan-steps.ts';
import type { Reviewer } from './reviewer.ts';
import { comparedState, seen, type Outcome, type Step } from './steps.ts';
import type { Report, Told, Violation } from './told.ts';

export type Stage = {
  readonly server: AuditServer;
  readonly reviewers: readonly Reviewer[];
  /** A prepared workspace of each reviewer, to be copied. */
  readonly templates: readonly string[];
  /** Workspaces of rounds go below it. */
  readonly folder: string;
};

export type RoundReport = RoundCounts & {
  readonly steps: number;
  readonly decisions: number;
  /** Dispositions, concurrences, withdrawals and closings. */
  readonly acts: number;
  readonly exports: number;
  readonly backups: number;
  readonly restorations: number;
  readonly violations: readonly Violation[];
};

/** Plays a round; its workspaces stay where they are when a law was violated. */
export async function runRound(seed: number, stage: Stage): Promise<RoundReport> {
  const { server, reviewers } = stage;
  const plan = planRound(
    randomFrom(seed),
    reviewers.map(({ person }) => person),
  );
  const violations: Violation[] = [];
  const report: Report = (law, detail) => void violations.push({ law, detail });
  const folders = moveIn(stage, seed);
  await server.ask(plan.asked);
  const notes = reviewers.map(noNotes);
  for (const [index, { proxy }] of reviewers.entries()) proxy.plan = plan.network[index]!;
  let steps = 0;
  for (const wave of plan.waves) {
    const scripts = wave.scripts.map((script, index) =>
      follow(reviewers[index]!, script, notes[index]!, report),
    );
    const [taken] = await Promise.all([Promise.all(scripts), disturb(server, wave)]);
    steps += taken.reduce((sum, count) => sum + count, 0);
  }
  await calmDown(stage);
  // All have sent before anybody looks.
  for (const reviewer of reviewers) await succeed(reviewer, lastSync, report);
  const told = await Promise.all(
    reviewers.map(async (reviewer, index): Promise<Told> => {
      const { person } = reviewer;
      return { person, folder: folders[index]!, ...notes[index]!, seen: await lookAround(reviewer, report) };
    }),
  );
  const { violations: found, ...counts } = await checkRound(told, await server.content());
  violations.push(...found);
  if (violations.length === 0) for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  const sum = (count: (one: Notes) => number) => notes.reduce((total, one) => total + count(one), 0);
  return {
    ...counts,
    steps,
    decisions: sum(({ decisions }) => decisions.length),
    acts: sum(({ acts }) => acts.length),
    exports: sum(({ exports }) => exports.length),
    backups: sum(({ backups }) => backups.length),
    restorations: sum(({ restorations }) => restorations),
    violations,
  };
}

/** Gives each reviewer a workspace of their own, as prepared. */
function moveIn({ templates, reviewers, folder: above }: Stage, seed: number): string[] {
  return templates.map((template, index) => {
    const folder = join(above, `round-${seed}-${index}`);
    cpSync(template, folder, { recursive: true });
    reviewers[index]!.moveTo(folder);
    return folder;
  });
}

async function follow(
  reviewer: Reviewer,
  script: readonly PlannedStep[],
  notes: Notes,
  report: Report,
): Promise<number> {
  let taken = 0;
  let last: Outcome | null = null;
  for (const { step, door, kill, onlyAfterFailure } of script) {
    if (onlyAfterFailure === true && last?.is === 'done') continue;
    noteAttempt(notes, step);
    last = await reviewer.take(step, door, kill);
    taken += 1;
    if (last.is === 'refused' && isUnforeseen(last))
      report(
        'a step ended in an error nobody foresaw',
        `${step.do} of ${reviewer.person.name}: ${last.code}: ${last.message}`,
      );
    if (last.is === 'done') noteAcknowledged(notes, step, last);
  }
  return taken;
}

/** A network may do anything; what is stored here stays sound, and whatever happens gets a sentence of its own. */
function isUnforeseen({ code, message }: Extract<Outcome, { is: 'refused' }>): boolean {
  return (
    ['unforeseen', 'store-damaged', 'store-newer'].includes(code) || message.includes('inside Countersign')
  );
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

async function calmDown({ server, reviewers }: Stage): Promise<void> {
  for (const { proxy } of reviewers) {
    proxy.plan = () => untroubled;
    await proxy.settle();
  }
  await server.quiet();
}

const lastSync: Step = { do: 'sync', cancelAfterMs: null, waitMinutes: 0, exporting: false };

/** What nothing disturbs has to succeed. */
async function succeed(reviewer: Reviewer, step: Step, report: Report): Promise<unknown> {
  const outcome = await reviewer.take(step);
  if (outcome.is === 'done') return outcome.value;
  const detail = outcome.is === 'refused' ? `${outcome.code}: ${outcome.message}` : 'it died';
  report(`a quiet ${step.do} did not succeed`, `${reviewer.person.name}: ${detail}`);
  return null;
}

async function lookAround(reviewer: Reviewer, report: Report): Promise<Told['seen']> {
  await succeed(reviewer, { do: 'refresh' }, report);
  const state = comparedState.nullable().parse(await succeed(reviewer, { do: 'state' }, report));
  if (state && state.living !== state.rebuilt)
    report(
      'the state differs from the ledger folded anew',
      `${reviewer.person.name}, after ${state.entries} entries`,
    );
  const looked = seen.nullable().parse(await succeed(reviewer, { do: 'look' }, report));
  await succeed(reviewer, { do: 'close' }, report);
  return looked;
}
