// Says what a long-running job is doing and how it ended.
import { recheckReport, type RecheckReport } from '#shared/model/campaign-follow-up.ts';
import { exportReport } from '#shared/model/evidence.ts';
import { listExport } from '#shared/model/exports.ts';
import { redactedPackReport } from '#shared/model/redaction.ts';
import type { Job, RefreshReport } from '#shared/model/workspace.ts';
import { jobKinds, refreshReport, syncReport } from '#shared/model/workspace.ts';
import { byKey } from '../texts/by-key.ts';
import { text } from '../texts/text.ts';
import { countWords, formatCount, listWords } from './count-words.ts';
import { durationWords } from './duration-words.ts';
import { driftWords } from './queue-drift.ts';

export const jobNames = byKey(jobKinds, (kind) => text(`domain:job.${kind}`));

/** `12,000 of 150,000 events · 41,000 events/s · 4 s left`; parts that are not known are left out. */
export function progressWords(job: Job): string {
  const unit = job.unit === '' ? '' : ` ${job.unit}`;
  const parts: string[] = [];
  if (job.total !== null && job.total > 0)
    parts.push(
      text('domain:progress.of', { done: formatCount(job.done), total: formatCount(job.total), unit }),
    );
  else if (job.done > 0) parts.push(`${formatCount(job.done)}${unit}`);
  if (job.perSecond !== null && job.perSecond > 0)
    parts.push(`${formatCount(Math.round(job.perSecond))}${unit}/s`);
  if (job.remainingMs !== null && job.remainingMs >= 1000)
    parts.push(text('domain:progress.left', { time: durationWords(job.remainingMs) }));
  return parts.join(' · ');
}

/** Between 0 and 1, or null while the total is not known. */
export function progressShare(job: Job): number | null {
  if (job.total === null || job.total <= 0) return null;
  return Math.min(1, Math.max(0, job.done / job.total));
}

export type JobEnding = {
  tone: 'good' | 'neutral' | 'warning' | 'danger';
  message: string;
  next: string | null;
};

/** How an ended job is announced. A failure keeps the sentence the workstation gave. */
export function endingWords(job: Job): JobEnding {
  const name = jobNames[job.kind];
  if (job.state === 'failed') {
    return {
      tone: 'danger',
      message: job.problem?.message ?? text('domain:ended.failed', { name }),
      next: job.problem?.next ?? null,
    };
  }
  if (job.state === 'cancelled') {
    return {
      tone: 'neutral',
      message: job.problem?.message ?? text('domain:ended.cancelled', { name }),
      next: job.problem?.next ?? null,
    };
  }
  const recheck = recheckReport.safeParse(job.result);
  if (recheck.success) return recheckEnding(recheck.data);
  const report = refreshReport.safeParse(job.result);
  return report.success ? refreshEnding(report.data) : { tone: 'good', message: doneWords(job), next: null };
}

/** Green is for a refresh that found everything as it was left. */
function refreshEnding(report: RefreshReport): JobEnding {
  const { pulled, duplicates, newFindings } = report;
  const message = text('domain:ended.refresh', {
    events: countWords(pulled - duplicates, 'new event'),
    findings: countWords(newFindings, 'new finding'),
  });
  const drift = driftWords(report);
  if (drift.length === 0) return { tone: 'good', message, next: null };
  return {
    tone: 'warning',
    message: `${message} ${text('domain:ended.drift', { changes: listWords(drift) })}`,
    next: text('domain:ended.driftNext'),
  };
}

function doneWords(job: Job): string {
  if (job.kind === 'sync') {
    const report = syncReport.safeParse(job.result);
    if (report.success) return syncSentence(report.data.sent, report.data.applied + report.data.alreadyMine);
  }
  if (job.kind === 'export') {
    const report = exportReport.safeParse(job.result);
    if (report.success) return text('domain:ended.export', { file: fileName(report.data.file) });
  }
  if (job.kind === 'export-table') {
    const report = listExport.safeParse(job.result);
    if (report.success)
      return text('domain:ended.exportTable', {
        count: report.data.manifest.rows,
        name: report.data.name,
      });
  }
  if (job.kind === 'redact') {
    const report = redactedPackReport.safeParse(job.result);
    if (report.success) return text('domain:ended.redact', { file: fileName(report.data.file) });
  }
  if (job.kind === 'sign-off') return text('domain:ended.signOff');
  if (job.kind === 'timestamp') return text('domain:ended.timestamp');
  if (job.kind === 'detection') return text('domain:ended.detection');
  return text('domain:ended.finished', { name: jobNames[job.kind] });
}

/** Green is for a re-check that found every right gone. */
function recheckEnding({ results }: RecheckReport): JobEnding {
  const gone = results.filter(({ state }) => state === 'verified-removed').length;
  if (gone === results.length)
    return { tone: 'good', message: text('domain:ended.recheckAll', { count: gone }), next: null };
  const gaps = { count: results.length, gone: formatCount(gone) };
  return { tone: 'warning', message: text('domain:ended.recheckSome', gaps), next: null };
}

function syncSentence(sent: number, arrived: number): string {
  if (sent === 0) return text('domain:ended.syncNothing');
  const words = countWords(sent, 'decision');
  return sent === arrived
    ? text('domain:ended.syncAll', { sent: words })
    : text('domain:ended.syncSome', { sent: words, arrived: formatCount(arrived) });
}

/** The last part of a path of either kind of slash. */
export function fileName(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}
