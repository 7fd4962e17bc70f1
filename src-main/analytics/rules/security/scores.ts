// Published scores out of 100 of the security preset: measured values in, points out, nothing else.

const cap = (score: number): number => Math.min(100, score);

/** Failures of one address against their threshold: n / threshold · 60 + 40. */
export function addressScore(failures: number, threshold: number): number {
  return cap((failures / threshold) * 60 + 40);
}

/** Failures of one actor and how fast they come: n / threshold · 50 + v / fast · 30. */
export function actorScore(
  failures: number,
  threshold: number,
  perMinute: number,
  fastPerMinute: number,
): number {
  return cap((failures / threshold) * 50 + (perMinute / fastPerMinute) * 30);
}

/** Failures of one actor from several addresses: n / threshold · 40 + addresses · 10. */
export function distributedScore(failures: number, threshold: number, addresses: number): number {
  return cap((failures / threshold) * 40 + addresses * 10);
}

export interface StuffingMeasures {
  readonly attempts: number;
  readonly successes: number;
  readonly actors: number;
  readonly perMinute: number;
}

/** Up to 40 for the actors tried, 30 for failing, 20 for speed (full at 5 a minute), 10 for attempts (full at 100). */
export function stuffingScore(
  { attempts, successes, actors, perMinute }: StuffingMeasures,
  actorsThreshold: number,
): number {
  const byActors = Math.min(40, (actors / actorsThreshold) * 40);
  const byFailure = (1 - successes / attempts) * 30;
  const bySpeed = Math.min(20, (perMinute / 5) * 20);
  const byAttempts = Math.min(10, (attempts / 100) * 10);
  return cap(byActors + byFailure + bySpeed + byAttempts);
}

/** How far the share of successful sign-ins, 0 to 1, lies below what is usual: (usual − r) / usual · 100. */
export function successDropScore(successShare: number, usualShare: number): number {
  return cap(((usualShare - successShare) / usualShare) * 100);
}

/** Speed against the highest possible: v / limit · 50 + 50. */
export function travelScore(kmPerHour: number, limitKmPerHour: number): number {
  return cap((kmPerHour / limitKmPerHour) * 50 + 50);
}

/** Refused requests for sensitive permissions: n / threshold · 60 + 40. */
export function refusedPermissionScore(refused: number, threshold: number): number {
  return cap((refused / threshold) * 60 + 40);
}

/** Denied accesses and how many different things they were to: n / threshold · 40 + different · 10. */
export function deniedScore(denied: number, threshold: number, different: number): number {
  return cap((denied / threshold) * 40 + different * 10);
}

/** Records of bulk accesses against the total that is listed: t / total · 70 + 30. */
export function bulkScore(records: number, totalThreshold: number): number {
  return cap((records / totalThreshold) * 70 + 30);
}

/** Requests in a minute: n / threshold · 70. */
export function rapidScore(requests: number, threshold: number): number {
  return cap((requests / threshold) * 70);
}

/** Standard deviations against twice a threshold: z / (2 · threshold) · 100. */
export function deviationScore(z: number, thresholdZ: number): number {
  return cap((Math.abs(z) / (2 * thresholdZ)) * 100);
}

/** Events a minute over the time they span; all at one instant count as within one minute. */
export function perMinuteOf(events: number, spanMicroseconds: number): number {
  if (events < 2) return 0;
  return spanMicroseconds <= 0 ? events : events / (spanMicroseconds / 60_000_000);
}
