// The start of every procedure: one typed error that carries a sentence.
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { problemData } from '../model/problem.ts';

export const procedure = oc.errors({ PROBLEM: { status: 422, data: problemData } });

export const jobStarted = z.object({ jobId: z.string() });
