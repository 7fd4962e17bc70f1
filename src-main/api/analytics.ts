// Findings, heatmap, actors and events.
import type { Heatmap } from '#shared/model/workspace.ts';
import { Problem } from '#shared/model/problem.ts';
import { hourOfWeekIn, microsecondsPerSlot } from '#shared/time/hour-of-week.ts';
import { formatInstant, parseInstant } from '#shared/time/instant.ts';
import { heatmapCells, heatmapRows } from '../analytics/heatmap.ts';
import { detectorTitles, listDetectors } from '../analytics/list-detectors.ts';
import { listActorRisks } from '../review/actor-risk.ts';
import { caseMembersOf } from '../review/case-members.ts';
import { listCases } from '../review/cases.ts';
import { orderByFeedback } from '../review/feedback.ts';
import { actorsOf, disposeFinding } from '../review/dispose-finding.ts';
import { getFinding, listFindings } from '../review/findings.ts';
import { ownPartOf } from '../review/independence.ts';
import { countEvents, readActions, readTopActors, type ActivityFilter } from '../store/cache/activity.ts';
import { readHorizon } from '../store/cache/runs.ts';
import { iterateEvents, type EventCursor } from '../store/cache/events.ts';
import { mirroredHistory } from '../store/cache/resident.ts';
import { readWeekCounts } from '../store/cache/week-counts.ts';
import { warmHistory } from '../store/cache/week.ts';
import type { Workstation } from '../workstation.ts';
import { workspaceDetectors } from './detector-request.ts';
import { fetchEvents } from './fetch-events.ts';
import { findingBaselineOf } from './finding-baseline.ts';
import { concurOnFinding } from './independence.ts';
import { actionWeeksOf, dayHoursOf } from './activity-patterns.ts';
import { readRange, upToHorizon, zoneOf } from './activity-range.ts';
import { procedures } from './procedures.ts';

export function findingProcedures(workstation: Workstation) {
  const { findings } = procedures;
  const { ledger } = workstation;
  return {
    list: findings.list.handler(({ input }) => {
      const state = ledger.state();
      const listed = listFindings(workstation.cache, state, input.status);
      return orderByFeedback(listed, state, workstation.clock.nowMs() * 1000);
    }),
    get: findings.get.handler(({ input }) => {
      const state = ledger.state();
      const found = getFinding(workstation.cache, state, input.id);
      const { proposal } = found.finding;
      const first = proposal === undefined || proposal.second.state === 'agreed' ? null : proposal.by;
      return { ...found, independence: ownPartOf(state, actorsOf(found.finding), first) };
    }),
    baseline: findings.baseline.handler(({ input }) => findingBaselineOf(workstation, input.id)),
    cases: findings.cases.handler(({ input }) => {
      const stories = storiesOf(workstation);
      const state = ledger.state();
      return listCases(stories.findings, stories.members, input.status).map((story) => ({
        ...story,
        isOwnAction: ownPartOf(state, story.actors, null).isOwnAction,
      }));
    }),
    dispose: findings.dispose.handler(({ input }) => disposeFinding(workstation.cache, ledger, input)),
    concur: concurOnFinding(workstation),
  };
}

/** Findings with what a case needs to know of each. */
export function storiesOf(workstation: Workstation) {
  const { cache, ledger } = workstation;
  const findings = listFindings(cache, ledger.state());
  const { detection: settings } = ledger.state();
  const titleOf = detectorTitles({ settings, shippedRules: workstation.shippedRules });
  return { findings, members: caseMembersOf(cache, findings, titleOf) };
}

export function actorProcedures(workstation: Workstation) {
  const { actors } = procedures;
  return {
    risk: actors.risk.handler(({ input }) => {
      const { findings, members } = storiesOf(workstation);
      const { actor, at, historyDays, limit } = input;
      const now = readHorizon(workstation.cache) ?? Math.floor(workstation.clock.nowMs() * 1000);
      const atMicroseconds = at === undefined ? now : parseInstant(at);
      return listActorRisks(findings, members, { actor, atMicroseconds, historyDays, limit });
    }),
  };
}

