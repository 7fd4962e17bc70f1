// Notices that the settings are no longer those the last refresh judged with, and has recent days judged again.
import { createHash } from 'node:crypto';
import { defaultDetection } from '#shared/model/detection.ts';
import { canonicalJson } from '../evidence/entry-hash.ts';
import { markDay } from '../store/cache/pending.ts';
import { mirroredHistory } from '../store/cache/resident.ts';
import { readLastRun } from '../store/cache/runs.ts';
import type { DatabaseHandle } from '../store/database.ts';
import type { DetectorRequest } from './build-detectors.ts';
import { judgeableDays } from './replay.ts';

/**
 * SHA-256 of everything that decides what is listed, as 64 hex digits. Confirmed hours are not part of it: they change what
 * later hours are compared with, and no result on record.
 */
export function settingsDigest({ settings, shippedRules, locations }: DetectorRequest): string {
  const rules = settings.presets.includes('rules') ? shippedRules : [];
  const parts = [settings, rules.map(({ name, text }) => [name, text]), locations];
  return createHash('sha256').update(canonicalJson(parts), 'utf8').digest('hex');
}

/**
 * Marks the days to judge again after a change of settings; returns how many. A refresh that ends early marks them again, for
 * the digest stands with the run that came to its end.
 */
export function markChangedSettings(
  database: DatabaseHandle,
  request: DetectorRequest,
  untilMicroseconds: number,
): number {
  const run = readLastRun(database);
  if (!run) return 0;
  const before =
    run.provenance.settingsDigest ??
    settingsDigest({ ...request, settings: defaultDetection, locations: null });
  if (before === settingsDigest(request)) return 0;
  const days = judgeableDays(mirroredHistory(database), untilMicroseconds);
  database
    .transaction(() => {
      for (const day of days) markDay(database, day);
    })
    .immediate();
  return days.length;
}
