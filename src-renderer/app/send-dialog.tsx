// Before anything is sent: what would leave, to the letter. While it is sent: how far it is, and a way to stop.
import { useQuery } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import type { Job } from '#shared/model/workspace.ts';
import { Button } from '../components/button.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { Modal, ModalActions } from '../components/modal.tsx';
import { Notice } from '../components/notice.tsx';
import { ProgressBar } from '../components/progress-bar.tsx';
import { useApi } from '../domain/api.ts';
import { endingWords, jobNames, progressShare, progressWords } from '../domain/job-words.ts';
import { useCancelJob, useSendDecisions } from '../domain/jobs.ts';
import { ProblemNotice } from '../domain/problem-notice.tsx';
import { usePresence, useStatus } from '../domain/workspace-status.ts';
import { text } from '../texts/text.ts';
import styles from './send-dialog.module.css';
import { SendPreview } from './send-preview.tsx';
import { sendLabel, whyNotSend } from './send-words.ts';
import { goTo, goToSection } from './use-screen.ts';

type SendDialogProps = { jobs: readonly Job[]; onClose: () => void };

/** Closed by whoever announces the end of the sync, when its report is there to be read. */
export function SendDialog({ jobs, onClose }: SendDialogProps) {
  const send = useSendDecisions();
  const running = jobs.find((job) => job.kind === 'sync' && job.state === 'running');
  const started = jobs.find((job) => job.id === send.data?.jobId);
  // From the key on: what asks for an answer here is not drawn anew under whoever types it.
  const isUnderway = running !== undefined || send.isPending || (send.isSuccess && started === undefined);
  return (
    <Modal title={text('app:send.title')} onClose={onClose} width="wide">
      {isUnderway ? (
        <Underway job={running} onClose={onClose} />
      ) : (
        <Preview
          ended={started}
          error={send.error}
          onSend={() => send.mutate({})}
          onAcknowledged={send.reset}
          onClose={onClose}
        />
      )}
    </Modal>
  );
}

const whyNotId = 'why-nothing-is-sent';

type PreviewProps = {
  ended: Job | undefined;
  error: unknown;
  onSend: () => void;
  /** What was refused for the clocks is so no more. */
  onAcknowledged: () => void;
  onClose: () => void;
};

function Preview({ ended, error, onSend, onAcknowledged, onClose }: PreviewProps) {
  const { orpc } = useApi();
  const { connection, readOnly, clock } = useStatus();
  const preview = useQuery(orpc.sync.dryRun.queryOptions({ gcTime: 0, staleTime: 0 }));
  const isBlocked = connection === null || readOnly !== null;
  const isHeldByClock = clock.standing === 'held';
  const whyNot =
    preview.data === undefined
      ? null
      : whyNotSend(preview.data, {
          isConnected: connection !== null,
          isReadOnly: readOnly !== null,
          isHeldByClock,
        });
  const canSend = preview.data !== undefined && whyNot === null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (canSend) onSend();
  };
  return (
    <>
      {/* A hold is said below, with what can be done about it. */}
      {!isHeldByClock && <EndedBefore job={ended} />}
      <ProblemNotice error={error ?? preview.error} />
      {preview.isPending && <EmptyState title={text('app:preview.loading')} />}
      {preview.data !== undefined && <SendPreview preview={preview.data} onAcknowledged={onAcknowledged} />}
      <form onSubmit={submit}>
        {whyNot !== null && (
          <p id={whyNotId} className={styles.whyNot}>
            {whyNot}
          </p>
        )}
        <ModalActions>
          {isBlocked && (
            <Button
              onClick={() => {
                onClose();
                if (connection === null) goTo('connect');
                else goToSection('sources', 'state');
              }}
            >
              {connection === null ? text('app:send.connect') : text('app:send.seeChanges')}
            </Button>
          )}
          <Button onClick={onClose}>{text('app:send.notNow')}</Button>
          {/* Focused before it can be used, so that Enter never lands anywhere else. */}
          <Button
            weight="primary"
            submits
            aria-disabled={!canSend}
            aria-describedby={whyNot === null ? undefined : whyNotId}
            data-focus-first=""
          >
            {preview.data === undefined ? text('app:send.short') : sendLabel(preview.data, isHeldByClock)}
          </Button>
        </ModalActions>
      </form>
    </>
  );
}

/** A sync of this dialog that did not run to its end; one that did has its report. */
function EndedBefore({ job }: { job: Job | undefined }) {
  if (job === undefined || job.state === 'done') return null;
  const { tone, message, next } = endingWords(job);
  return (
    <Notice tone={tone === 'danger' ? 'danger' : 'info'} title={message}>
      {next !== null && <p>{next}</p>}
    </Notice>
  );
}

function Underway({ job, onClose }: { job: Job | undefined; onClose: () => void }) {
  const cancel = useCancelJob();
  const { state } = usePresence();
  const words = job === undefined ? '' : progressWords(job);
  // What the window knows of the job is old then, so it promises nothing about it.
  if (state === 'unreachable') return <Silent onClose={onClose} />;
  return (
    <div className={styles.underway}>
      <output>{job?.step ?? text('app:underway.starting')}</output>
      <ProgressBar label={jobNames.sync} share={job === undefined ? null : progressShare(job)} text={words} />
      <p className={styles.words}>{words}</p>
      <p>{text('app:underway.safe')}</p>
      <ModalActions>
        <Button onClick={onClose}>{text('app:underway.background')}</Button>
        <Button
          disabled={job === undefined || cancel.isPending}
          onClick={() => {
            if (job !== undefined) cancel.mutate({ id: job.id });
          }}
        >
          {text('app:underway.stop')}
        </Button>
      </ModalActions>
    </div>
  );
}

function Silent({ onClose }: { onClose: () => void }) {
  return (
    <div className={styles.underway}>
      <Notice tone="danger" title={text('app:underway.silent')}>
        <p>{text('app:underway.silentNext')}</p>
      </Notice>
      <ModalActions>
        <Button weight="primary" onClick={onClose}>
          {text('app:underway.close')}
        </Button>
      </ModalActions>
    </div>
  );
}
