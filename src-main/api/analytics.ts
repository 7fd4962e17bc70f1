// Findings, heatmap, actors and events.
import { Problem } from '#shared/model/problem.ts';
import { hourOfWeekIn, microsecondsPerSlot } from '#shared/time/hour-of-week.ts';
import { formatInstant, parseInstant } from '#shared/time/instant.ts';
import { foldIntoWeek } from '../analytics/heatmap.ts';
import { disposeFinding, getFinding, listFindings } from '../review/findings.ts';
import { readActions, readSlices, readTopActors, type Range } from '../store/cache/activity.ts';
import { iterateEvents, readEventsById, type EventCursor } from '../store/cache/events.ts';
import type { Workstation } from '../workstation.ts';
import { procedures } from './procedures.ts';

export function findingProcedures(workstation: Workstation) {
  const { findings } = procedures;
  const { cache, ledger } = workstation;
  return {
    list: findings.list.handler(({ input }) => listFindings(cache, ledger.state(), input.status)),
    get: findings.get.handler(({ input }) => {
      const found = getFinding(cache, ledger.state(), input.id);
      return { ...found, events: readEventsById(cache, found.finding.eventIds) };
    }),
    dispose: findings.dispose.handler(({ input }) => disposeFinding(cache, ledger, input)),
  };
}

export function activityProcedures(workstation: Workstation) {
  const { activity } = procedures;
  const { cache } = workstation;
  return {
    heatmap: activity.heatmap.handler(({ input }) => {
      const range = readRange(input);
      const cells = foldIntoWeek(
        readSlices(cache, { ...range, actor: input.actor, action: input.action }),
        zoneOf(workstation),
      );
      return {
        zone: zoneOf(workstation),
        from: range.from === null ? null : formatInstant(range.from),
        to: range.to === null ? null : formatInstant(range.to),
        total: cells.reduce((sum, cell) => sum + cell.count, 0),
        cells,
      };
    }),
    topActors: activity.topActors.handler(({ input }) => readTopActors(cache, readRange(input), input.limit)),
    actions: activity.actions.handler(() => readActions(cache)),
    events: activity.events.handler(({ input }) => listEvents(workstation, input)),
  };
}

type EventsInput = {
  actor?: string | undefined;
  action?: string | undefined;
  hourOfWeek?: number | undefined;
  from?: string | undefined;
  to?: string | undefined;
  before?: string | undefined;
  limit: number;
};

function listEvents(workstation: Workstation, input: EventsInput) {
  const hourOfWeek = hourOfWeekIn(zoneOf(workstation));
  const matches = (microseconds: number) =>
    input.hourOfWeek === undefined ||
    hourOfWeek(Math.floor(microseconds / microsecondsPerSlot)) === input.hourOfWeek;
  const filter = { ...readRange(input), actor: input.actor, action: input.action };
  const before = input.before === undefined ? null : decodeCursor(input.before);
  const events = [];
  let last: EventCursor | null = null;
  let more = false;
  for (const { event, cursor } of iterateEvents(workstation.cache, filter, before)) {
    if (!matches(cursor.createdAtMicroseconds)) continue;
    if (events.length === input.limit) {
      more = true;
      break;
    }
    events.push(event);
    last = cursor;
  }
  const total = foldIntoWeek(readSlices(workstation.cache, filter), zoneOf(workstation))
    .filter((cell) => input.hourOfWeek === undefined || cell.hourOfWeek === input.hourOfWeek)
    .reduce((sum, cell) => sum + cell.count, 0);
  return { events, next: more && last ? encodeCursor(last) : null, total };
}

function encodeCursor({ createdAtMicroseconds, id }: EventCursor): string {
  return `${createdAtMicroseconds}:${id}`;
}

function decodeCursor(text: string): EventCursor {
  const colon = text.indexOf(':');
  const createdAtMicroseconds = Number(text.slice(0, colon));
  if (colon < 1 || !Number.isSafeInteger(createdAtMicroseconds)) {
    throw new Problem('invalid-input', 'This is not a place in the list of events.', {
      next: 'Start again from the newest event.',
    });
  }
  return { createdAtMicroseconds, id: text.slice(colon + 1) };
}

function readRange(input: { from?: string | undefined; to?: string | undefined }): Range {
  const range = {
    from: input.from === undefined ? null : parseInstant(input.from),
    to: input.to === undefined ? null : parseInstant(input.to),
  };
  if (range.from !== null && range.to !== null && range.from >= range.to) {
    throw new Problem('invalid-input', 'The range ends before it starts.', {
      next: 'Give a “to” later than the “from”.',
    });
  }
  return range;
}

function zoneOf(workstation: Workstation): string {
  return workstation.ledger.state().connection?.zone ?? workstation.zone;
}
