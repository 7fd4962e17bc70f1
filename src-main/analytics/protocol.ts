// What the workstation and its engine worker say to each other.
import type { ProblemCode } from '#shared/model/problem.ts';
import type { RefreshReport } from '#shared/model/workspace.ts';
import type { RefreshRequest } from './refresh.ts';

export type EngineOrder = { readonly cachePath: string; readonly request: RefreshRequest };

/** One order at a time; a cancel concerns the order that is running, if there is one. */
export type EngineCommand =
  { readonly type: 'refresh'; readonly order: EngineOrder } | { readonly type: 'cancel' };

export type EngineMessage =
  | {
      readonly type: 'progress';
      readonly step: string;
      readonly done: number;
      readonly total: number | null;
      readonly unit: string;
    }
  | { readonly type: 'done'; readonly report: RefreshReport }
  | {
      readonly type: 'failed';
      readonly code: ProblemCode;
      readonly message: string;
      readonly next: string | null;
    };
