// The rules of the published systems, all of them, as detectors. Which of them run is somebody else's choice.
import { Problem } from '#shared/model/problem.ts';
import type { Detector } from '../detector.ts';
import type { DeclaredRule, PresetSettings } from './declared-rule.ts';
import { contributionRules, insiderScore } from './insider/rules.ts';
import {
  bruteForceByActor,
  bruteForceByAddress,
  slowBruteForceByActor,
  slowBruteForceByAddress,
} from './security/brute-force.ts';
import { concurrentSessions } from './security/concurrent-sessions.ts';
import { credentialStuffing, signInsFailing } from './security/credential-stuffing.ts';
import { distributedBruteForce } from './security/distributed-brute-force.ts';
import {
  firstSensitiveAccess,
  newResourceType,
  unusualEndpoint,
  unusualHour,
} from './security/first-access.ts';
import { impossibleTravel } from './security/impossible-travel.ts';
import { offHoursAccess } from './security/off-hours-access.ts';
import { passwordSpray } from './security/password-spray.ts';
import { deniedPattern, permissionAttempts } from './security/privilege-attempts.ts';
import { apiAbuse, bulkAccess, massDataAccess, rapidRequests } from './security/requests.ts';
import { firstSensitiveRole, selfAssignedRole } from './security/sensitive-roles.ts';
import { sessionHijacking } from './security/session-hijacking.ts';
import { statisticalDenied, statisticalFailedSignIns } from './security/statistical.ts';
import { massDelete, serviceBruteForce } from './service/counts.ts';
import { errorRate, errorRateByRoute } from './service/error-rate.ts';
import { silentService } from './service/silent-service.ts';
import { volumeSpike } from './service/volume-spike.ts';

/** In the order in which lists show them. */
export const presetRules: readonly DeclaredRule[] = [
  insiderScore,
  ...contributionRules,
  volumeSpike,
  errorRate,
  errorRateByRoute,
  serviceBruteForce,
  massDelete,
  silentService,
  statisticalFailedSignIns,
  statisticalDenied,
  bruteForceByAddress,
  bruteForceByActor,
  distributedBruteForce,
  slowBruteForceByAddress,
  slowBruteForceByActor,
  credentialStuffing,
  signInsFailing,
  passwordSpray,
  impossibleTravel,
  permissionAttempts,
  firstSensitiveRole,
  selfAssignedRole,
  deniedPattern,
  firstSensitiveAccess,
  unusualEndpoint,
  unusualHour,
  newResourceType,
  bulkAccess,
  rapidRequests,
  massDataAccess,
  apiAbuse,
  offHoursAccess,
  sessionHijacking,
  concurrentSessions,
];

/**
 * A detector for each rule that has what it needs beside fields; what the others lack is told by {@link presetGaps}.
 * @throws Problem `invalid-input` when the settings name a rule or parameter that does not exist, or a value it cannot have.
 */
export function presetDetectors(settings: PresetSettings = {}): Detector[] {
  const known = new Set(presetRules.map(({ id }) => id));
  const unknown = Object.keys(settings.values ?? {}).find((id) => !known.has(id));
  if (unknown !== undefined) {
    throw new Problem('invalid-input', `There is no rule “${unknown}”. Nothing was changed.`, {
      next: 'Choose one from the list of rules.',
    });
  }
  // Also those that cannot run: a wrong value is told now, and not when the rest arrives.
  const made = presetRules.map((rule) => ({ rule, detector: rule.detector(settings) }));
  return made.filter(({ rule }) => rule.lacks(settings) === null).map(({ detector }) => detector);
}

/** Rules that cannot run with these settings, each with what it lacks: the end of “not evaluable: needs …”. */
export function presetGaps(settings: PresetSettings = {}): { id: string; title: string; needs: string }[] {
  return presetRules.flatMap((rule) => {
    const needs = rule.lacks(settings);
    return needs === null ? [] : [{ id: rule.id, title: rule.title, needs }];
  });
}
