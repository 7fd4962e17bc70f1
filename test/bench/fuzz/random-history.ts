// Weeks of people and machines with habits, and in between what detectors look for and what they might trip over.
import { microsecondsPerDay, microsecondsPerHour, parseInstant } from '#shared/time/instant.ts';
import type { HistoryEvent } from '../../../src-main/analytics/history/build-history.ts';
import type { SegmentField } from '../../../src-main/analytics/history/segment.ts';
import { hostileMetadata, hostileTexts } from './hostile-texts.ts';
import type { Random } from './random.ts';

export interface RandomHistory {
  readonly zone: string;
  readonly events: readonly HistoryEvent[];
}

/** Weeks that hold a change of clocks, half-hour zones among them, and the edges of what can be placed in time. */
const settings: readonly (readonly [zone: string, from: string])[] = [
  ['Europe/Berlin', '2026-09-21'],
  ['America/New_York', '2026-10-05'],
  ['Australia/Lord_Howe', '2026-09-07'],
  ['America/St_Johns', '2026-02-16'],
  ['Asia/Kathmandu', '2026-06-01'],
  ['Pacific/Apia', '2011-12-05'],
  ['UTC', '1969-12-08'],
  ['Europe/Dublin', '1970-01-05'],
  ['Africa/Casablanca', '2026-02-02'],
  ['UTC', '1700-01-01'],
  ['Asia/Kolkata', '2254-11-15'],
];

const accounts = ['primary', 'second', '__proto__', ''];
const everydayActions = ['document.read', 'document.write', 'auth.login', 'api.call', 'report.export'];
const rareActions = [
  'auth.login_failed',
  'role_grant',
  'privilege.change',
  'document.delete',
  'data.export',
  'request.created',
  'request.approved',
  'audit.disable',
  'admin.users',
];

interface Habit {
  readonly sourceAccount: string;
  readonly actor: string;
  /** Always the same: an actor goes by the newest name there is, whatever the as-of. */
  readonly actorName: string | null;
  readonly actorType: string | null;
  readonly fromHour: number;
  readonly hours: number;
  readonly perHour: number;
  readonly actions: readonly string[];
  readonly addresses: readonly (string | null)[];
  readonly absentFrom: number;
  readonly absentDays: number;
}

/** A name that is a number could not be told from one in a sentence. */
const displayNames = hostileTexts.filter((text) => !/^-?\d*$/.test(text.trim()));

/** @param days how long; a few tens of events a day. */
export function randomHistory(random: Random, days: number): RandomHistory {
  const [zone, from] = random.pick(settings);
  const first = parseInstant(from);
  const habits = Array.from({ length: 3 + random.below(7) }, (_, who) => randomHabit(random, who, days));
  const events: HistoryEvent[] = [];
  const silentFrom = random.below(days * 24);
  const silentHours = random.chance(0.5) ? random.below(40) : 0;
  const add = eventAdder(random, events);
  for (let hour = 0; hour < days * 24; hour += 1) {
    if (hour >= silentFrom && hour < silentFrom + silentHours) continue;
    for (const habit of habits) if (isAtWork(habit, hour)) addHour(random, add, habit, first, hour);
    if (random.chance(0.02))
      addIncident(random, add, random.pick(habits), first + hour * microsecondsPerHour);
  }
  const end = first + days * microsecondsPerDay;
  return { zone, events: events.filter(({ createdAtMicroseconds: at }) => at < end) };
}

function randomHabit(random: Random, who: number, days: number): Habit {
  const isMachine = random.chance(0.3);
  return {
    sourceAccount: random.chance(0.8) ? 'primary' : random.pick(accounts),
    actor: random.chance(0.7) ? `${isMachine ? 'service' : 'person'}-${who}` : random.pick(hostileTexts),
    actorName: random.chance(0.3) ? random.pick(displayNames) : null,
    actorType: random.pick(['user', 'user', isMachine ? 'system' : 'user', null]),
    fromHour: isMachine ? 0 : random.below(16),
    hours: isMachine ? 24 : 8,
    perHour: random.pick([0.2, 1, 2]),
    actions: random.shuffled(everydayActions).slice(0, 1 + random.below(3)),
    addresses: [`192.0.2.${who}`, `2001:db8::${who}`, null].slice(random.below(2)),
    absentFrom: random.below(days),
    absentDays: random.chance(0.3) ? random.below(days) : 0,
  };
}

