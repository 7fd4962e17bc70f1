// What a single check of a pack looks like, and how its outcome becomes a line of the verification.
import type { Verdict } from '#shared/model/evidence.ts';
import { Problem } from '#shared/model/problem.ts';

export type Fault = Exclude<Verdict, 'trusted'>;

export type CheckResult = {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
  /** What the pack is when this check fails; null when it passed or could not be reached. */
  readonly fault: Fault | null;
};

/** Thrown by a check that finds the pack wanting; a {@link Problem} thrown instead means it could not be read, or contradicts itself (`store-damaged`). */
export class CheckFailure extends Error {
  readonly fault: Fault;

  constructor(fault: Fault, detail: string) {
    super(detail);
    this.name = 'CheckFailure';
    this.fault = fault;
  }
}

export function failCheck(fault: Fault, detail: string): never {
  throw new CheckFailure(fault, detail);
}

/** At most three names, so that a hostile pack cannot fill the screen. */
export function listNames(names: readonly string[]): string {
  const more = names.length - 3;
  return `${names.slice(0, 3).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

export type Check<Subject> = {
  readonly name: string;
  /** Checks without whose success this one has nothing to look at. */
  readonly needs: readonly string[];
  /** Returns what was found in order; throws {@link CheckFailure} or {@link Problem} otherwise. */
  readonly run: (subject: Subject) => string | Promise<string>;
};

function failureOf(name: string, error: unknown): CheckResult {
  if (error instanceof CheckFailure) return { name, ok: false, detail: error.message, fault: error.fault };
  if (error instanceof Problem) {
    const detail = error.next === null ? error.message : `${error.message} ${error.next}`;
    return { name, ok: false, detail, fault: error.code === 'store-damaged' ? 'tampered' : 'malformed' };
  }
  // Hostile bytes must end in a verdict, whatever they provoke.
  return {
    name,
    ok: false,
    detail: 'This check could not be carried out on these bytes.',
    fault: 'malformed',
  };
}

/** Runs one check; never rejects. */
export async function runCheck<Subject>(
  check: Check<Subject>,
  subject: Subject,
  before: readonly CheckResult[],
): Promise<CheckResult> {
  const { name } = check;
  const missing = before.find((result) => check.needs.includes(result.name) && !result.ok);
  if (missing)
    return { name, ok: false, detail: `Not checked, because “${missing.name}” failed.`, fault: null };
  try {
    return { name, ok: true, detail: await check.run(subject), fault: null };
  } catch (error) {
    return failureOf(name, error);
  }
}
