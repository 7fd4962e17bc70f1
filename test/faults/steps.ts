// What a harness asks of a reviewer's process, and what that answers: one JSON object a line, both ways.
import { z } from 'zod';
import { decisionKind } from '../../src-shared/model/review.ts';

export const step = z.discriminatedUnion('do', [
  /** Opens the workspace, and closes the one that was open. */
  z.object({ do: z.literal('open'), folder: z.string(), settings: z.string() }),
  z.object({ do: z.literal('close') }),
  z.object({ do: z.literal('connect'), url: z.string() }),
  z.object({ do: z.literal('reviewer'), name: z.string(), id: z.string(), email: z.string() }),
  z.object({ do: z.literal('refresh') }),
  /** `waitMinutes`: how long to go on while the server does not answer. */
  z.object({ do: z.literal('sync'), cancelAfterMs: z.number().nullable(), waitMinutes: z.number() }),
  z.object({ do: z.literal('export') }),
  z.object({
    do: z.literal('decide'),
    reviews: z.array(z.string()),
    decision: decisionKind,
    reason: z.string(),
  }),
  z.object({ do: z.literal('undo'), review: z.string() }),
  /** The state the process lives with, and the same folded anew from entry 1, each as a hash. */
  z.object({ do: z.literal('state') }),
  /** The queue as a person sees it. */
  z.object({ do: z.literal('queue') }),
]);
export type Step = z.infer<typeof step>;

export const answer = z.discriminatedUnion('is', [
  z.object({ is: z.literal('done'), value: z.unknown() }),
  z.object({ is: z.literal('refused'), code: z.string(), message: z.string() }),
]);
export type Answer = z.infer<typeof answer>;

/** What came of a step: an answer, or a death before there was one. */
export type Outcome = Answer | { readonly is: 'killed' };

export const passphrase = 'a passphrase for tests';
/** Everything in the harness's database happened before this moment. */
export const endOfEvents = '2026-11-16T00:00:00.000Z';

export const acknowledgedDecision = z.object({ id: z.string(), review: z.string(), hash: z.string() });
export type AcknowledgedDecision = z.infer<typeof acknowledgedDecision>;

export const acknowledgedExport = z.object({ file: z.string(), sha256: z.string() });
export type AcknowledgedExport = z.infer<typeof acknowledgedExport>;

export const comparedState = z.object({ living: z.string(), rebuilt: z.string(), entries: z.number() });
export const queueItem = z.object({
  id: z.string(),
  decision: decisionKind.nullable(),
  sync: z.string().nullable(),
});
