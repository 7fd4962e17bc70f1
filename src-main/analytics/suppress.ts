// Which exception hides a finding: computed whenever findings are read, never stored with them.
import type { Exception } from '#shared/model/detection.ts';
import { microsecondsPerSlot } from '#shared/time/hour-of-week.ts';
import { parseInstant } from '#shared/time/instant.ts';

/** What an exception looks at. */
export type Suppressible = {
  readonly detector: string;
  readonly sourceAccount: string;
  readonly entity: { readonly kind: string; readonly value: string };
  readonly action: string;
  readonly count: number;
  readonly score: number;
  readonly startMicroseconds: number;
};

/** The part of an exception that says what it lets pass. */
export type ExceptionScope = Omit<Exception, 'id' | 'grantedAt' | 'owner' | 'reason' | 'endedAt'>;

/** Detectors whose score is a surprise S = −log10 p, so that one scale fits them all. */
export const surpriseDetectors: ReadonlySet<string> = new Set(['nb', 'peer']);

/** From this surprise on a finding shows whatever anybody said: once in a million is nobody's routine. */
export const alwaysShownSurprise = 6;

/** They state facts, not odds: feedback does not touch them, and an exception about them has to be asked for by name. */
export const deterministicDetectors: ReadonlySet<string> = new Set(['sod', 'gap', 'fail_burst']);

export function alwaysShows({ detector, score }: Pick<Suppressible, 'detector' | 'score'>): boolean {
  return surpriseDetectors.has(detector) && score >= alwaysShownSurprise;
}

/**
 * Whether an exception, while nobody has ended it, hides a finding: same detector, account and entity, within its action,
 * hour and count, and beginning before the exception expires. Earlier findings of the same scope are hidden too, so that
 * what it was granted for disappears with it.
 * @param hourOfWeek from slots to local hours of the week in the workspace's zone
 */
export function covers(
  scope: ExceptionScope,
  finding: Suppressible,
  hourOfWeek: (slot: number) => number,
): boolean {
  return (
    scope.detector === finding.detector &&
    scope.sourceAccount === finding.sourceAccount &&
    scope.entityKind === finding.entity.kind &&
    scope.entity === finding.entity.value &&
    (scope.action === null || scope.action === finding.action) &&
    finding.count <= scope.maximumCount &&
    finding.startMicroseconds < parseInstant(scope.expiresAt) &&
    (scope.hourOfWeek === null ||
      scope.hourOfWeek === hourOfWeek(Math.floor(finding.startMicroseconds / microsecondsPerSlot))) &&
    !alwaysShows(finding)
  );
}

/** Returns a function from findings to the id of the first granted exception that hides them, or null. */
export function suppressor(
  exceptions: readonly Exception[],
  hourOfWeek: (slot: number) => number,
): (finding: Suppressible) => string | null {
  const running = Map.groupBy(
    exceptions.filter(({ endedAt }) => endedAt === null),
    ({ detector, sourceAccount, entity }) => keyOf(detector, sourceAccount, entity),
  );
  return (finding) => {
    const candidates = running.get(keyOf(finding.detector, finding.sourceAccount, finding.entity.value));
    return candidates?.find((candidate) => covers(candidate, finding, hourOfWeek))?.id ?? null;
  };
}

/** {@link suppressor} for a single finding. */
export function suppressedBy(
  finding: Suppressible,
  exceptions: readonly Exception[],
  hourOfWeek: (slot: number) => number,
): string | null {
  return suppressor(exceptions, hourOfWeek)(finding);
}

const keyOf = (...parts: readonly string[]): string => JSON.stringify(parts);
