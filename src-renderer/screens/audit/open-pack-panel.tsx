// Opens somebody's pack for reading: it is verified first, and its bytes are kept as they came.
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Panel } from '../../components/panel.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { useApi } from '../../domain/api.ts';
import { FileDrop } from '../../domain/file-drop.tsx';
import { JobProgress } from '../../domain/job-progress.tsx';
import { handOver } from '../../domain/pack-file.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useCancellable } from '../../domain/use-cancellable.ts';
import { useStartedJob } from '../../domain/use-started-job.ts';
import { text } from '../../texts/text.ts';
import styles from './audit-screen.module.css';
import { noTrustFiles, readTrustFiles, TrustFileFields, type TrustFiles } from './trust-files.tsx';

export function OpenPackPanel({ onVerifyOnly }: { onVerifyOnly: () => void }) {
  const [pack, setPack] = useState<File | null>(null);
  const [trust, setTrust] = useState(noTrustFiles);
  const { job, isRunning, follow } = useStartedJob();
  const open = useOpening(follow);
  const isBusy = open.isPending || isRunning;
  return (
    <div className={styles.screen}>
      <h1>{text('audit:open.title')}</h1>
      <Panel title={text('audit:open.panel')}>
        <p>{text('audit:open.meaning')}</p>
        <FileDrop
          label={text('evidence:verify.pack')}
          accept=".zip,application/zip"
          file={pack}
          isLarge
          onFile={(file) => {
            setPack(file);
            open.reset();
          }}
        />
        <TrustFileFields files={trust} onFiles={setTrust} />
        <ProblemNotice error={open.error} />
        <div className={styles.actions}>
          <Button
            weight="primary"
            disabled={pack === null || isBusy}
            onClick={() => {
              if (pack !== null) open.mutate({ pack, trust });
            }}
          >
            {isBusy ? text('evidence:verify.verifying') : text('audit:open.act')}
          </Button>
          {open.isPending ? (
            <Button onClick={open.cancel}>{text('domain:cancel')}</Button>
          ) : (
            <Button onClick={onVerifyOnly}>{text('audit:open.verifyOnly')}</Button>
          )}
        </div>
        {open.isPending && (
          <ProgressBar
            label={text('audit:open.progress')}
            share={open.share}
            text={text('evidence:handingOver')}
          />
        )}
        {job !== null && !open.isPending && <JobProgress job={job}>{null}</JobProgress>}
      </Panel>
    </div>
  );
}

/** Hands the pack over, then follows how it is kept and verified. */
function useOpening(follow: (started: { jobId: string }) => void) {
  const { client } = useApi();
  return useCancellable(
    async ({ pack, trust }: { pack: File; trust: TrustFiles }, { signal, onProgress }) => {
      const given = await readTrustFiles(trust);
      const upload = await handOver(client.evidence, pack, onProgress, signal);
      try {
        follow(await client.audit.startOpening({ upload, name: pack.name, ...given }, { signal }));
      } catch (error) {
        await client.evidence.discardUpload({ upload });
        throw error;
      }
    },
  );
}
