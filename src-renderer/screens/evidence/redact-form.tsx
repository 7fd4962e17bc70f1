// Redacts a full pack, of this workspace or from a file, with a profile.
import { useState } from 'react';
import type { FormEvent } from 'react';
import { redactedPackReport } from '#shared/model/redaction.ts';
import { Button } from '../../components/button.tsx';
import { SelectField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { ActingAs } from '../../domain/acting-as.tsx';
import { useApi } from '../../domain/api.ts';
import { FileDrop } from '../../domain/file-drop.tsx';
import { JobProgress } from '../../domain/job-progress.tsx';
import { useAsksPassphrase } from '../../domain/key-session.ts';
import { handOver } from '../../domain/pack-file.ts';
import { PassphraseField } from '../../domain/passphrase-field.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { profileOf, usualProfile } from '../../domain/profile-draft.ts';
import { useReviewerGate } from '../../domain/reviewer-gate.ts';
import { useCancellable } from '../../domain/use-cancellable.ts';
import { useStartedJob } from '../../domain/use-started-job.ts';
import { text } from '../../texts/text.ts';
import { ProfileFields } from './profile-fields.tsx';
import { RedactedFacts } from './redacted-facts.tsx';
import styles from './trust-panel.module.css';

type RedactFormProps = { packs: readonly string[]; onClose: () => void };

export function RedactForm({ packs, onClose }: RedactFormProps) {
  const gate = useReviewerGate();
  const asksPassphrase = useAsksPassphrase();
  const [chosen, setChosen] = useState(packs[0] ?? '');
  const [file, setFile] = useState<File | null>(null);
  const [draft, setDraft] = useState(usualProfile);
  const [passphrase, setPassphrase] = useState('');
  const { job, isRunning, follow } = useStartedJob();
  const start = useStart(follow);
  const profile = profileOf(draft);
  const hasPack = chosen !== '' || file !== null;
  const isBusy = start.isPending || isRunning;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (profile === null || !hasPack) return;
    const given = { profile, ...(asksPassphrase && { passphrase }) };
    gate(() => start.mutate({ source: chosen === '' ? file : chosen, given }));
  };
  return (
    <form className={styles.form} aria-label={text('evidence:redact.label')} onSubmit={submit}>
      <SelectField
        label={text('evidence:redact.pack')}
        value={chosen}
        onChange={({ target }) => setChosen(target.value)}
      >
        {packs.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
        <option value="">{text('evidence:redact.fromFile')}</option>
      </SelectField>
      {chosen === '' && (
        <FileDrop
          label={text('evidence:redact.file')}
          accept=".zip,application/zip"
          file={file}
          onFile={setFile}
        />
      )}
      <ProfileFields draft={draft} onDraft={setDraft} />
      {asksPassphrase && <PassphraseField value={passphrase} onChange={setPassphrase} />}
      {start.isPending && file !== null && (
        <ProgressBar
          label={text('evidence:handingOver')}
          share={start.share}
          text={text('evidence:handingOver')}
        />
      )}
      <ProblemNotice error={start.error} />
      {job !== null && (
        <JobProgress job={job}>
          <Redacted result={job.result} />
        </JobProgress>
      )}
      <div className={styles.buttons}>
        <Button onClick={start.isPending ? start.cancel : onClose}>
          {start.isPending ? text('domain:cancel') : text('evidence:close')}
        </Button>
        <Button
          weight="primary"
          submits
          disabled={isBusy || !hasPack || profile === null || (asksPassphrase && passphrase === '')}
        >
          {text('evidence:redact.act')}
        </Button>
        <ActingAs />
      </div>
    </form>
  );
}

type Given = Omit<Parameters<ReturnType<typeof useApi>['client']['privacy']['startRedaction']>[0], 'of'>;

function useStart(follow: (started: { jobId: string }) => void) {
  const { client } = useApi();
  return useCancellable(
    async ({ source, given }: { source: string | File | null; given: Given }, { signal, onProgress }) => {
      if (source === null) throw new Error(text('evidence:redact.chooseFirst'));
      const of =
        typeof source === 'string'
          ? { pack: source }
          : { upload: await handOver(client.evidence, source, onProgress, signal), name: source.name };
      follow(await client.privacy.startRedaction({ of, ...given }));
    },
  );
}

function Redacted({ result }: { result: unknown }) {
  const { data } = redactedPackReport.safeParse(result);
  if (data === undefined) return <Notice tone="good" title={text('evidence:redact.written')} />;
  return <RedactedFacts report={data} />;
}
