// Exports what a screen shows: says what will be in the file, follows its writing, and hands it over.
import { useMutation } from '@tanstack/react-query';
import { Download, FolderOpen } from 'lucide-react';
import { useEffect, useState } from 'react';
import { listExport } from '#shared/model/exports.ts';
import type { Job } from '#shared/model/workspace.ts';
import { Button } from '../components/button.tsx';
import { Facts } from '../components/facts.tsx';
import { Modal, ModalActions } from '../components/modal.tsx';
import { Notice } from '../components/notice.tsx';
import { ProgressBar } from '../components/progress-bar.tsx';
import { Segmented } from '../components/segmented.tsx';
import { visibleText } from '../components/visible-text.ts';
import { useDialogs } from '../state/dialogs.ts';
import { text } from '../texts/text.ts';
import { useApi } from './api.ts';
import { formatBytes, formatCount } from './count-words.ts';
import styles from './export-dialog.module.css';
import { progressShare, progressWords } from './job-words.ts';
import { useCancelJob, useJobs, useWatchJob } from './jobs.ts';
import { ProblemNotice } from './problem-notice.tsx';

export type ExportFormat = { readonly value: string; readonly label: string };

export type ExportOffer = {
  /** “the findings as listed”. */
  readonly what: string;
  /** What narrows it, a sentence each; empty when nothing is left out. */
  readonly words: readonly string[];
  readonly formats: readonly ExportFormat[];
  readonly start: (format: string) => Promise<{ jobId: string }>;
};

export function ExportDialog({ offer, onClose }: { offer: ExportOffer; onClose: () => void }) {
  const [format, setFormat] = useState(offer.formats[0]?.value ?? '');
  const watch = useWatchJob();
  const start = useMutation({
    mutationFn: () => offer.start(format),
    onSuccess: watch,
    networkMode: 'always',
  });
  const cancel = useCancelJob();
  const jobs = useJobs();
  const job = jobs.find(({ id }) => id === start.data?.jobId);
  const isRunning = start.isPending || (start.isSuccess && (job === undefined || job.state === 'running'));
  useEndingReadHere();
  return (
    <Modal title={text('domain:export.title')} onClose={onClose}>
      <p>
        {offer.what}
        {offer.words.length === 0 && text('domain:export.nothingLeftOut')}.
      </p>
      {offer.words.length > 0 && (
        <ul className={styles.words}>
          {offer.words.map((sentence) => (
            <li key={sentence}>{visibleText(sentence)}</li>
          ))}
        </ul>
      )}
      {!start.isSuccess && (
        <Segmented
          label={text('domain:export.format')}
          value={format}
          choices={offer.formats}
          onChange={setFormat}
        />
      )}
      <ProblemNotice error={start.error ?? cancel.error} />
      {job !== undefined && <Progress job={job} />}
      {job?.state === 'done' && <Written result={job.result} />}
      <ModalActions>
        {isRunning && job !== undefined && (
          <Button onClick={() => cancel.mutate({ id: job.id })}>{text('domain:export.cancel')}</Button>
        )}
        {!start.isSuccess && (
          <Button weight="primary" data-focus-first disabled={isRunning} onClick={() => start.mutate()}>
            {text('domain:export.act')}
          </Button>
        )}
        {!isRunning && start.isSuccess && <Button onClick={onClose}>{text('domain:export.done')}</Button>}
      </ModalActions>
    </Modal>
  );
}

/** Nobody needs to be told twice how it ended. */
function useEndingReadHere(): void {
  useEffect(() => {
    useDialogs.setState({ exporting: true });
    return () => useDialogs.setState({ exporting: false });
  }, []);
}

function Progress({ job }: { job: Job }) {
  if (job.state === 'running')
    return (
      <div>
        <output>{job.step}</output>
        <ProgressBar
          label={text('domain:export.progress')}
          share={progressShare(job)}
          text={progressWords(job)}
        />
      </div>
    );
  if (job.state === 'done') return null;
  return (
    <Notice
      tone={job.state === 'failed' ? 'danger' : 'info'}
      title={job.problem?.message ?? text('domain:export.cancelled')}
    >
      {job.problem?.next && <p>{job.problem.next}</p>}
    </Notice>
  );
}

/** What was written, how it is known to be whole, and the file itself. */
function Written({ result }: { result: unknown }) {
  const parsed = listExport.safeParse(result);
  if (!parsed.success) return <Notice tone="good" title={text('domain:export.written')} />;
  const { name, file, manifest } = parsed.data;
  const { rows, rowsCounted, bytes, sha256 } = manifest;
  const isProven = rowsCounted === null || rowsCounted === rows;
  return (
    <section className={styles.written} aria-label={text('domain:export.file')}>
      <Notice
        tone={isProven ? 'good' : 'danger'}
        title={isProven ? text('domain:export.proven') : text('domain:export.changed')}
      />
      <Facts
        facts={[
          { name: text('domain:export.fact.file'), value: <bdi>{name}</bdi>, title: file },
          { name: text('domain:export.fact.rows'), value: formatCount(rows) },
          {
            name: text('domain:export.fact.counted'),
            value: rowsCounted === null ? text('domain:export.fact.uncountable') : formatCount(rowsCounted),
          },
          { name: text('domain:export.fact.size'), value: formatBytes(bytes) },
          { name: 'SHA-256', value: <code className={styles.hash}>{sha256}</code> },
        ]}
      />
      <TakeExport name={name} />
    </section>
  );
}

/** Hands an export over: a copy of it in a browser, its folder on the desktop. */
export function TakeExport({ name }: { name: string }) {
  const { surroundings } = useApi();
  const take = useMutation({ mutationFn: surroundings.takeExport, networkMode: 'always' });
  const isDesktop = surroundings.kind === 'desktop';
  const words = isDesktop ? text('domain:take.folder') : text('domain:take.download');
  return (
    <>
      <Button
        size="small"
        icon={isDesktop ? FolderOpen : Download}
        aria-label={`${words}: ${name}`}
        onClick={() => take.mutate(name)}
      >
        {words}
      </Button>
      <ProblemNotice error={take.error} />
    </>
  );
}
