// The start of every procedure: one typed error that carries a sentence.
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { problemData } from '../model/problem.ts';

export const procedure = oc.errors({ PROBLEM: { status: 422, data: problemData } });

export const jobStarted = z.object({ jobId: z.string() });

/**
 * For acts: the id of the reviewer whom the person saw as acting. When the workspace has another by now, the act is refused as a
 * conflict and nothing is recorded. Who leaves it out acts as whoever reviews at that moment.
 */
export const asShown = { as: z.string().min(1).optional() };
