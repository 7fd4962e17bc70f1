// Writes a signed evidence pack of everything this workspace holds.
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { Job } from '#shared/model/workspace.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { useApi } from '../../domain/api.ts';
import { countWords } from '../../domain/count-words.ts';
import { progressShare, progressWords } from '../../domain/job-words.ts';
import { useWatchJob } from '../../domain/jobs.ts';
import { useAsksPassphrase } from '../../domain/key-session.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useReviewerGate } from '../../domain/reviewer-gate.ts';
import { useStatus } from '../../domain/workspace-status.ts';
import styles from './export-panel.module.css';
import { ExportResult } from './export-result.tsx';

export function ExportPanel({ jobs }: { jobs: readonly Job[] }) {
  const { orpc } = useApi();
  const status = useStatus();
  const gate = useReviewerGate();
  const watch = useWatchJob();
  const [passphrase, setPassphrase] = useState('');
  const [retention, setRetention] = useState('');
  const start = useMutation(
    orpc.evidence.export.mutationOptions({
      onSuccess: (started) => {
        setPassphrase('');
        watch(started);
      },
    }),
  );
  const exports = jobs.filter((job) => job.kind === 'export');
  const latest = exports.at(-1);
  const isRunning = latest?.state === 'running';
  const asksPassphrase = useAsksPassphrase();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const label = retention.trim();
    gate(() =>
      start.mutate({
        ...(asksPassphrase && { passphrase }),
        ...(label !== '' && { retention: label }),
      }),
    );
  };
  const isBlocked = isRunning || start.isPending || (asksPassphrase && passphrase === '');
  return (
    <Panel title="Export a signed pack">
      <p>
        {countWords(status.decided, 'decision')}, {countWords(status.findings, 'finding')} and the whole
        ledger, signed
        {status.key === null ? ' with the reviewer’s key' : <> as {<bdi>{status.key.identity}</bdi>}</>}.
        Anybody can verify the pack with <code>sha256sum</code> and <code>ssh-keygen</code>.
      </p>
      {status.unsent > 0 && (
        <Notice
          tone="info"
          title={`${countWords(status.unsent, 'decision')} not sent yet; the pack says so.`}
        />
      )}
      <form className={styles.form} onSubmit={submit}>
        {asksPassphrase && (
          <TextField
            label="Passphrase of the signing key"
            type="password"
            autoComplete="current-password"
            value={passphrase}
            onChange={(event) => setPassphrase(event.target.value)}
          />
        )}
        <TextField
          label="Keep until (optional)"
          hint="A date or a rule. It is written into the pack, and nothing is deleted by it."
          maxLength={200}
          value={retention}
          onChange={(event) => setRetention(event.target.value)}
        />
        <Button weight="primary" submits disabled={isBlocked}>
          Export pack
        </Button>
      </form>
      <ProblemNotice error={start.error} />
      {latest !== undefined && <ExportState job={latest} />}
    </Panel>
  );
}

function ExportState({ job }: { job: Job }) {
  if (job.state === 'running') {
    return (
      <div>
        <output>{job.step}</output>
        <ProgressBar label="Export" share={progressShare(job)} text={progressWords(job)} />
      </div>
    );
  }
  if (job.state === 'done') return <ExportResult result={job.result} />;
  return (
    <Notice
      tone={job.state === 'failed' ? 'danger' : 'info'}
      title={job.problem?.message ?? 'The export was cancelled.'}
    >
      {job.problem?.next && <p>{job.problem.next}</p>}
    </Notice>
  );
}
