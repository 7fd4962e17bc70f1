// What a rule file says that this program does not understand: all of it at once, by line, so that nothing half-understood runs.
import { Problem } from '#shared/model/problem.ts';

export interface Refusal {
  /** Counted from 1. */
  readonly line: number;
  /** The line as written, without its indentation; long lines are cut. */
  readonly text: string;
  /** Why, as a sentence. */
  readonly reason: string;
}

const shownCharacters = 160;

/** Collects refusals while a file is read; reading goes on after each, so that the list is complete. */
export class RefusalList {
  readonly #lines: readonly string[];
  readonly #refusals = new Map<string, Refusal>();

  constructor(source: string) {
    this.#lines = source.split(/\r\n|\r|\n/);
  }

  get count(): number {
    return this.#refusals.size;
  }

  add(line: number, reason: string): void {
    this.#refusals.set(`${line} ${reason}`, { line, text: this.textOf(line), reason });
  }

  /** By line, and within a line in the order they were noticed. */
  all(): Refusal[] {
    return [...this.#refusals.values()].toSorted((a, b) => a.line - b.line);
  }

  private textOf(line: number): string {
    const text = (this.#lines[line - 1] ?? '').trim();
    return text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text;
  }
}

/** A rule file that was refused, with everything that was not understood as data. */
export class RulesRefused extends Problem {
  readonly refusals: readonly Refusal[];

  constructor(refusals: readonly Refusal[]) {
    const places = refusals.length === 1 ? 'one place' : `${refusals.length} places`;
    super(
      'invalid-input',
      `The rule file was refused because ${places} in it could not be understood; no rule of it will run.\n${formatRefusals(refusals)}`,
      { next: 'Change or remove these lines. docs/sigma.md says what a rule may hold.' },
    );
    this.refusals = refusals;
  }
}

/** One line a refusal: “Line 12: The modifier “base64” is not supported. — action|base64: abc”. */
export function formatRefusals(refusals: readonly Refusal[]): string {
  return refusals
    .map(({ line, text, reason }) => `Line ${line}: ${reason}${text === '' ? '' : ` — ${text}`}`)
    .join('\n');
}
