// A reviewer as the harness drives one: a process of its own, replaced after every death, and the real command line beside it.
import type { ChildProcess } from 'node:child_process';
import { watch as watchFolder } from 'node:fs';
import { backupsIn } from './check-files.ts';
import { runProgram, wordsOf } from './command-line.ts';
import { startDriver, type Driver } from './driver.ts';
import type { FaultyProxy } from './faulty-proxy.ts';
import type { Outcome, Step } from './steps.ts';

type Identity = { readonly name: string; readonly id: string; readonly email: string };
/** A reviewer, and whoever sits down at the same computer to be the second person. */
export type Person = Identity & { readonly second: Identity };

/** When a process dies in a step: so long after it began, at the nth change in its folder, or as soon as its answer is here. */
export type Kill = { readonly afterMs: number } | { readonly atFileEvent: number } | 'on-answer' | null;
export type Door = 'process' | 'command-line';

export type Reviewer = {
  readonly person: Person;
  readonly proxy: FaultyProxy;
  /** Deaths so far, and steps that took longer than anyone waits. */
  readonly tally: { kills: number; hung: number };
  /** The workspace of the steps that follow. */
  moveTo: (folder: string) => void;
  readonly folder: () => string;
  /** Takes a step; a dead process is replaced first. */
  readonly take: (step: Step, door?: Door, kill?: Kill) => Promise<Outcome>;
  readonly close: () => Promise<void>;
};

const patienceMs = 30_000;

export type ReviewerSettings = {
  readonly settings: string;
  /** Folder where Node keeps compiled modules. */
  readonly compiled: string;
};

export function startReviewer(
  person: Person,
  proxy: FaultyProxy,
  { settings, compiled }: ReviewerSettings,
): Reviewer {
  const tally = { kills: 0, hung: 0 };
  const chair = sitDown(compiled, settings);
  const surroundings = () => ({ folder: chair.folder, settings, compiled });
  const restore = async (pick: number, watch: (child: ChildProcess) => void): Promise<Outcome> => {
    const backups = backupsIn(chair.folder);
    const file = backups[pick % backups.length];
    if (file === undefined) return { is: 'refused', code: 'not-found', message: 'There is no backup.' };
    await chair.leave();
    const words = ['restore', file, '--discard-newer'];
    const outcome = await runProgram(surroundings(), words, watch);
    if (outcome.is !== 'killed') return outcome;
    // What a person does whose computer died over it: open the workspace; where that is refused, restore once more.
    const opened = await chair.open();
    if (opened.is !== 'refused' || opened.code !== 'store-damaged') return outcome;
    const again = await runProgram(surroundings(), words, () => undefined);
    return again.is === 'done' ? outcome : again;
  };
  const act = (step: Step, door: Door, watch: (child: ChildProcess) => void): Promise<Outcome> => {
    if (step.do === 'restore') return restore(step.pick, watch);
    if (door === 'process') return chair.drive(step, watch);
    return runProgram(surroundings(), wordsOf(step, chair.folder), watch);
  };
  const take: Reviewer['take'] = async (step, door = 'process', kill = null) => {
    const end = awaitDeath(chair.folder, kill);
    const giveUp = setTimeout(() => {
      tally.hung += 1;
      end.put();
    }, patienceMs);
    proxy.kill = end.put;
    const outcome = await act(step, door, end.watch);
    clearTimeout(giveUp);
    end.clear();
    const diesOfAnswer = kill === 'on-answer' && outcome.is !== 'killed';
    if (diesOfAnswer) end.put();
    if (diesOfAnswer || outcome.is === 'killed') tally.kills += 1;
    proxy.kill = () => undefined;
    return outcome;
  };
  return {
    person,
    proxy,
    tally,
    moveTo: chair.moveTo,
    folder: () => chair.folder,
    take,
    close: chair.close,
  };
}

/** Puts an end to one process at one moment. */
function awaitDeath(folder: string, kill: Kill) {
  let current: ChildProcess | null = null;
  const cleanUps: (() => void)[] = [];
  const put = () => void current?.kill('SIGKILL');
  const watch = (child: ChildProcess) => {
    current = child;
    if (kill === null || kill === 'on-answer') return;
    if ('afterMs' in kill) {
      const timer = setTimeout(put, kill.afterMs);
      cleanUps.push(() => clearTimeout(timer));
      return;
    }
    let left = kill.atFileEvent;
    const watcher = watchFolder(folder, () => {
      left -= 1;
      if (left <= 0) put();
    });
    cleanUps.push(() => watcher.close());
  };
  const clear = () => {
    for (const cleanUp of cleanUps.splice(0)) cleanUp();
  };
  return { put, watch, clear };
}

/** Whose process works in which workspace. Another process waits beside it, because starting one takes longer than most steps. */
function sitDown(compiled: string, settings: string) {
  let folder = '';
  let living: Driver | null = null;
  let spare: Driver | null = null;
  let isOpen = false;
  const replaceDead = async () => {
    // A death takes a moment to arrive.
    if (living?.child.killed) await living.gone;
    if (living !== null && !living.isGone()) return living;
    living = spare ?? startDriver(compiled);
    spare = startDriver(compiled);
    isOpen = false;
    return living;
  };
  const open = async (): Promise<Outcome> => {
    const driver = await replaceDead();
    if (isOpen) return { is: 'done', value: null };
    const opened = await driver.ask({ do: 'open', folder, settings });
    isOpen = opened.is === 'done';
    return opened;
  };
  return {
    get folder() {
      return folder;
    },
    moveTo: (to: string) => {
      folder = to;
      isOpen = false;
    },
    open,
    drive: async (step: Step, watch: (child: ChildProcess) => void): Promise<Outcome> => {
      const opened = await open();
      if (opened.is !== 'done') return opened;
      watch(living!.child);
      return living!.ask(step);
    },
    /** Nobody has the workspace open afterwards. */
    leave: async () => {
      if (living?.child.killed) await living.gone;
      if (living !== null && !living.isGone() && isOpen) await living.ask({ do: 'close' });
      isOpen = false;
    },
    close: async () => {
      for (const driver of [living, spare]) {
        driver?.child.stdin?.end();
        await driver?.gone;
      }
    },
  };
}
