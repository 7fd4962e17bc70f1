// What the list of events is asked for: the choice of the person, narrowed further by the cells chosen in the heatmap.
import { z } from 'zod';
import type { EventFilter } from '#shared/model/event-browser.ts';
import type { SavedView } from '#shared/model/triage.ts';
import { instant } from '#shared/time/instant.ts';
import type { ActivityFilter } from '../../state/activity-filter.ts';
import {
  everyEvent,
  eventFields,
  type EventChoice,
  type EventField,
  type EventRange,
} from '../../state/events-view.ts';

/** Values one field can be narrowed to at once. */
export const mostValues = 200;

/** Null where the heatmap names more actors than can be asked for. */
export function askedOf(choice: EventChoice, cells: ActivityFilter | null): EventFilter | null {
  const theirs = cells === null ? {} : valuesOfCells(cells);
  const actor = common(choice.values.actor, theirs.actor);
  if ((actor?.length ?? 0) > mostValues) return null;
  const own = Object.fromEntries(
    eventFields.flatMap((field) => {
      const values = choice.values[field];
      return values === undefined ? [] : [[field, [...values]]];
    }),
  );
  const action = common(choice.values.action, theirs.action);
  const hourOfWeek = common(choice.hours.length === 0 ? undefined : choice.hours, theirs.hourOfWeek);
  const text = choice.text.trim();
  return {
    ...own,
    ...(actor && { actor }),
    ...(action && { action }),
    ...(hourOfWeek && { hourOfWeek }),
    ...boundsOf(choice.range),
    ...(text !== '' && { text }),
  };
}

function boundsOf({ from, to }: EventRange): { from?: string; to?: string } {
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

type CellValues = { actor?: readonly string[]; action?: readonly string[]; hourOfWeek?: readonly number[] };

function valuesOfCells({ actors, hours, action }: ActivityFilter): CellValues {
  return {
    ...(actors.length === 0 ? {} : { actor: actors }),
    ...(action === null ? {} : { action: [action] }),
    ...(hours === null
      ? {}
      : { hourOfWeek: Array.from({ length: hours[1] - hours[0] + 1 }, (_, at) => hours[0] + at) }),
  };
}

/** What both ask for; nothing at all is an empty list, which no event meets. */
function common<Value>(
  one: readonly Value[] | undefined,
  other: readonly Value[] | undefined,
): Value[] | undefined {
  if (one === undefined || other === undefined) return one === undefined ? other?.slice() : [...one];
  return one.filter((value) => other.includes(value));
}

/** The same question for all of time, or for the part of it the chart shows. */
export function askedWithin(
  { from: _from, to: _to, ...asked }: EventFilter,
  extent: EventRange,
): EventFilter {
  return { ...asked, ...boundsOf(extent) };
}

export function isNarrowed(choice: EventChoice): boolean {
  return JSON.stringify({ ...choice, text: choice.text.trim() }) !== JSON.stringify(everyEvent);
}

export type EventChip = { readonly field: EventField; readonly value: string };

/** Every value the events are narrowed to, in the order of the fields. */
export function chipsOf({ values }: EventChoice): EventChip[] {
  return eventFields.flatMap((field) => (values[field] ?? []).map((value) => ({ field, value })));
}

const keptChoice = z.object({
  values: z.partialRecord(z.enum(eventFields), z.array(z.string()).min(1).max(mostValues)),
  hours: z.array(z.number().int().min(0).max(167)).max(168),
  from: instant.optional(),
  to: instant.optional(),
  text: z.string().max(400),
});
type KeptChoice = z.infer<typeof keptChoice>;

/** As it is saved under a name. */
export function keepChoice({ values, hours, range, text }: EventChoice): SavedView['filter'] {
  const kept: Record<string, string[]> = {};
  for (const field of eventFields) if (values[field] !== undefined) kept[field] = [...values[field]];
  return { values: kept, hours: [...hours], ...boundsOf(range), text };
}

/** Null for what another version saved and this one cannot show. */
export function choiceKept(filter: unknown): EventChoice | null {
  const parsed = keptChoice.safeParse(filter);
  if (!parsed.success) return null;
  const { values, hours, from, to, text }: KeptChoice = parsed.data;
  return { values, hours, range: boundsOf({ from, to }), text };
}
