// Every detector there is: as delivered, and once more so sensitive that small histories have findings of every kind.
import { readdirSync, readFileSync } from 'node:fs';
import { detectionSettings, presetNames } from '#shared/model/detection.ts';
import { buildDetectors } from '../../../src-main/analytics/build-detectors.ts';
import type { Detector } from '../../../src-main/analytics/detector.ts';

const rulesFolder = new URL('../../../resources/rules/', import.meta.url);

const sensitive = {
  nb: {
    windowDays: 10,
    minimumDays: 2,
    minimumActiveHours: 3,
    threshold: 1.2,
    minimumCount: 2,
    countOffset: 0,
  },
  rare_time: { windowDays: 12, knownDays: 3, minimumEvents: 5, share: 0.1, chance: 0.3, minimumCount: 1 },
  peer: { windowDays: 10, threshold: 1, minimumMembers: 2, minimumActorDays: 3, ownSurprise: 0.5 },
  drift: {
    baselineDays: 8,
    chartDays: 6,
    minimumActiveDays: 3,
    minimumClassDays: 2,
    minimumChartedDays: 2,
    limitSigmas: 1,
  },
  dormant: { silenceDays: 4, pastDays: 10 },
  gap: { windowDays: 15, threshold: 1, minimumEvents: 10, silentMinutes: 15, silentSpacings: 3 },
  first_seen: { minimumKnownDays: 2, minimumActiveDays: 2, probability: 0.4 },
  fail_burst: { failures: 2, failuresBeforeSuccess: 1, sprayAccounts: 2, highFailures: 6 },
  mass: { count: 2, highCount: 8, routineDays: 7, routineNights: 2 },
  'service.volume_spike': { minimumEvents: 2, minimumHistoryMinutes: 2, thresholdZ: 1 },
  'service.error_rate': { minimumRequests: 2, windowMinutes: 120 },
  'service.error_rate_by_route': { minimumRequests: 2, windowMinutes: 120 },
  'service.brute_force': { thresholdEvents: 2, windowMinutes: 120, cooldownMinutes: 200 },
  'service.mass_delete': { thresholdEvents: 2, windowMinutes: 120 },
  'service.silent_service': { thresholdMinutes: 100 },
  'security.statistical_failed_sign_ins': { minimumDays: 0, minimumEvents: 1, thresholdZ: 0.1 },
  'security.statistical_denied': { minimumDays: 0, minimumEvents: 1, thresholdZ: 0.1 },
  'security.brute_force_ip': { thresholdFailures: 2, windowMinutes: 120 },
  'security.brute_force_actor': { thresholdFailures: 2, windowMinutes: 120, fastPerMinute: 0.01 },
  'security.brute_force_distributed': { thresholdFailures: 2, windowMinutes: 240, minimumAddresses: 2 },
  'security.password_spray': { minimumActors: 2, windowMinutes: 240 },
  'security.privilege_attempts': { thresholdAttempts: 1 },
  'security.access_unusual_endpoint': { minimumSamples: 3, lookbackDays: 2 },
  'security.access_unusual_hour': { minimumSamples: 3, lookbackDays: 2 },
  'security.access_new_resource_type': { minimumSamples: 3, lookbackDays: 2 },
  'security.mass_data_access': { thresholdRecords: 100, windowMinutes: 60 },
  'security.access_rapid': { thresholdRequests: 2, windowMinutes: 60 },
  'security.api_abuse': { thresholdRequests: 2, windowMinutes: 60 },
  'security.concurrent_sessions': { thresholdSessions: 2, windowMinutes: 300 },
};

/** @param isSensitive with thresholds lowered; false is as delivered, with every family of rules switched on. */
export function everyDetector(isSensitive: boolean): readonly Detector[] {
  const shippedRules = readdirSync(rulesFolder)
    .toSorted()
    .map((name) => ({ name, text: readFileSync(new URL(name, rulesFolder), 'utf8') }));
  const locations = [
    'network,latitude,longitude,country',
    '192.0.2.0/25,52.5,13.4,DE',
    '192.0.2.4/32,-33.9,151.2,AU',
    '2001:db8::/32,40.7,-74,US',
  ];
  const settings = detectionSettings.parse({
    presets: [...presetNames],
    parameters: isSensitive ? sensitive : {},
  });
  return buildDetectors({ settings, shippedRules, locations: locations.join('\n') }).detectors;
}
