// Texts as small whole numbers, in the order of their first appearance.

/** Numbers texts from 0 on; a text keeps its number for as long as the dictionary lives. */
export class Dictionary {
  readonly #codes = new Map<string, number>();
  readonly #values: string[] = [];

  constructor(values: Iterable<string> = []) {
    for (const value of values) this.codeOf(value);
  }

  get size(): number {
    return this.#values.length;
  }

  get values(): readonly string[] {
    return this.#values;
  }

  /** The number of a text, given to it now if it has none yet. */
  codeOf(value: string): number {
    const known = this.#codes.get(value);
    if (known !== undefined) return known;
    this.#codes.set(value, this.#values.length);
    return this.#values.push(value) - 1;
  }

  /** The number of a text, or undefined when it was never seen. */
  find(value: string): number | undefined {
    return this.#codes.get(value);
  }

  valueOf(code: number): string {
    const value = this.#values[code];
    if (value === undefined) throw new RangeError('There is no text with this number.');
    return value;
  }
}
