// Which tests of a day would survive if all of them had to share one rate of false discoveries.

export interface Standing {
  /** 1 is the most surprising. Equal surprises share the better rank. */
  readonly rank: number;
  readonly tests: number;
  readonly survives: boolean;
}

/**
 * Adds tests to a family and says how each stands in it: Benjamini and Hochberg's step-up procedure at rate q. Tests that
 * are not named, because nothing in them could be listed, count with p = 1.
 */
export class TestFamily {
  readonly #rate: number;
  /** Surprises −log10 p, largest first. */
  #surprises: number[] = [];

  constructor(rate: number) {
    this.#rate = rate;
  }

  add(surprises: readonly number[]): void {
    this.#surprises = [...this.#surprises, ...surprises].toSorted((a, b) => b - a);
  }

  /** @param tests size of the family, unnamed tests included. */
  standings(tests: number): (surprise: number) => Standing {
    const limit = this.#limit(tests);
    return (surprise) => ({
      rank: this.#surprises.findIndex((other) => other <= surprise) + 1,
      tests,
      survives: surprise >= limit,
    });
  }

  /** The smallest surprise that survives: that of the largest k with p(k) <= k q / m. */
  #limit(tests: number): number {
    for (let k = this.#surprises.length; k >= 1; k -= 1) {
      const surprise = this.#surprises[k - 1]!;
      if (surprise >= -Math.log10((k * this.#rate) / tests)) return surprise;
    }
    return Infinity;
  }
}
