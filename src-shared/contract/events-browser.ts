// Leafing through the events of the mirror: pages by place, and totals over time. Nothing here asks the database.
import { z } from 'zod';
import { eventFilter, eventPage, eventPlace, eventSummary } from '../model/event-browser.ts';
import { procedure } from './base.ts';

export const browser = {
  /**
   * A page of matching events by the order (time, id). `activity.events` answers the same newest first for an actor and an
   * action; this one goes both ways from any place.
   */
  events: procedure
    .route({ method: 'GET', path: '/browser/events' })
    .input(
      eventFilter.extend({ ...eventPlace, limit: z.coerce.number().int().min(1).max(1000).default(200) }),
    )
    .output(eventPage),
  /** How many match and when, counted from the newest on. */
  summary: procedure
    .route({ method: 'GET', path: '/browser/summary' })
    .input(
      eventFilter.extend({
        buckets: z.coerce.number().int().min(1).max(500).default(120),
        /** How long to count, in milliseconds. */
        withinMs: z.coerce.number().int().min(0).max(5000).default(100),
      }),
    )
    .output(eventSummary),
};
