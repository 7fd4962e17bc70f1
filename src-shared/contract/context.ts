// What stands around one item or finding, in one question. Nothing here asks the database.
import { z } from 'zod';
import { findingContext, reviewContext } from '../model/decision-context.ts';
import { procedure } from './base.ts';

export const context = {
  review: procedure
    .route({ method: 'GET', path: '/reviews/{id}/context' })
    .input(z.object({ id: z.string() }))
    .output(reviewContext),
  finding: procedure
    .route({ method: 'GET', path: '/findings/{id}/context' })
    .input(z.object({ id: z.string() }))
    .output(findingContext),
};
