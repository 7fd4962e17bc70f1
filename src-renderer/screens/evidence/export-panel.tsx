// Writes a signed evidence pack of everything this workspace holds, and says before what will be in it.
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { Job } from '#shared/model/workspace.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { useApi } from '../../domain/api.ts';
import { JobProgress } from '../../domain/job-progress.tsx';
import { useWatchJob } from '../../domain/jobs.ts';
import { useAsksPassphrase } from '../../domain/key-session.ts';
import { PassphraseField } from '../../domain/passphrase-field.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useReviewerGate } from '../../domain/reviewer-gate.ts';
import { SamplingFields } from '../../domain/sampling-fields.tsx';
import { useStatus } from '../../domain/workspace-status.ts';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import { CampaignsChoice } from './campaigns-choice.tsx';
import { exportFaults, exportWishOf, noParticulars, type ExportDraft } from './export-draft.ts';
import { ExportOutlook } from './export-outlook.tsx';
import styles from './export-panel.module.css';
import { ExportResult } from './export-result.tsx';
import { ProfileFields } from './profile-fields.tsx';

export function ExportPanel({ jobs }: { jobs: readonly Job[] }) {
  const { orpc } = useApi();
  const status = useStatus();
  const gate = useReviewerGate();
  const watch = useWatchJob();
  const [passphrase, setPassphrase] = useState('');
  const [draft, setDraft] = useState(noParticulars);
  const start = useMutation(
    orpc.evidence.export.mutationOptions({
      onSuccess: (started) => {
        setPassphrase('');
        watch(started);
      },
    }),
  );
  const latest = jobs.findLast((job) => job.kind === 'export');
  const isRunning = latest?.state === 'running';
  const asksPassphrase = useAsksPassphrase();
  const wish = exportWishOf(draft);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wish !== null) gate(() => start.mutate({ ...(asksPassphrase && { passphrase }), ...wish }));
  };
  const isBlocked = isRunning || start.isPending || (asksPassphrase && passphrase === '') || wish === null;
  return (
    <Panel title={text('evidence:export.title')}>
      <p>
        <Rich
          of={status.key === null ? 'evidence:export.signedWithKey' : 'evidence:export.signedAs'}
          parts={{
            identity: <bdi>{status.key?.identity}</bdi>,
            sha256sum: <code>{'sha256sum'}</code>,
            sshKeygen: <code>{'ssh-keygen'}</code>,
          }}
        />
      </p>
      {status.unsent > 0 && (
        <Notice tone="info" title={text('evidence:export.unsent', { count: status.unsent })} />
      )}
      <form className={styles.form} onSubmit={submit}>
        <Particulars draft={draft} change={(part) => setDraft((before) => ({ ...before, ...part }))} />
        {asksPassphrase && <PassphraseField value={passphrase} onChange={setPassphrase} />}
        <ExportOutlook wish={wish} faults={exportFaults(draft)} />
        <div>
          <Button weight="primary" submits disabled={isBlocked}>
            {text('evidence:export.act')}
          </Button>
        </div>
      </form>
      <ProblemNotice error={start.error} />
      {latest !== undefined && (
        <JobProgress job={latest}>
          <ExportResult result={latest.result} />
        </JobProgress>
      )}
    </Panel>
  );
}

type ParticularsProps = { draft: ExportDraft; change: (part: Partial<ExportDraft>) => void };

function Particulars({ draft, change }: ParticularsProps) {
  return (
    <>
      <TextField
        label={text('evidence:export.keepUntil')}
        hint={text('evidence:export.keepUntilHint')}
        maxLength={200}
        value={draft.retention}
        onChange={(event) => change({ retention: event.target.value })}
      />
      <Choice
        label={text('evidence:export.sample')}
        isOn={draft.samples}
        onChange={(samples) => change({ samples })}
      />
      {draft.samples && (
        <fieldset className={styles.part} aria-label={text('evidence:export.sampleLabel')}>
          <SamplingFields
            draft={draft.sampling}
            change={(part) => change({ sampling: { ...draft.sampling, ...part } })}
          />
        </fieldset>
      )}
      <CampaignsChoice draft={draft.campaigns} change={(campaigns) => change({ campaigns })} />
      <Choice
        label={text('evidence:export.redact')}
        isOn={draft.redacts}
        onChange={(redacts) => change({ redacts })}
      />
      {draft.redacts && (
        <fieldset className={styles.part} aria-label={text('evidence:export.redactLabel')}>
          <ProfileFields draft={draft.profile} onDraft={(profile) => change({ profile })} />
        </fieldset>
      )}
    </>
  );
}

type ChoiceProps = { label: string; isOn: boolean; onChange: (isOn: boolean) => void };

function Choice({ label, isOn, onChange }: ChoiceProps) {
  return (
    <label className={styles.choice}>
      <input type="checkbox" checked={isOn} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  );
}
