// What the queue knows of one review item.
import type { InferClientOutputs } from '@orpc/client';
import type { WorkstationClient } from '../../domain/api.ts';

export type ReviewDetails = InferClientOutputs<WorkstationClient>['reviews']['get'];
