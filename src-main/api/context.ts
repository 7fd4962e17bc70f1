// What stands around one review item or finding.
import type { FindingContext, ReviewContext } from '#shared/model/decision-context.ts';
import { severityRank } from '#shared/model/severity.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { contextAround, type ContextScene } from '../review/decision-context.ts';
import { getFinding, listFindingsAbout } from '../review/findings.ts';
import { requireOneReview } from '../review/one-review.ts';
import { slaClockOf } from '../review/sla-clock.ts';
import { matchEvents } from '../store/cache/browse/event-matches.ts';
import { readEventsById } from '../store/cache/events.ts';
import { warmHistory } from '../store/cache/week.ts';
import type { Workstation } from '../workstation.ts';
import { observedIn } from './activity-patterns.ts';
import { upToHorizon, zoneOf } from './activity-range.ts';
import { clockOf } from './events-browser.ts';
import { procedures } from './procedures.ts';
import { nowMicroseconds } from './workspace.ts';

export function contextProcedures(workstation: Workstation) {
  const { context } = procedures;
  return {
    review: context.review.handler(({ input }) => reviewContextOf(workstation, input.id)),
    finding: context.finding.handler(({ input }) => findingContextOf(workstation, input.id)),
  };
}

async function reviewContextOf(workstation: Workstation, id: string): Promise<ReviewContext> {
  const scene = await sceneOf(workstation);
  const { cache, state, now, zone } = scene;
  const review = requireOneReview(cache, state, id, now);
  const event =
    review.auditLogId === null ? null : readEventsById(cache, [review.auditLogId]).get(review.auditLogId);
  const about = {
    sourceAccount: event?.sourceAccount ?? null,
    actor: review.actor ?? '',
    actorName: review.actorName,
    action: review.action,
    at: review.createdAt,
  };
  const citing =
    review.auditLogId === null || about.actor === ''
      ? []
      : listFindingsAbout(cache, state, about.actor).filter(({ eventIds }) =>
          eventIds.includes(review.auditLogId!),
        );
  const severest = citing
    .map(({ severity }) => severity)
    .toSorted((a, b) => severityRank(b) - severityRank(a));
  return {
    review: id,
    ...about,
    ...contextAround(scene, about),
    sla: slaClockOf(review, now, zone),
    severestFinding: severest[0] ?? null,
  };
}

async function findingContextOf(workstation: Workstation, id: string): Promise<FindingContext> {
  const scene = await sceneOf(workstation);
  const { finding } = getFinding(scene.cache, scene.state, id);
  const { sourceAccount, actor, actorName, action, start } = finding;
  const about = { sourceAccount, actor, actorName, action, at: start };
  return { finding: id, ...about, ...contextAround(scene, about) };
}

export async function sceneOf(workstation: Workstation): Promise<ContextScene> {
  const { cache, ledger } = workstation;
  const history = await warmHistory(cache);
  const zone = zoneOf(workstation);
  const hourOfWeek = clockOf(zone);
  return {
    cache,
    state: ledger.state(),
    history,
    zone,
    now: Math.floor(nowMicroseconds(workstation)),
    hourOfWeek,
    observed: observedIn(cache),
    eventsOf: ({ actor, ...asked }) => {
      const range = upToHorizon(cache, asked);
      const filter = { actor, from: formatInstant(asked.from), to: formatInstant(asked.to) };
      return matchEvents(cache, history, filter, { ...range, searched: [], zone, hourOfWeek });
    },
  };
}
