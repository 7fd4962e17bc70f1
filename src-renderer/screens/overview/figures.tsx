// The four numbers a reviewer starts the day with; each leads to its list.
import { CircleAlert, ListChecks, Send, TriangleAlert } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { WorkspaceStatus } from '#shared/model/workspace.ts';
import { formatCount } from '../../domain/count-words.ts';
import type { QueueFilter } from '../../state/queue-view.ts';
import styles from './figures.module.css';

export type OverviewTarget = 'queue' | 'conflicts' | 'findings' | 'evidence' | 'heatmap';

type FiguresProps = {
  status: WorkspaceStatus;
  onQueue: (filter: QueueFilter) => void;
  onFindings: () => void;
};

export function Figures({ status, onQueue, onFindings }: FiguresProps) {
  return (
    <div className={styles.figures}>
      <Figure
        icon={ListChecks}
        value={status.queueDepth}
        label="Waiting for a decision"
        detail={`of ${formatCount(status.reviews)} review items`}
        onOpen={() => onQueue('pending')}
      />
      <Figure
        icon={CircleAlert}
        value={status.overdue}
        label="Overdue"
        detail={status.overdue === 0 ? 'nothing is late' : 'past their due time'}
        isBad={status.overdue > 0}
        onOpen={() => onQueue('overdue')}
      />
      <Figure
        icon={TriangleAlert}
        value={status.openFindings}
        label="Open findings"
        detail={`of ${formatCount(status.findings)} found`}
        onOpen={onFindings}
      />
      <Figure
        icon={Send}
        value={status.unsent}
        label="Decisions not sent"
        detail={`of ${formatCount(status.decided)} decided here`}
        onOpen={() => onQueue('decided')}
      />
    </div>
  );
}

type FigureProps = {
  icon: LucideIcon;
  value: number;
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
      <span className={styles.value}>{formatCount(value)}</span>
      <span className={styles.detail}>{detail}</span>
    </button>
  );
}
