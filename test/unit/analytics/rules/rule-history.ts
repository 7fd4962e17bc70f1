// Small histories to try rules on, and the same histories told differently.
import type { Hit, Scope } from '../../../../src-main/analytics/detector.ts';
import { buildHistory, type HistoryEvent } from '../../../../src-main/analytics/history/build-history.ts';
import { Dictionary } from '../../../../src-main/analytics/history/dictionary.ts';
import type { History } from '../../../../src-main/analytics/history/history.ts';
import type { Segment, SegmentField } from '../../../../src-main/analytics/history/segment.ts';
import type { PresetSettings } from '../../../../src-main/analytics/rules/declared-rule.ts';
import { presetDetectors } from '../../../../src-main/analytics/rules/preset-detectors.ts';

export const secondUs = 1_000_000;
export const minuteUs = 60 * secondUs;
export const hourUs = 60 * minuteUs;
export const dayUs = 24 * hourUs;

/** Monday 2 November 2026, 00:00 UTC. */
export const mondayUs = Date.parse('2026-11-02T00:00:00Z') * 1000;
export const monday = mondayUs / dayUs;

let made = 0;

/** One event; what is not given is unknown. */
export function event(
  atMicroseconds: number,
  changes: Partial<Omit<HistoryEvent, 'fields'>> & {
    fields?: Partial<Record<SegmentField, string | null>>;
  } = {},
): HistoryEvent {
  made += 1;
  return {
    id: `e${String(made).padStart(7, '0')}`,
    createdAtMicroseconds: atMicroseconds,
    sourceAccount: 'primary',
    actor: 'dana',
    action: 'document.read',
    ...changes,
  };
}

/** The same event again and again, `stepUs` apart. */
export function repeat(
  count: number,
  fromUs: number,
  stepUs: number,
  changes: (at: number) => Parameters<typeof event>[1] = () => ({}),
): HistoryEvent[] {
  return Array.from({ length: count }, (_, at) => event(fromUs + at * stepUs, changes(at)));
}

export const scopeOf = (days: readonly number[], changes: Partial<Scope> = {}): Scope => ({
  days,
  untilMicroseconds: ((days.at(-1) ?? 0) + 1) * dayUs,
  touched: null,
  zone: 'UTC',
  privilegedActions: new Set(['role_grant']),
  holidays: new Set(),
  ...changes,
});

/** What one rule finds. */
export function hitsOf(
  ruleId: string,
  events: readonly HistoryEvent[] | History,
  scope: Scope = scopeOf([monday]),
  settings: PresetSettings = {},
): Hit[] {
  const history = 'segments' in events ? events : buildHistory(events);
  const detector = presetDetectors(settings).find(({ id }) => id === ruleId);
  if (detector === undefined) throw new Error(`No detector ${ruleId}.`);
  const missing = detector.needs.filter((field) => !history.fields.has(field));
  if (missing.length > 0) throw new Error(`${ruleId} needs ${missing.join(', ')}.`);
  return detector.run(history, scope);
}

/** A hit without its segments: two runs agree when these do. */
export function plain(hit: Hit): unknown {
  return { ...hit, events: hit.events.map(({ segment, index }) => segment.idAt(index)) };
}

/** The same history with its segments cut after every `size` events. */
export function recut(history: History, size: number): History {
  const segments = history.segments.flatMap((segment) =>
    Array.from({ length: Math.ceil(segment.length / size) }, (_, at) =>
      partOf(segment, at * size, Math.min(segment.length, (at + 1) * size)),
    ),
  );
  return { ...history, segments };
}

function partOf(segment: Segment, from: number, to: number): Segment {
  return {
    length: to - from,
    microseconds: segment.microseconds.slice(from, to),
    series: segment.series.slice(from, to),
    idAt: (index) => segment.idAt(index + from),
    column: (field) => {
      const column = segment.column(field);
      return column && { codes: column.codes.slice(from, to), values: column.values };
    },
  };
}

/** The same history with actors, actions and series numbered backwards. */
export function renumbered(history: History): History {
  const flip = (length: number) => (number: number) => length - 1 - number;
  const [actor, action, series] = [history.actors, history.actions.values, history.series].map((list) =>
    flip(list.length),
  );
  return {
    ...history,
    actors: history.actors.toReversed(),
    actions: new Dictionary(history.actions.values.toReversed()),
    series: history.series
      .toReversed()
      .map((one) => ({ actor: actor!(one.actor), action: action!(one.action) })),
    segments: history.segments.map((segment) => ({
      ...segment,
      series: segment.series.map((number) => series!(number)),
    })),
    activity: history.activity.map((day) => ({
      ...day,
      series: day.series.map((number) => series!(number)),
    })),
  };
}
