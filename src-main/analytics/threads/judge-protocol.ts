// What the engine and a thread that judges for it say to each other.
import type { DetectorRequest } from '../build-detectors.ts';
import type { Hit, Scope } from '../detector.ts';
import type { Failure } from './failure.ts';

export type JudgeOrder = {
  readonly cachePath: string;
  readonly detection: DetectorRequest;
  readonly scope: Scope;
};

/** Detectors by their places among those that the order's `detection` makes. */
export type JudgeCommand =
  | { readonly type: 'open'; readonly order: JudgeOrder }
  | { readonly type: 'judge'; readonly place: number }
  | { readonly type: 'close' };

/** Hits whose events are told by the number of their segment in the file, and their places in it. */
export type PackedHits = {
  readonly hits: readonly Omit<Hit, 'events'>[];
  /** The events of hit h are those from ends[h − 1] to ends[h]. */
  readonly ends: Uint32Array<ArrayBuffer>;
  readonly segments: Float64Array<ArrayBuffer>;
  readonly places: Uint32Array<ArrayBuffer>;
};

export type JudgeMessage =
  | {
      readonly type: 'judged';
      readonly place: number;
      readonly packed: PackedHits;
      readonly evaluated: number;
      readonly learning: number;
    }
  | Failure;
