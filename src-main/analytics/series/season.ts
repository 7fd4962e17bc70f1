// Which season foretells a series best, by its record so far: the day or the week.
import { SeasonViews, type SeasonSight } from './season-views.ts';
import type { SeriesParameters } from './series-method.ts';
import type { SeriesView } from './series-view.ts';

export type SeasonName = 'day' | 'week' | 'none';

export interface ChosenSeason {
  readonly name: SeasonName;
  readonly views: readonly SeriesView[];
}

const secondsPerDay = 86_400;
/** Both seasons must have been tried on this many points before the week may replace the day… */
const fewestTrials = 200;
/** …and older trials fade with this memory, in points. */
const trialMemory = 2000;

export class Season {
  readonly #parameters: SeriesParameters;
  readonly #day: SeasonViews;
  readonly #week: SeasonViews;
  #trials = 0;
  #dayError = 0;
  #weekError = 0;

  constructor(stepSeconds: number, parameters: SeriesParameters) {
    this.#parameters = parameters;
    this.#day = new SeasonViews(secondsPerDay, stepSeconds, parameters.dayCycles, parameters);
    this.#week = new SeasonViews(7 * secondsPerDay, stepSeconds, parameters.weekCycles, parameters);
  }

  /** Looks at a value from the better season, then learns it in both. @param steps how many steps after the point before. */
  next(seconds: number, value: number, steps: number): ChosenSeason {
    const day = this.#day.next(seconds, value, steps);
    const week = this.#week.next(seconds, value, steps);
    const chosen = this.#choose(day, week);
    this.#compare(Math.abs(value - day.expected), Math.abs(value - week.expected));
    return chosen;
  }

  #choose(day: SeasonSight, week: SeasonSight): ChosenSeason {
    const isWeekBetter =
      this.#trials >= fewestTrials && this.#weekError < this.#parameters.weekAdvantage * this.#dayError;
    if ((isWeekBetter || !this.#day.isPossible) && !Number.isNaN(week.expected))
      return { name: 'week', views: week.views };
    return Number.isNaN(day.expected) ? { name: 'none', views: [] } : { name: 'day', views: day.views };
  }

  #compare(dayError: number, weekError: number): void {
    if (!Number.isFinite(dayError) || !Number.isFinite(weekError)) return;
    this.#trials += 1;
    const weight = Math.max(1 / this.#trials, 1 / trialMemory);
    this.#dayError += weight * (dayError - this.#dayError);
    this.#weekError += weight * (weekError - this.#weekError);
  }
}
