// What a series was at the same time of earlier days, or of earlier weeks.

/** No more than this many places a day: finer steps are averaged into them. */
const placesPerDay = 288;
const secondsPerDay = 86_400;
/** Places less than this far apart borrow from each other: ±5 minutes. */
const borrowSeconds = 300;
/** A season has at least this many steps, and is spoken of after this many whole cycles. */
const fewestPlaces = 4;
const fewestCycles = 2;
const fewestValues = 3;

/** A season learnt as it goes: adding a value never changes what was expected before. */
export class SeasonProfile {
  readonly periodSeconds: number;
  readonly #places: number;
  readonly #cycles: number;
  readonly #borrow: number;
  /** Mean per place and cycle, a ring of cycles for each place; the cycle each mean is of beside it. */
  readonly #means: Float64Array;
  readonly #counts: Uint32Array;
  readonly #cycleOf: Float64Array;
  #firstSeconds = Number.NaN;

  /** @param cycles how many earlier cycles count. */
  constructor(periodSeconds: number, stepSeconds: number, cycles: number) {
    const most = (placesPerDay * periodSeconds) / secondsPerDay;
    this.periodSeconds = periodSeconds;
    this.#places = Math.max(1, Math.min(Math.round(periodSeconds / stepSeconds), most));
    this.#borrow = Math.floor((borrowSeconds * this.#places) / periodSeconds);
    // One cycle more than asked for: the current one is being filled while the others are looked at.
    this.#cycles = cycles + 1;
    this.#means = new Float64Array(this.#places * this.#cycles);
    this.#counts = new Uint32Array(this.#places * this.#cycles);
    this.#cycleOf = new Float64Array(this.#places * this.#cycles).fill(Number.NaN);
  }

  /** False when the steps are too long to show the shape of this season. */
  get isPossible(): boolean {
    return this.#places >= fewestPlaces;
  }

  /** The median of earlier cycles at this time; NaN while too little is known. */
  expected(seconds: number): number {
    if (!this.isPossible) return Number.NaN;
    if (!(seconds - this.#firstSeconds >= fewestCycles * this.periodSeconds)) return Number.NaN;
    const values: number[] = [];
    const middle = this.#placeOf(seconds);
    for (let place = middle - this.#borrow; place <= middle + this.#borrow; place += 1)
      this.#collect(place, Math.floor(seconds / this.periodSeconds), values);
    if (values.length < fewestValues) return Number.NaN;
    values.sort((a, b) => a - b);
    const upper = values.length >>> 1;
    return values.length % 2 === 1 ? values[upper]! : values[upper - 1]! / 2 + values[upper]! / 2;
  }

  add(seconds: number, value: number): void {
    if (Number.isNaN(this.#firstSeconds)) this.#firstSeconds = seconds;
    const cycle = Math.floor(seconds / this.periodSeconds);
    const slot = this.#placeOf(seconds) * this.#cycles + modulo(cycle, this.#cycles);
    if (this.#cycleOf[slot] !== cycle) {
      this.#cycleOf[slot] = cycle;
      this.#counts[slot] = 0;
      this.#means[slot] = 0;
    }
    this.#counts[slot]! += 1;
    const count = this.#counts[slot]!;
    this.#means[slot] = this.#means[slot]! * ((count - 1) / count) + value / count;
  }

  #placeOf(seconds: number): number {
    return Math.floor((modulo(seconds, this.periodSeconds) / this.periodSeconds) * this.#places);
  }

  #collect(place: number, currentCycle: number, values: number[]): void {
    const first = modulo(place, this.#places) * this.#cycles;
    for (let slot = first; slot < first + this.#cycles; slot += 1) {
      const age = currentCycle - this.#cycleOf[slot]!;
      if (age >= 1 && age < this.#cycles) values.push(this.#means[slot]!);
    }
  }
}

function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
