// The numbers a reviewer starts the day with; each leads to its list.
import { useQuery } from '@tanstack/react-query';
import { CircleAlert, Hourglass, ListChecks, Send, Split, TriangleAlert } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { WorkspaceStatus } from '#shared/model/workspace.ts';
import { useApi } from '../../domain/api.ts';
import { formatCount } from '../../domain/count-words.ts';
import type { QueueChoice } from '../../state/queue-view.ts';
import { text } from '../../texts/text.ts';
import styles from './figures.module.css';

export type OverviewTarget = 'queue' | 'conflicts' | 'findings' | 'evidence' | 'heatmap' | 'actors';

export type QueueTarget = Partial<QueueChoice> & Pick<QueueChoice, 'filter'>;

type FiguresProps = {
  status: WorkspaceStatus;
  onQueue: (target: QueueTarget) => void;
  onFindings: () => void;
  onConflicts: () => void;
};

export function Figures({ status, onQueue, onFindings, onConflicts }: FiguresProps) {
  const dueSoon = useDueSoon();
  return (
    <div className={styles.figures}>
      <Figure
        icon={CircleAlert}
        value={status.overdue}
        label={text('overview:figure.overdue')}
        detail={
          status.overdue === 0 ? text('overview:figure.overdueNone') : text('overview:figure.overdueSome')
        }
        isBad={status.overdue > 0}
        onOpen={() => onQueue({ filter: 'overdue' })}
      />
      <Figure
        icon={Hourglass}
        value={dueSoon}
        label={text('overview:figure.dueSoon')}
        detail={text('overview:figure.dueSoonDetail')}
        onOpen={() => onQueue({ filter: 'pending', sort: 'due', grouping: 'none' })}
      />
      <Figure
        icon={ListChecks}
        value={status.queueDepth}
        label={text('overview:figure.waiting')}
        detail={
          status.awaitingSecond > 0
            ? text('overview:figure.toSecond', { count: status.awaitingSecond })
            : text('overview:figure.waitingDetail', { count: status.reviews })
        }
        onOpen={() => onQueue({ filter: 'pending' })}
      />
      <Figure
        icon={TriangleAlert}
        value={status.openFindings}
        label={text('overview:figure.findings')}
        detail={text('overview:figure.findingsDetail', { fresh: status.lastRefresh?.newFindings ?? 0 })}
        onOpen={onFindings}
      />
      <Figure
        icon={Split}
        value={status.conflicts}
        label={text('overview:figure.conflicts')}
        detail={text('overview:figure.conflictsDetail', { count: status.closedConflicts })}
        onOpen={onConflicts}
      />
      <Figure
        icon={Send}
        value={status.unsent}
        label={text('overview:figure.unsent')}
        detail={text('overview:figure.unsentDetail', { count: status.decided })}
        onOpen={() => onQueue({ filter: 'decided' })}
      />
    </div>
  );
}

/** Not overdue yet, and due within four hours; null until the queue was counted. */
function useDueSoon(): number | null {
  const { orpc } = useApi();
  const { data } = useQuery(
    orpc.triage.list.queryOptions({ input: { tab: 'pending', sort: 'due', limit: 1 } }),
  );
  return data?.dueSoon ?? null;
}

type FigureProps = {
  icon: LucideIcon;
  /** Null while it is being counted. */
  value: number | null;
  label: string;
  detail: string;
  isBad?: boolean;
  onOpen: () => void;
};

function Figure({ icon: Icon, value, label, detail, isBad = false, onOpen }: FigureProps) {
  return (
    <button type="button" className={`${styles.figure} ${isBad ? styles.bad : ''}`} onClick={onOpen}>
      <span className={styles.label}>
        <Icon className={styles.icon} aria-hidden="true" />
        {label}
      </span>
      <span className={styles.value}>{value === null ? '…' : formatCount(value)}</span>
      <span className={styles.detail}>{detail}</span>
    </button>
  );
}