export function detectorProcedures(workstation: Workstation) {
  const { detectors } = procedures;
  return {
    list: detectors.list.handler(() => {
      const { activity, fields, onlyCounts } = mirroredHistory(workstation.cache);
      return listDetectors(
        workspaceDetectors(workstation),
        activity.length === 0 ? null : fields,
        onlyCounts,
      );
    }),
  };
}

export function activityProcedures(workstation: Workstation) {
  const { activity } = procedures;
  return {
    heatmap: activity.heatmap.handler(({ input }) => heatmapOf(workstation, input)),
    days: activity.days.handler(({ input }) => dayHoursOf(workstation, input)),
    actionWeeks: activity.actionWeeks.handler(({ input }) => actionWeeksOf(workstation, input)),
    topActors: activity.topActors.handler(async ({ input }) => {
      const { cache } = workstation;
      await warmHistory(cache);
      return readTopActors(cache, upToHorizon(cache, readRange(input)), input.limit);
    }),
    actions: activity.actions.handler(async () => {
      const { cache } = workstation;
      await warmHistory(cache);
      return readActions(cache);
    }),
    events: activity.events.handler(({ input }) => listEvents(workstation, input)),
    fetch: activity.fetch.handler(({ input }) => {
      const { cache } = workstation;
      const filter = { ...upToHorizon(cache, readRange(input)), actor: input.actor, action: input.action };
      return fetchEvents(workstation, filter, slotsIn(workstation, input.hourOfWeek));
    }),
  };
}

type HeatmapInput = {
  actor?: string | undefined;
  action?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  rows: 'series' | 'actor';
  top?: number | undefined;
};

async function heatmapOf(workstation: Workstation, input: HeatmapInput): Promise<Heatmap> {
  const { cache } = workstation;
  const { rows, actor, action, top = null } = input;
  const zone = zoneOf(workstation);
  const range = readRange(input);
  const filter = { ...upToHorizon(cache, range), actor, action };
  const { history, cells } = await readWeekCounts(cache, zone, filter, rows);
  const form =
    rows === 'actor'
      ? { rows: heatmapRows(cells, history, top) }
      : { cells: heatmapCells(cells, history, top) };
  const { otherRows, otherTotal } = form.rows ?? form.cells;
  return {
    zone,
    from: range.from === null ? null : formatInstant(range.from),
    to: range.to === null ? null : formatInstant(range.to),
    total: cells.total,
    cells: [...(form.cells?.shown ?? [])],
    rows: [...(form.rows?.shown ?? [])],
    otherRows,
    otherTotal,
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

async function listEvents(workstation: Workstation, input: EventsInput) {
  const isAsked = slotsIn(workstation, input.hourOfWeek);
  const matches = (microseconds: number) => isAsked(Math.floor(microseconds / microsecondsPerSlot));
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
      : await countInHour(workstation, filter, input.hourOfWeek);
  return { events, next: more && last ? encodeCursor(last) : null, total };
}

/** Whether a quarter hour lies in an hour of the week; undefined is any. */
function slotsIn(workstation: Workstation, hour: number | undefined): (slot: number) => boolean {
  const hourOfWeek = hourOfWeekIn(zoneOf(workstation));
  return (slot) => hour === undefined || hourOfWeek(slot) === hour;
}

async function countInHour(
  workstation: Workstation,
  filter: ActivityFilter,
  hourOfWeek: number,
): Promise<number> {
  const { cells } = await readWeekCounts(workstation.cache, zoneOf(workstation), filter, 'action');
  return cells.counts.reduce((sum, count, cell) => (cells.hours[cell] === hourOfWeek ? sum + count : sum), 0);
}

function encodeCursor({ createdAtMicroseconds, id }: EventCursor): string {
  return `${createdAtMicroseconds}:${id}`;
}

export function decodeCursor(text: string): EventCursor {
  const colon = text.indexOf(':');
  const createdAtMicroseconds = Number(text.slice(0, colon));
  if (colon < 1 || !Number.isSafeInteger(createdAtMicroseconds)) {
    throw new Problem('invalid-input', 'This is not a place in the list of events.', {
      next: 'Start again from the newest event.',
    });
  }
  return { createdAtMicroseconds, id: text.slice(colon + 1) };
}
