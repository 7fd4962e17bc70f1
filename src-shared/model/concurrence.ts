// What a second person said about a decision or a disposition, and where it stands because of that.
import { z } from 'zod';
import { instant } from '../time/instant.ts';

export const concurrence = z.object({
  /** ULID of its ledger entry. */
  id: z.string(),
  agree: z.boolean(),
  reason: z.string(),
  reviewer: z.string(),
  reviewerName: z.string(),
  at: instant,
  /** False when the reviewer is the first one, or the actor, under another id: it then says nothing. */
  counts: z.boolean(),
});
export type Concurrence = z.infer<typeof concurrence>;

export const secondStates = ['not-needed', 'awaiting', 'agreed', 'disagreed'] as const;
/** not-needed: no rule asks for a second person · awaiting: nobody else spoke yet · agreed: final · disagreed: open until somebody decides anew. */
export const secondState = z.enum(secondStates);
export type SecondState = z.infer<typeof secondState>;

/** The second person’s part in a decision or disposition that needs one. */
export const second = z.object({
  state: secondState,
  /** Ids of the rules that asked for it when the decision was made. */
  rules: z.array(z.string()).min(1),
  /** Oldest first. */
  concurrences: z.array(concurrence),
});
export type Second = z.infer<typeof second>;
