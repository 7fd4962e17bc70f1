// People and machines with habits, as events: weeks of ordinary work, to which a test adds what is not.
import type { HistoryEvent } from '../../../../../src-main/analytics/history/build-history.ts';

export const hourUs = 3_600_000_000;
/** Monday 6 July 2026, 00:00 UTC. */
export const firstHour = Date.parse('2026-07-06T00:00:00Z') / 3_600_000;

/** Numbers in [0, 1) that look random and are the same every time. */
export function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export interface Habit {
  readonly actor: string;
  readonly actorType?: string | null;
  /** Mean events in an hour of work. */
  readonly mean: number;
  /** Hours of day (UTC) of work, half-open. */
  readonly from: number;
  readonly to: number;
  readonly days?: readonly number[];
  readonly actions?: readonly string[];
}

const weekdays = [0, 1, 2, 3, 4];

/** Events of weeks of work: counts vary evenly between nothing and twice the mean. */
export function work(habits: readonly Habit[], weeks: number, seed = 1): HistoryEvent[] {
  const next = numbers(seed);
  return habits.flatMap((habit) => {
    const { from, to, mean, days = weekdays, actions = ['document.read'] } = habit;
    const events: HistoryEvent[] = [];
    for (let day = 0; day < weeks * 7; day += 1) {
      if (!days.includes(day % 7)) continue;
      for (let hour = from; hour < to; hour += 1) {
        const count = Math.floor(next() * (2 * mean + 1));
        for (let at = 0; at < count; at += 1) {
          const action = actions[Math.floor(next() * actions.length)]!;
          events.push(event(habit, action, day * 24 + hour, next()));
        }
      }
    }
    return events;
  });
}

let made = 0;

/** One event in an hour since {@link firstHour}; `part` says where in it. */
export function event(
  { actor, actorType }: Pick<Habit, 'actor' | 'actorType'>,
  action: string,
  hour: number,
  part: number,
): HistoryEvent {
  made += 1;
  return {
    id: `e${made}`,
    createdAtMicroseconds: (firstHour + hour) * hourUs + Math.floor(part * hourUs),
    sourceAccount: 'primary',
    actor,
    action,
    ...(actorType === undefined ? {} : { fields: { actorType } }),
  };
}

/** So many events spread over one hour. */
export function burst(who: Pick<Habit, 'actor' | 'actorType'>, action: string, hour: number, count: number) {
  return Array.from({ length: count }, (_, at) => event(who, action, hour, at / count));
}

/** Six people by day, one by night, one machine around the clock. */
export const staff: readonly Habit[] = [
  ...['dana', 'omar', 'lena', 'ravi', 'ines', 'tomo'].map((actor) => ({
    actor,
    actorType: 'user',
    mean: 4,
    from: 8,
    to: 17,
    actions: ['document.read', 'document.read', 'document.edit', 'comment.add'],
  })),
  { actor: 'nora', actorType: 'user', mean: 4, from: 20, to: 24 },
  { actor: 'sync', actorType: 'service', mean: 12, from: 0, to: 24, days: [0, 1, 2, 3, 4, 5, 6] },
];
