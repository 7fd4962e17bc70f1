// The profile of one actor. Nothing here asks the database.
import { z } from 'zod';
import { actorProfile, actorSessions } from '../model/actor-profile.ts';
import { instant } from '../time/instant.ts';
import { procedure } from './base.ts';

const whom = { actor: z.string().min(1), sourceAccount: z.string().optional() };

export const profile = {
  /** Everything but the sessions. An actor nobody has seen is `not-found`. */
  get: procedure
    .route({ method: 'GET', path: '/actors/profile' })
    .input(
      z.object({
        ...whom,
        /** What counts as new. */
        firstSeenDays: z.coerce.number().int().min(1).max(365).default(30),
        /** Days of risk history. */
        historyDays: z.coerce.number().int().min(0).max(366).default(90),
      }),
    )
    .output(actorProfile),
  sessions: procedure
    .route({ method: 'GET', path: '/actors/sessions' })
    .input(
      z.object({
        ...whom,
        from: instant.optional(),
        to: instant.optional(),
        limit: z.coerce.number().int().min(1).max(1000).default(100),
        offset: z.coerce.number().int().min(0).default(0),
      }),
    )
    .output(actorSessions),
};
