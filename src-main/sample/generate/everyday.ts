// Ordinary work: what people do on an ordinary day, privileged actions included, and noise nobody can be named for.
import { privilegedWeights } from './actions.ts';
import type { EventDraft } from './event.ts';
import { localTime } from './local-clock.ts';
import { microsecondsPerDay, microsecondsPerHour } from '#shared/time/instant.ts';
import { privilegedActions } from './model.ts';
import type { Person } from './people.ts';
import { drawTimes, presence, shiftDate } from './presence.ts';
import { Random } from './random.ts';
import type { Service } from './service.ts';
import type { Timeline } from './timeline.ts';

/** Splits a whole number in proportion to weights, the parts adding up exactly. */
export function share(count: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let reached = 0;
  let given = 0;
  return weights.map((weight, index) => {
    reached += weight;
    const upTo =
      total === 0
        ? Math.round((count * (index + 1)) / weights.length)
        : Math.round((count * reached) / total);
    const part = upTo - given;
    given = upTo;
    return part;
  });
}

/** Picks the next task; one already done this hour is less attractive each time. */
class TaskChoice {
  readonly #person: Person;
  readonly #random: Random;
  #hour = -1;
  #done: number[] = [];

  constructor(person: Person, random: Random) {
    this.#person = person;
    this.#random = random;
  }

  next(at: number): string {
    const hour = Math.floor(at / microsecondsPerHour);
    if (hour !== this.#hour) this.#done = this.#person.weights.map(() => 0);
    this.#hour = hour;
    const appeal = this.#person.weights.map((weight, index) => weight * 0.5 ** (this.#done[index] ?? 0));
    const chosen = this.#random.pickWeighted(appeal);
    this.#done[chosen] = (this.#done[chosen] ?? 0) + 1;
    return this.#person.actions[chosen] ?? 'document.read';
  }
}

/** One shift: sign in (at times after a mistyped password), work, often sign out. */
function shiftActions(times: readonly number[], person: Person, random: Random): string[] {
  const tasks = new TaskChoice(person, random);
  const mistyped = times.length > 2 && random.chance(person.mistypes);
  const adoptsMfa = random.chance(0.005);
  const signsOut = times.length > 4 && random.chance(0.6);
  return times.map((at, index) => {
    if (index === 0) return mistyped ? 'auth.login_failed' : 'auth.login';
    if (index === 1 && mistyped) return 'auth.login';
    if (index === 2 && adoptsMfa) return 'auth.mfa_enabled';
    if (index === times.length - 1 && signsOut) return 'auth.logout';
    return tasks.next(at);
  });
}

function workOf(person: Person, times: readonly number[], random: Random): EventDraft[] {
  const shifts = Map.groupBy(times, (at) => shiftDate(person, localTime(person.office.zone, at / 1000)));
  return [...shifts.values()].flatMap((own) => {
    const actions = shiftActions(own, person, random);
    return own.map((at, index) => ({ by: person, at, eventType: actions[index] ?? 'document.read' }));
  });
}

/** Exactly `count` events of these people together. */
export function workDays(
  people: readonly Person[],
  count: number,
  timeline: Timeline,
  seed: number,
): EventDraft[] {
  const weights = people.map((person) => presence(person, timeline, seed));
  const totals = weights.map((own) => own.reduce((sum, weight) => sum + weight, 0));
  return share(count, totals).flatMap((own, index) => {
    const person = people[index];
    const slots = weights[index];
    if (person === undefined || slots === undefined) return [];
    const random = new Random(seed, `work ${person.id}`);
    return workOf(person, drawTimes(slots, own, timeline, random), random);
  });
}

/** Privileged actions of administrators at work and, by night and day, of machines. */
export function administer(
  administrators: readonly Person[],
  services: readonly Service[],
  count: number,
  timeline: Timeline,
  seed: number,
): EventDraft[] {
  const machine = services.find((service) => service.name === 'svc-vault') ?? services[0] ?? null;
  const byMachine = machine === null ? 0 : Math.floor(count * 0.3);
  const random = new Random(seed, 'privileged');
  const weights = administrators.map((person) => presence(person, timeline, seed));
  const totals = weights.map((own) => own.reduce((sum, weight) => sum + weight, 0));
  const byPeople = share(count - byMachine, totals).flatMap((own, index) =>
    drawTimes(weights[index] ?? new Float64Array(), own, timeline, random).map((at) => ({
      by: administrators[index] ?? null,
      at,
      eventType: privilegedActions[random.pickWeighted(privilegedWeights)] ?? 'role_grant',
    })),
  );
  const interval = timeline.length / Math.max(byMachine, 1);
  const rotations = Array.from({ length: byMachine }, (_, index) => ({
    by: machine,
    at: timeline.at((index + 0.2 + 0.6 * random.next()) * interval),
    eventType: random.chance(0.9) ? 'secret.accessed' : 'plugin.installed',
  }));
  return [...byPeople, ...rotations];
}

/** Failed sign-ins of names that do not exist, and now and then a plugin update without an author. */
export function strayEvents(count: number, timeline: Timeline, seed: number): EventDraft[] {
  const random = new Random(seed, 'stray');
  const perDay = count / Math.max(1, timeline.length / microsecondsPerDay);
  return Array.from({ length: count }, () => ({
    by: null,
    at: timeline.at(random.next() * timeline.length),
    eventType: random.chance(Math.min(0.05, 0.05 / Math.max(perDay, 1)))
      ? 'plugin.installed'
      : 'auth.login_failed',
  }));
}
