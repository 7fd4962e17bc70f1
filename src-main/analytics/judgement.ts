// One detector's judgement of what is pending.
import type { Detector, Hit, Scope } from './detector.ts';
import { judgeAll, z3Detector } from './detectors/z3-detector.ts';
import type { History } from './history/history.ts';

export type Judgement = {
  readonly hits: readonly Hit[];
  /** Hours of series that were judged, and those whose baseline was too short; counted by the compatible detector. */
  readonly evaluated: number;
  readonly learning: number;
};

export function judgeBy(detector: Detector, history: History, scope: Scope): Judgement {
  if (detector.id === z3Detector.id) return judgeAll(history, scope);
  return { hits: detector.run(history, scope), evaluated: 0, learning: 0 };
}
