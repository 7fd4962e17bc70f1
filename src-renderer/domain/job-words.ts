// Says what a long-running job is doing and how it ended.
import { exportReport } from '#shared/model/evidence.ts';
import { listExport } from '#shared/model/exports.ts';
import { redactedPackReport } from '#shared/model/redaction.ts';
import type { Job, JobKind } from '#shared/model/workspace.ts';
import { refreshReport, syncReport } from '#shared/model/workspace.ts';
import { countWords, formatCount } from './count-words.ts';
import { durationWords } from './duration-words.ts';

export const jobNames: Record<JobKind, string> = {
  sample: 'Sample data',
  refresh: 'Refresh',
  sync: 'Sending decisions',
  export: 'Export',
  'export-table': 'Export of a list',
  detection: 'Changing the detection settings',
  'dry-run': 'Dry run',
  replay: 'Replay',
  'create-reviews': 'Adding missing reviews',
  'sign-off': 'Sign-off',
  timestamp: 'Timestamp',
  redact: 'Redaction',
};

/** `12,000 of 150,000 events · 41,000 events/s · 4 s left`; parts that are not known are left out. */
export function progressWords(job: Job): string {
  const unit = job.unit === '' ? '' : ` ${job.unit}`;
  const parts: string[] = [];
  if (job.total !== null && job.total > 0)
    parts.push(`${formatCount(job.done)} of ${formatCount(job.total)}${unit}`);
  else if (job.done > 0) parts.push(`${formatCount(job.done)}${unit}`);
  if (job.perSecond !== null && job.perSecond > 0)
    parts.push(`${formatCount(Math.round(job.perSecond))}${unit}/s`);
  if (job.remainingMs !== null && job.remainingMs >= 1000)
    parts.push(`${durationWords(job.remainingMs)} left`);
  return parts.join(' · ');
}

/** Between 0 and 1, or null while the total is not known. */
export function progressShare(job: Job): number | null {
  if (job.total === null || job.total <= 0) return null;
  return Math.min(1, Math.max(0, job.done / job.total));
}

export type JobEnding = { tone: 'good' | 'neutral' | 'danger'; message: string; next: string | null };

/** How an ended job is announced. A failure keeps the sentence the workstation gave. */
export function endingWords(job: Job): JobEnding {
  const name = jobNames[job.kind];
  if (job.state === 'failed') {
    return {
      tone: 'danger',
      message: job.problem?.message ?? `${name} failed.`,
      next: job.problem?.next ?? null,
    };
  }
  if (job.state === 'cancelled') {
    return {
      tone: 'neutral',
      message: job.problem?.message ?? `${name} was cancelled. What was finished before is kept.`,
      next: job.problem?.next ?? null,
    };
  }
  return { tone: 'good', message: doneWords(job), next: null };
}

function doneWords(job: Job): string {
  if (job.kind === 'sync') {
    const report = syncReport.safeParse(job.result);
    if (report.success) return syncSentence(report.data.sent, report.data.applied + report.data.alreadyMine);
  }
  if (job.kind === 'export') {
    const report = exportReport.safeParse(job.result);
    if (report.success) return `The evidence pack was written and signed: ${fileName(report.data.file)}.`;
  }
  if (job.kind === 'export-table') {
    const report = listExport.safeParse(job.result);
    if (report.success)
      return `${countWords(report.data.manifest.rows, 'row')} were exported into ${report.data.name}.`;
  }
  if (job.kind === 'redact') {
    const report = redactedPackReport.safeParse(job.result);
    if (report.success) return `The redacted pack was written and signed: ${fileName(report.data.file)}.`;
  }
  if (job.kind === 'sign-off') return 'The pack was signed off.';
  if (job.kind === 'timestamp') return 'The timestamp service answered.';
  if (job.kind === 'detection') return 'The detection settings are saved. The next refresh judges with them.';
  const report = refreshReport.safeParse(job.result);
  if (report.success) {
    const { pulled, duplicates, newFindings } = report.data;
    const fresh = countWords(pulled - duplicates, 'new event');
    return `Refresh finished: ${fresh}, ${countWords(newFindings, 'new finding')}.`;
  }
  return `${jobNames[job.kind]}: finished.`;
}

function syncSentence(sent: number, arrived: number): string {
  if (sent === 0) return 'Nothing was waiting to be sent.';
  return sent === arrived
    ? `${countWords(sent, 'decision')} sent, and all arrived.`
    : `${countWords(sent, 'decision')} sent, ${formatCount(arrived)} arrived. The report lists the others.`;
}

/** The last part of a path of either kind of slash. */
export function fileName(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}
