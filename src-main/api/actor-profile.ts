// The profile of one actor, and the sessions they worked in.
import type { ActorProfile, ActorSessions } from '#shared/model/actor-profile.ts';
import { Problem } from '#shared/model/problem.ts';
import { profileFromLedger, profileFromMirror } from '../review/actor-profile.ts';
import { listActorRisks } from '../review/actor-risk.ts';
import { actorSessionsOf } from '../review/actor-sessions.ts';
import { readQueue } from '../review/queue.ts';
import { lookThrough } from '../store/cache/browse/event-matches.ts';
import type { Workstation } from '../workstation.ts';
import { readRange } from './activity-range.ts';
import { storiesOf } from './analytics.ts';
import { sceneOf } from './context.ts';
import { askEvents } from './events-browser.ts';
import { procedures } from './procedures.ts';

export function profileProcedures(workstation: Workstation) {
  const { profile } = procedures;
  return {
    get: profile.get.handler(({ input }) => profileOf(workstation, input)),
    sessions: profile.sessions.handler(({ input }) => sessionsFor(workstation, input)),
  };
}

type Whom = { readonly actor: string; readonly sourceAccount?: string | undefined };

/** Every event of the actor, looked for without keeping the thread. */
async function everyEventOf(workstation: Workstation, { actor, sourceAccount }: Whom) {
  const { matches } = await askEvents(workstation, {
    actor,
    ...(sourceAccount === undefined ? {} : { sourceAccount }),
  });
  await lookThrough(matches, { withinMs: Infinity, nowMs: workstation.clock.monotonicMs });
  return matches;
}

const mostReviews = 100;

async function profileOf(
  workstation: Workstation,
  { historyDays, ...asked }: Whom & { readonly firstSeenDays: number; readonly historyDays: number },
): Promise<ActorProfile> {
  const { actor } = asked;
  const matches = await everyEventOf(workstation, asked);
  const scene = await sceneOf(workstation);
  const fromMirror = profileFromMirror(
    scene,
    { actor, sourceAccount: asked.sourceAccount, firstSeenDays: asked.firstSeenDays },
    matches,
  );
  if (fromMirror === null)
    throw new Problem('not-found', 'Nobody of that id is in the mirrored events.', {
      next: 'Look for them in the list of actors.',
    });
  const { findings, members } = storiesOf(workstation);
  const [risk] = listActorRisks(findings, members, {
    actor,
    atMicroseconds: scene.now,
    historyDays,
    limit: 1,
  });
  const reviews = readQueue(scene.cache, scene.state, scene.now).filter((review) => review.actor === actor);
  return {
    ...fromMirror,
    risk: risk ?? null,
    ...profileFromLedger(scene, actor),
    reviews: reviews.slice(0, mostReviews),
    reviewsTotal: reviews.length,
  };
}

async function sessionsFor(
  workstation: Workstation,
  input: Whom & {
    readonly from?: string | undefined;
    readonly to?: string | undefined;
    readonly limit: number;
    readonly offset: number;
  },
): Promise<ActorSessions> {
  const matches = await everyEventOf(workstation, input);
  return actorSessionsOf(matches, readRange(input), input);
}
