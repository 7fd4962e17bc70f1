// Always in sight: whether the database answers, how old the data is, what has not been sent, and what is running.
import { CloudOff, History, LoaderCircle, Lock, RefreshCw, Send, Unplug, Wifi } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { Job, WorkspaceStatus } from '#shared/model/workspace.ts';
import { Button } from '../components/button.tsx';
import { Chip } from '../components/chip.tsx';
import type { ChipTone } from '../components/chip.tsx';
import { countWords } from '../domain/count-words.ts';
import { InstantText } from '../domain/instant.tsx';
import { useRefresh } from '../domain/jobs.ts';
import { usePresence, useStatus } from '../domain/workspace-status.ts';
import type { Presence } from '../domain/workspace-status.ts';
import { openSending } from '../state/dialogs.ts';
import { JobStrip } from './job-strip.tsx';
import styles from './status-banner.module.css';
import { goTo } from './use-screen.ts';

const presenceLooks: Record<
  Presence['state'],
  { icon: LucideIcon; tone: ChipTone; label: string; meaning: string }
> = {
  none: {
    icon: Unplug,
    tone: 'neutral',
    label: 'Not connected',
    meaning: 'No audit database is set up yet.',
  },
  checking: { icon: LoaderCircle, tone: 'neutral', label: 'Checking', meaning: 'Asking the audit database.' },
  online: { icon: Wifi, tone: 'good', label: 'Online', meaning: 'The audit database answers.' },
  offline: {
    icon: CloudOff,
    tone: 'warning',
    label: 'Offline',
    meaning: 'The audit database does not answer. Everything but refresh and sending works.',
  },
  unreachable: {
    icon: CloudOff,
    tone: 'danger',
    label: 'No answer',
    meaning:
      'Countersign itself does not answer this window. What is shown is as it was; it is asked again from time to time.',
  },
};

export function StatusBanner({ jobs }: { jobs: readonly Job[] }) {
  const status = useStatus();
  const running = jobs.filter((job) => job.state === 'running');
  return (
    <header className={styles.banner}>
      <PresenceChip />
      <ReadOnlyChip readOnly={status.readOnly} />
      <AsOf status={status} />
      <Unsent unsent={status.unsent} isSending={running.some((job) => job.kind === 'sync')} />
      <div className={styles.end}>
        {running.map((job) => (
          <JobStrip key={job.id} job={job} />
        ))}
        {status.connection !== null &&
          running.every((job) => job.kind !== 'refresh' && job.kind !== 'sample') && <RefreshButton />}
      </div>
    </header>
  );
}

function PresenceChip() {
  const presence = usePresence();
  const { icon, tone, label, meaning } = presenceLooks[presence.state];
  return (
    <output aria-label="Connection">
      <Chip icon={icon} tone={tone} title={presence.message ?? meaning}>
        {label}
      </Chip>
    </output>
  );
}

function ReadOnlyChip({ readOnly }: Pick<WorkspaceStatus, 'readOnly'>) {
  if (readOnly === null) return null;
  const why = `Nothing is sent until the database is connected again and its changes are confirmed. ${readOnly.differences.join(' ')}`;
  return (
    <output aria-label="Read-only">
      <button type="button" className={styles.why} title={why} onClick={() => goTo('connect')}>
        <Chip icon={Lock} tone="warning">
          Read-only
        </Chip>
      </button>
    </output>
  );
}

function AsOf({ status }: { status: WorkspaceStatus }) {
  if (status.lastRefresh === null) return <p className={styles.fact}>No data yet</p>;
  return (
    <p className={styles.fact}>
      As of <InstantText instant={status.lastRefresh.asOf} />
      <span className={styles.zone}>{status.connection?.zone ?? 'UTC'}</span>
      {status.lastRefresh.replay && (
        <Chip icon={History} tone="warning" title="Evaluated as if an earlier moment were the present.">
          Replay
        </Chip>
      )}
    </p>
  );
}

function Unsent({ unsent, isSending }: { unsent: number; isSending: boolean }) {
  return (
    <div className={styles.unsent}>
      <output className={styles.fact} aria-label="Decisions not sent">
        {unsent === 0 ? 'No unsent decisions' : countWords(unsent, 'unsent decision')}
      </output>
      {unsent > 0 && (
        <Button size="small" weight="primary" icon={Send} disabled={isSending} onClick={openSending}>
          Send decisions
        </Button>
      )}
    </div>
  );
}

function RefreshButton() {
  const refresh = useRefresh();
  return (
    <Button size="small" icon={RefreshCw} disabled={refresh.isPending} onClick={() => refresh.mutate({})}>
      Refresh
    </Button>
  );
}
