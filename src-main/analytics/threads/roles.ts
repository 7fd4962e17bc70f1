// What a thread of this program can be.
import { z } from 'zod';

export const threadRole = z.enum(['engine', 'reader', 'judge']);
export type ThreadRole = z.infer<typeof threadRole>;

/** What a thread is started with; the workstation starts engines without any. */
export const threadData = z
  .union([z.object({ role: threadRole }), z.object({ role: z.literal('ledger-log'), path: z.string() })])
  .nullish();
