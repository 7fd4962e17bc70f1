// How things stand between this workspace and its source, from what is on this computer.
import type { RefreshRecord, SourceHealth } from '#shared/model/source-health.ts';
import { formatInstant, parseInstant } from '#shared/time/instant.ts';
import { counted, duration } from '../source/inspection-sentences.ts';
import type { NumberedRun } from '../store/cache/run-history.ts';

export function toRefreshRecord({
  id,
  finishedMicroseconds,
  replay,
  report,
  provenance,
}: NumberedRun): RefreshRecord {
  const { serverTime, serverCount, readBy, clockOffsetMs } = provenance;
  return {
    ...report,
    id,
    finishedAt: formatInstant(finishedMicroseconds),
    replay,
    serverTime,
    serverCount,
    readBy,
    clockOffsetMs,
  };
}

/** Half of the runs took so long or less. */
export function medianMs(runs: readonly NumberedRun[]): number | null {
  const times = runs.map(({ report }) => report.ms).toSorted((a, b) => a - b);
  return times.length === 0 ? null : times[(times.length - 1) >>> 1]!;
}

const longAgoMs = 24 * 3_600_000;

/** The most pressing first. */
export function healthInWords(health: Omit<SourceHealth, 'sentences'>): string[] {
  const {
    source,
    lastContactAt,
    behindMilliseconds: behind,
    silentMilliseconds: silent,
    clock,
    readOnly,
  } = health;
  if (source === null) return ['This workspace is not connected to an audit database yet.'];
  const sentences: string[] = [];
  if (readOnly !== null)
    sentences.push(
      `Nothing is sent: the database is not as it was when it was connected (${counted(readOnly.differences.length, 'difference')}).`,
    );
  if (clock.standing === 'held')
    sentences.push('Nothing is sent until somebody acknowledges how far the clocks are apart.');
  if (lastContactAt === null) return [...sentences, 'Nothing was ever refreshed.'];
  if (behind !== null)
    sentences.push(
      behind > longAgoMs
        ? `What is shown is ${duration(behind)} old: refresh to see what happened since.`
        : `What is shown is ${duration(behind)} old.`,
    );
  if (silent !== null && silent > longAgoMs)
    sentences.push(`The newest event is ${duration(silent)} old: nothing happened, or nothing was written.`);
  sentences.push(clockInWords(clock.offsetMs));
  sentences.push(refreshesInWords(health.refreshes, health.medianRefreshMs));
  return sentences;
}

function refreshesInWords(refreshes: number, medianRefreshMs: number | null): string {
  const took = medianRefreshMs === null ? null : duration(medianRefreshMs);
  if (refreshes === 1) return took === null ? '1 refresh so far.' : `1 refresh so far; it took ${took}.`;
  const many = `${counted(refreshes, 'refresh').replace(/refreshs$/, 'refreshes')} so far`;
  return took === null ? `${many}.` : `${many}, which usually take ${took}.`;
}

function clockInWords(offsetMs: number | null): string {
  if (offsetMs === null) return 'The clocks were never compared.';
  if (Math.abs(offsetMs) < 1000) return "The server's clock agrees with this computer's.";
  return `The server's clock is ${duration(offsetMs)} ${offsetMs > 0 ? 'ahead of' : 'behind'} this computer's.`;
}

/** Milliseconds from an instant to now; never negative: a clock that runs behind makes nothing newer than now. */
export function ageOf(at: string | null, nowMicroseconds: number): number | null {
  return at === null ? null : Math.max(0, (nowMicroseconds - parseInstant(at)) / 1000);
}
