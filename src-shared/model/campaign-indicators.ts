// How each person of a campaign decided, in numbers: for its owner to ask about, and no judgement of anybody.
import { z } from 'zod';

const share = z.number().min(0).max(1);

/** Shares are of the decisions; null where too little is known to say. */
export const reviewerIndicators = z.object({
  reviewer: z.string(),
  name: z.string(),
  decisions: z.number().int(),
  /** Made together with others, under one reason. */
  bulk: z.number().int(),
  bulkShare: share,
  /** Largest number of items decided together. */
  largestBulk: z.number().int(),
  /** Half of the decisions made one by one came after so long in view, or less. */
  medianDwellMs: z.number().nullable(),
  /** Decisions a minute of looking, over those made one by one. */
  perActiveMinute: z.number().nullable(),
  /** Most decisions made one by one within any sixty seconds. */
  mostInAMinute: z.number().int(),
  /** Before which any part of the evidence was opened. */
  openedShare: share,
  certifiedShare: share,
  /** Decided in another workspace, where times are that computer's. */
  imported: z.number().int(),
  /** The same in words. */
  sentences: z.array(z.string()),
});
export type ReviewerIndicators = z.infer<typeof reviewerIndicators>;

/** Decisions of one local day in the campaign's zone. */
export const decisionDay = z.object({
  date: z.string(),
  /** Made one by one, and together with others. */
  alone: z.number().int(),
  together: z.number().int(),
});
export type DecisionDay = z.infer<typeof decisionDay>;

/** The same numbers with when the decisions were made: days without any are left out, the oldest first. */
export const reviewerCourse = reviewerIndicators.extend({ days: z.array(decisionDay) });
export type ReviewerCourse = z.infer<typeof reviewerCourse>;
