// What the workstation and its engine worker say to each other.
import type { DayReplay, DryRun, WhyNotAnswer } from '#shared/contract/detection.ts';
import type { RefreshReport } from '#shared/model/workspace.ts';
import type { RefreshRequest } from './refresh-request.ts';
import type { DayRequest, WhyNotRequest } from './replay-day.ts';
import type { DryRunRequest } from './replay-dry-run.ts';
import type { Failure } from './threads/failure.ts';

type OrderOf<Request> = { readonly cachePath: string; readonly request: Request };

export type EngineOrder = OrderOf<RefreshRequest>;

/** What each kind of order asks for; only a refresh writes. */
export type EngineOrders = {
  refresh: EngineOrder;
  'dry-run': OrderOf<DryRunRequest>;
  replay: OrderOf<DayRequest>;
  'why-not': OrderOf<WhyNotRequest>;
};

/** What each kind of order is answered with. */
export type EngineReports = {
  refresh: RefreshReport;
  'dry-run': DryRun;
  replay: DayReplay;
  'why-not': WhyNotAnswer;
};

export type OrderKind = keyof EngineOrders;

export type GivenOrder = {
  [Kind in OrderKind]: { readonly type: Kind; readonly order: EngineOrders[Kind] };
}[OrderKind];

/** One order at a time; a cancel concerns the order that is running, if there is one. */
export type EngineCommand = GivenOrder | { readonly type: 'cancel' };

export type EngineMessage =
  | {
      readonly type: 'progress';
      readonly step: string;
      readonly done: number;
      readonly total: number | null;
      readonly unit: string;
    }
  | { readonly type: 'done'; readonly report: EngineReports[OrderKind] }
  | Failure;
