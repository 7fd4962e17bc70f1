// Findings, heatmap, actors and events.
import { Problem } from '#shared/model/problem.ts';
import { hourOfWeekIn, microsecondsPerSlot } from '#shared/time/hour-of-week.ts';
import { formatInstant, parseInstant } from '#shared/time/instant.ts';
import { foldIntoWeek } from '../analytics/heatmap.ts';
import { disposeFinding, getFinding, listFindings } from '../review/findings.ts';
import {
  countEvents,
  readActions,
  readSlices,
  readTopActors,
  readTotals,
  type Range,
} from '../store/cache/activity.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { readHorizon } from '../store/cache/runs.ts';
import { iterateEvents, type EventCursor } from '../store/cache/events.ts';
import type { Workstation } from '../workstation.ts';
import { procedures } from './procedures.ts';

export function findingProcedures(workstation: Workstation) {
  const { findings } = procedures;
  const { ledger } = workstation;
  return {
    list: findings.list.handler(({ input }) => listFindings(workstation.cache, ledger.state(), input.status)),
    get: findings.get.handler(({ input }) => getFinding(workstation.cache, ledger.state(), input.id)),
    dispose: findings.dispose.handler(({ input }) => disposeFinding(workstation.cache, ledger, input)),
  };
}

export function activityProcedures(workstation: Workstation) {
  const { activity } = procedures;
  return {
    heatmap: activity.heatmap.handler(({ input }) => {
      const { cache } = workstation;
      const range = readRange(input);
      const cells = foldIntoWeek(
        readSlices(cache, { ...upToHorizon(cache, range), actor: input.actor, action: input.action }),
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
    topActors: activity.topActors.handler(({ input }) => {
      const { cache } = workstation;
      return readTopActors(cache, upToHorizon(cache, readRange(input)), input.limit);
    }),
    actions: activity.actions.handler(() => readActions(workstation.cache)),
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
  const { cache } = workstation;
  const filter = { ...upToHorizon(cache, readRange(input)), actor: input.actor, action: input.action };
  const before = input.before === undefined ? null : decodeCursor(input.before);
  const events = [];
  let last: EventCursor | null = null;
  let more = false;
  for (const { event, cursor } of iterateEvents(cache, filter, before)) {
    if (!matches(cursor.createdAtMicroseconds)) continue;
    if (events.length === input.limit) {
      more = true;
      break;
    }
    events.push(event);
    last = cursor;
  }
  const total =
    input.hourOfWeek === undefined
      ? countEvents(cache, filter)
      : foldIntoWeek(readSlices(cache, filter), zoneOf(workstation))
          .filter((cell) => cell.hourOfWeek === input.hourOfWeek)
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

/** After a replay nothing later than its as-of counts, even where the mirror already holds it. */
function upToHorizon(cache: DatabaseHandle, range: Range): Range {
  const horizon = readHorizon(cache);
  if (horizon === null || (readTotals(cache).lastMicroseconds ?? horizon) <= horizon) return range;
  return { ...range, to: Math.min(range.to ?? Infinity, horizon + 1) };
}

function zoneOf(workstation: Workstation): string {
  return workstation.ledger.state().connection?.zone ?? workstation.zone;
}