function isAtWork(habit: Habit, hour: number): boolean {
  const day = Math.floor(hour / 24);
  const isAbsent = day >= habit.absentFrom && day < habit.absentFrom + habit.absentDays;
  const isWeekend = habit.hours < 24 && day % 7 >= 5;
  const hourOfDay = hour % 24;
  return !isAbsent && !isWeekend && hourOfDay >= habit.fromHour && hourOfDay < habit.fromHour + habit.hours;
}

type Fields = Partial<Record<SegmentField, string | null>>;
type Add = (habit: Habit, at: number, action: string, fields?: Fields) => void;

function addHour(random: Random, add: Add, habit: Habit, first: number, hour: number): void {
  const count = Math.floor(random.next() * (2 * habit.perHour + 1));
  for (let one = 0; one < count; one += 1) {
    const at = first + hour * microsecondsPerHour + random.below(microsecondsPerHour);
    add(habit, at, random.chance(0.02) ? random.pick(rareActions) : random.pick(habit.actions));
  }
}

/** Something that happens many times within minutes, sometimes across midnight, sometimes at one single time. */
function addIncident(random: Random, add: Add, habit: Habit, hourStart: number): void {
  const action = random.pick([...rareActions, ...hostileTexts.slice(0, 8)]);
  const count = random.pick([1, 3, 12, 60]);
  const stepUs = random.pick([0, 1, 1_000_000, 20_000_000, 400_000_000]);
  const isSpread = random.chance(0.3);
  const midnight = Math.floor(hourStart / microsecondsPerDay) * microsecondsPerDay;
  const from = random.pick(
    [hourStart, hourStart, midnight, midnight - 5_000_000].filter((at) => at >= hourStart),
  );
  for (let one = 0; one < count; one += 1) {
    const who = isSpread ? { ...habit, actor: `victim-${one % 9}`, actorName: null } : habit;
    add(who, from + one * stepUs, action, { outcome: random.pick(['failure', 'denied', 'success']) });
  }
}

const someOf: Readonly<Record<Exclude<SegmentField, 'ip' | 'actorType'>, readonly (string | null)[]>> = {
  resourceType: ['document', 'user', 'order', 'salary', null],
  resourceId: ['r1', 'r2', 'dana', 'person-1', '', null],
  userAgent: ['Firefox', 'curl/8', null],
  severity: ['info', 'critical', '', null],
  metadata: hostileMetadata,
  outcome: ['success', 'success', 'success', 'failure', 'denied', null],
  sessionId: ['s1', 's2', 's3', null],
  bytes: ['0', '50000000', '-1', 'NaN', '1e999', '99999999999999999999', null],
  recordCount: ['10', '900', 'x', '', null],
  status: ['200', '401', '500', 'odd', null],
  method: ['GET', 'DELETE', null],
  path: ['/admin/7', '/orders/8', '/api/users/9', '', null],
};

/** Ids are mostly new; now and then one is used again at another time. Times are whole microseconds, sometimes equal. */
function eventAdder(random: Random, events: HistoryEvent[]): Add {
  let lastAt = 0;
  return (habit, at, action, given = {}) => {
    const time = random.chance(0.02) && lastAt > at ? lastAt : at;
    lastAt = time;
    const chosen = Object.entries(someOf).map(([field, values]): [string, string | null] => [
      field,
      random.chance(0.01) ? random.pick(hostileTexts) : random.pick(values),
    ]);
    const fields: Fields = {
      ...Object.fromEntries(chosen),
      actorType: habit.actorType,
      ip: random.pick(habit.addresses),
    };
    const reused = random.chance(0.01) && events.length > 0 ? random.pick(events).id : null;
    events.push({
      id: reused ?? `${random.chance(0.01) ? random.pick(hostileTexts).slice(0, 20) : 'e'}${events.length}`,
      createdAtMicroseconds: time,
      sourceAccount: habit.sourceAccount,
      actor: habit.actor,
      actorName: habit.actorName,
      action,
      fields: { ...fields, ...given },
    });
  };
}
