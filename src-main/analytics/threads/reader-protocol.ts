// What the engine and a thread that reads for it say to each other.
import type { ConnectionProfile, Mapping } from '#shared/model/connection.ts';
import type { BatchField, EventBatch } from '../../source/columns/event-batch.ts';
import type { ReadReport } from '../../source/columns/event-pool.ts';
import type { Slice } from '../slices.ts';
import type { Failure } from './failure.ts';

export type ReaderOrder = {
  readonly profile: ConnectionProfile;
  readonly password: string;
  /** Shared by a session that holds it for as long as this takes. */
  readonly snapshot: string;
  /** One counter for all threads: the place of the slice that is to be read next. */
  readonly next: Int32Array<SharedArrayBuffer>;
  readonly mapping: Mapping;
  readonly sourceAccount: string | null;
  readonly slices: readonly Slice[];
  readonly fields: readonly BatchField[];
  readonly batchRows: number;
};

/** `taken` makes room for one more batch. */
export type ReaderCommand =
  | { readonly type: 'read'; readonly order: ReaderOrder }
  | { readonly type: 'taken' }
  | { readonly type: 'stop' };

/** Slices by their places in the order; `unable` when it could have no session. */
export type ReaderMessage =
  | { readonly type: 'batch'; readonly slice: number; readonly batch: EventBatch }
  | { readonly type: 'end'; readonly slice: number }
  | { readonly type: 'done'; readonly report: ReadReport }
  | { readonly type: 'unable' }
  | Failure;
