// Always in sight: whether the database answers, how old the data is, what has not been sent, and what is running.
import { CloudOff, History, LoaderCircle, Lock, RefreshCw, Send, Unplug, Wifi } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { Job, WorkspaceStatus } from '#shared/model/workspace.ts';
import { useQuery } from '@tanstack/react-query';
import { Button } from '../components/button.tsx';
import { Chip } from '../components/chip.tsx';
import type { ChipTone } from '../components/chip.tsx';
import { useApi } from '../domain/api.ts';
import { countWords } from '../domain/count-words.ts';
import { InstantText } from '../domain/instant.tsx';
import { useFailuresOver, useRefresh } from '../domain/jobs.ts';
import { usePresence, useStatus } from '../domain/workspace-status.ts';
import type { Presence } from '../domain/workspace-status.ts';
import { openSending } from '../state/dialogs.ts';
import { Rich } from '../texts/rich.tsx';
import { text } from '../texts/text.ts';
import { JobStrip } from './job-strip.tsx';
import styles from './status-banner.module.css';
import { goToSection } from './use-screen.ts';

const presenceLooks: Record<Presence['state'], { icon: LucideIcon; tone: ChipTone }> = {
  none: { icon: Unplug, tone: 'neutral' },
  checking: { icon: LoaderCircle, tone: 'neutral' },
  online: { icon: Wifi, tone: 'good' },
  offline: { icon: CloudOff, tone: 'warning' },
  unreachable: { icon: CloudOff, tone: 'danger' },
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
  const { icon, tone } = presenceLooks[presence.state];
  useFailuresOver(presence.state === 'online');
  return (
    <output aria-label={text('app:presence.label')}>
      <Chip
        icon={icon}
        tone={tone}
        title={presence.message ?? text(`app:presence.${presence.state}.meaning`)}
      >
        {text(`app:presence.${presence.state}.label`)}
      </Chip>
    </output>
  );
}

function ReadOnlyChip({ readOnly }: Pick<WorkspaceStatus, 'readOnly'>) {
  if (readOnly === null) return null;
  const why = text('app:readOnly.why', { differences: readOnly.differences.join(' ') });
  return (
    <output aria-label={text('app:readOnly.label')}>
      <button
        type="button"
        className={styles.why}
        title={why}
        onClick={() => goToSection('sources', 'state')}
      >
        <Chip icon={Lock} tone="warning">
          {text('app:readOnly.label')}
        </Chip>
      </button>
    </output>
  );
}

function AsOf({ status }: { status: WorkspaceStatus }) {
  if (status.lastRefresh === null) return <p className={styles.fact}>{text('app:noData')}</p>;
  return (
    <p className={styles.fact}>
      <span>
        <Rich of="app:asOf" parts={{ when: <InstantText instant={status.lastRefresh.asOf} /> }} />
      </span>
      <span className={styles.zone}>{status.connection?.zone ?? 'UTC'}</span>
      {status.lastRefresh.replay && (
        <Chip icon={History} tone="warning" title={text('app:replay.meaning')}>
          {text('app:replay.label')}
        </Chip>
      )}
    </p>
  );
}

function Unsent({ unsent, isSending }: { unsent: number; isSending: boolean }) {
  const toPublish = useToPublish();
  const waiting = [
    ...(unsent > 0 || toPublish === 0
      ? [unsent === 0 ? text('app:unsent.none') : countWords(unsent, 'unsent decision')]
      : []),
    ...(toPublish > 0 ? [text('app:unsent.toPublish', { count: toPublish })] : []),
  ];
  return (
    <div className={styles.unsent}>
      <output className={styles.fact} aria-label={text('app:unsent.label')}>
        {waiting.join(' · ')}
      </output>
      {unsent + toPublish > 0 && (
        <Button size="small" weight="primary" icon={Send} disabled={isSending} onClick={openSending}>
          {unsent > 0 ? text('app:unsent.send') : text('app:unsent.publish')}
        </Button>
      )}
    </div>
  );
}

/** Findings that the next sending would publish; none where publishing is off. */
function useToPublish(): number {
  const { orpc } = useApi();
  const { connection, lastRefresh } = useStatus();
  const isOfInterest = connection !== null && lastRefresh !== null;
  const { data } = useQuery(
    orpc.anomalies.publication.queryOptions({ enabled: isOfInterest, staleTime: 30_000 }),
  );
  return data?.isOn === true ? data.waiting : 0;
}

function RefreshButton() {
  const refresh = useRefresh();
  return (
    <Button size="small" icon={RefreshCw} disabled={refresh.isPending} onClick={() => refresh.mutate({})}>
      {text('app:refresh')}
    </Button>
  );
}
