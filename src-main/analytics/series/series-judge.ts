// Judges one numeric series point by point; a judgement depends on that point and those before it, on nothing else.
import { Flatline, type FlatlineView } from './flatline.ts';
import { Quiet } from './quiet.ts';
import type { SeriesParameters } from './series-method.ts';
import { SeriesViews, type SeriesSight } from './series-views.ts';

export interface PointJudgement extends SeriesSight {
  /** Since the epoch. */
  readonly seconds: number;
  readonly value: number;
  /** 0–1: surprise / (surprise + threshold), so 0.5 is the threshold; a quarter of that where an earlier alert covers the point. */
  readonly score: number;
  /**
   * The larger of the flatline's surprise and the mean of the two most surprised views: one view alone convinces nobody,
   * and what is truly out of place shows in two.
   */
  readonly surprise: number;
  readonly isAlert: boolean;
  /** Covered by an earlier alert. */
  readonly isQuiet: boolean;
  readonly flatline: FlatlineView;
}

/** What a covered point keeps of its score. */
const coveredShare = 0.25;

export class SeriesJudge {
  readonly #threshold: number;
  readonly #views: SeriesViews;
  readonly #flatline: Flatline;
  readonly #quiet: Quiet;

  /** @param stepSeconds the usual distance of two points, > 0. */
  constructor(stepSeconds: number, parameters: SeriesParameters) {
    if (!(stepSeconds > 0)) throw new RangeError('A series has a step above zero.');
    this.#threshold = parameters.threshold;
    this.#views = new SeriesViews(stepSeconds, parameters);
    this.#flatline = new Flatline(parameters);
    this.#quiet = new Quiet(parameters);
  }

  /** Judges the next point and learns it. Points come in order of time; values are finite. */
  next(seconds: number, value: number): PointJudgement {
    const { season, views } = this.#views.next(seconds, value);
    const flatline = this.#flatline.next(value);
    const agreed = ((views[0]?.surprise ?? 0) + (views[1]?.surprise ?? 0)) / 2;
    const surprise = Math.max(agreed, flatline.surprise);
    const isQuiet = this.#quiet.covers(seconds, surprise);
    const whole = surprise / (surprise + this.#threshold);
    const score = isQuiet ? whole * coveredShare : whole;
    const isAlert = !isQuiet && surprise >= this.#threshold;
    return { seconds, value, score, surprise, isAlert, isQuiet, season, views, flatline };
  }
}
