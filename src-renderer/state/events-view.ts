// How the events are narrowed, which part of time the chart shows, and which event is in view.
import { create } from 'zustand';
import type { AuditEvent } from '#shared/model/audit-event.ts';

/** Fields by whose values events are narrowed; the empty value stands for events that state nothing there. */
export const eventFields = [
  'actor',
  'action',
  'target',
  'targetType',
  'address',
  'severity',
  'outcome',
] as const;
export type EventField = (typeof eventFields)[number];

/** Half-open instants; a missing end is open. */
export type EventRange = { readonly from?: string | undefined; readonly to?: string | undefined };

export type EventChoice = {
  readonly values: Partial<Record<EventField, readonly string[]>>;
  /** Hours of the week, 0 is Monday 00:00; none is all. */
  readonly hours: readonly number[];
  readonly range: EventRange;
  readonly text: string;
};

export const everyEvent: EventChoice = { values: {}, hours: [], range: {}, text: '' };

type EventsView = {
  choice: EventChoice;
  /** What the chart shows; all there is while it is empty. */
  extent: EventRange;
  /** Row in view, 0 is the newest, and the event on it once it is read. */
  row: number | null;
  event: AuditEvent | null;
  /** An event to be found again in the list as it is narrowed now. */
  sought: AuditEvent | null;
  choose: (choice: Partial<EventChoice>) => void;
  narrow: (field: EventField, value: string) => void;
  widen: (field: EventField, value: string) => void;
  setExtent: (extent: EventRange) => void;
  setRow: (row: number | null) => void;
  /** Keeps an event in view while the list around it becomes another. */
  seek: (event: AuditEvent | null) => void;
  /** An event that may be on no row of the list. */
  setEvent: (event: AuditEvent | null, row?: number | null) => void;
};

const nowhere = { row: null, event: null, sought: null };

export const useEventsView = create<EventsView>()((set) => ({
  choice: everyEvent,
  extent: {},
  row: null,
  event: null,
  sought: null,
  choose: (choice) => set((state) => ({ choice: { ...state.choice, ...choice }, ...nowhere })),
  narrow: (field, value) => set(({ choice }) => ({ choice: withValue(choice, field, value), ...nowhere })),
  widen: (field, value) => set(({ choice }) => ({ choice: withoutValue(choice, field, value), ...nowhere })),
  setExtent: (extent) => set({ extent }),
  setRow: (row) => set({ row }),
  seek: (sought) => set(sought === null ? { sought } : { sought, event: sought, row: null }),
  setEvent: (event, row) => set(row === undefined ? { event } : { event, row }),
}));

export function withValue(choice: EventChoice, field: EventField, value: string): EventChoice {
  const before = choice.values[field] ?? [];
  if (before.includes(value)) return choice;
  return { ...choice, values: { ...choice.values, [field]: [...before, value] } };
}

export function withoutValue(choice: EventChoice, field: EventField, value: string): EventChoice {
  const { [field]: before = [], ...others } = choice.values;
  const left = before.filter((one) => one !== value);
  return { ...choice, values: left.length === 0 ? others : { ...others, [field]: left } };
}
