// How surprising it is that somebody does something for the first time.
import { microsecondsPerDay } from '#shared/time/instant.ts';
import { PairSet } from './pair-set.ts';
import type { Sighted } from './sightings.ts';

export interface NoveltyParameters {
  /** Days between the first sighting and the judged day: at least so many. */
  readonly minimumKnownDays: number;
  /** Active days in between, the first not counted: at least so many. */
  readonly minimumActiveDays: number;
  /** Who had more values before is not judged: something new is nothing special there. */
  readonly maximumValues: number;
  /** Weight of a day against the next. */
  readonly dailyDecay: number;
  /** A first time is listed when its probability is below this. */
  readonly probability: number;
}

export interface FirstTime {
  readonly value: number;
  readonly microseconds: number;
}

/** What was new for one subject on one day, and the numbers it was judged by: all of them of the days before. */
export interface Novelty {
  readonly subject: number;
  readonly day: number;
  /** In order of appearance; never empty. */
  readonly values: readonly FirstTime[];
  readonly knownDays: number;
  readonly activeDays: number;
  readonly valuesBefore: number;
  /** Σ w·new and Σ w over the active days after the first, w = dailyDecay^(days before the judged day). */
  readonly weightedNew: number;
  readonly weightedDays: number;
  /** weightedNew / weightedDays: new values expected on an active day. */
  readonly rate: number;
  /** 1 − e^(−rate): that an active day brings anything new. */
  readonly probability: number;
}

/**
 * First times that are improbable, by subject and day. Rate and decay follow the published new-entity model (a Poisson rate of
 * decayed counts); on somebody's first day everything is new and says nothing, so it is left out, and days without any activity
 * are left out because nothing could be new on them.
 * @param sighted in time order.
 * @param subjectOf subject of each actor, or −1 to leave it out; `subjects` is how many there are.
 * @param span larger than every value.
 * @param untilMicroseconds sightings from here on do not exist yet.
 */
export function noveltiesOf(
  sighted: readonly Sighted[],
  subjectOf: Int32Array,
  subjects: number,
  span: number,
  judged: ReadonlySet<number>,
  untilMicroseconds: number,
  parameters: NoveltyParameters,
): Novelty[] {
  const knowledge = new Knowledge(subjects, span, judged, parameters);
  for (const { actors, values, first } of sighted) {
    for (let at = 0; at < first.length; at += 1) {
      if (first[at]! >= untilMicroseconds) return knowledge.found();
      const subject = subjectOf[actors[at]!]!;
      if (subject >= 0) knowledge.see(subject, values[at]!, first[at]!);
    }
  }
  return knowledge.found();
}

type Draft = Omit<Novelty, 'values'> & { readonly values: FirstTime[] };

/** What is known of each subject up to the sighting that comes next. */
class Knowledge {
  readonly #judged: ReadonlySet<number>;
  readonly #parameters: NoveltyParameters;
  readonly #pairs: PairSet;
  readonly #found: Draft[] = [];
  readonly #firstDay: Float64Array;
  /** The last day with a sighting, what was new on it, and its finding: place in `found`, or −1. */
  readonly #lastDay: Float64Array;
  readonly #newOnLastDay: Uint32Array;
  readonly #draft: Int32Array;
  readonly #values: Uint32Array;
  /** Sums over the active days before the last, as seen from the last. */
  readonly #activeDays: Uint32Array;
  readonly #weightedNew: Float64Array;
  readonly #weightedDays: Float64Array;

  constructor(subjects: number, span: number, judged: ReadonlySet<number>, parameters: NoveltyParameters) {
    this.#judged = judged;
    this.#parameters = parameters;
    this.#pairs = new PairSet(span);
    this.#firstDay = new Float64Array(subjects).fill(NaN);
    this.#lastDay = new Float64Array(subjects);
    this.#newOnLastDay = new Uint32Array(subjects);
    this.#draft = new Int32Array(subjects);
    this.#values = new Uint32Array(subjects);
    this.#activeDays = new Uint32Array(subjects);
    this.#weightedNew = new Float64Array(subjects);
    this.#weightedDays = new Float64Array(subjects);
  }

  see(subject: number, value: number, microseconds: number): void {
    const isTooNoisy = this.#values[subject]! - this.#newOnLastDay[subject]! > this.#parameters.maximumValues;
    if (isTooNoisy) return;
    const day = Math.floor(microseconds / microsecondsPerDay);
    if (Number.isNaN(this.#firstDay[subject]!)) this.#begin(subject, day);
    else if (day > this.#lastDay[subject]!) this.#turnTo(subject, day);
    if (!this.#pairs.add(subject, value)) return;
    if (this.#newOnLastDay[subject] === 0 && this.#judged.has(day)) this.#judge(subject, day);
    this.#newOnLastDay[subject]! += 1;
    this.#values[subject]! += 1;
    const draft = this.#draft[subject]!;
    if (draft >= 0) this.#found[draft]!.values.push({ value, microseconds });
  }

  found(): Novelty[] {
    return this.#found;
  }

  #begin(subject: number, day: number): void {
    this.#firstDay[subject] = day;
    this.#lastDay[subject] = day;
    this.#draft[subject] = -1;
  }

  #turnTo(subject: number, day: number): void {
    const decay = this.#parameters.dailyDecay ** (day - this.#lastDay[subject]!);
    if (this.#lastDay[subject]! > this.#firstDay[subject]!) {
      this.#activeDays[subject]! += 1;
      this.#weightedNew[subject] = (this.#weightedNew[subject]! + this.#newOnLastDay[subject]!) * decay;
      this.#weightedDays[subject] = (this.#weightedDays[subject]! + 1) * decay;
    }
    this.#lastDay[subject] = day;
    this.#newOnLastDay[subject] = 0;
    this.#draft[subject] = -1;
  }

  #judge(subject: number, day: number): void {
    const { minimumKnownDays, minimumActiveDays, maximumValues } = this.#parameters;
    const knownDays = day - this.#firstDay[subject]!;
    const activeDays = this.#activeDays[subject]!;
    const valuesBefore = this.#values[subject]!;
    if (knownDays < minimumKnownDays || activeDays < Math.max(1, minimumActiveDays)) return;
    const [weightedNew, weightedDays] = [this.#weightedNew[subject]!, this.#weightedDays[subject]!];
    const rate = weightedNew / weightedDays;
    const probability = -Math.expm1(-rate);
    const isSurprising = probability < this.#parameters.probability;
    if (valuesBefore > maximumValues || !isSurprising) return;
    const numbers = { knownDays, activeDays, valuesBefore, weightedNew, weightedDays, rate, probability };
    this.#draft[subject] = this.#found.push({ subject, day, values: [], ...numbers }) - 1;
  }
}
