// What to do next, as sentences with a button each.
import { Button } from '../../components/button.tsx';
import { Panel } from '../../components/panel.tsx';
import { useRefresh } from '../../domain/jobs.ts';
import { useStatus } from '../../domain/workspace-status.ts';
import { openSending } from '../../state/dialogs.ts';
import type { QueueFilter } from '../../state/queue-view.ts';
import type { OverviewTarget } from './figures.tsx';
import { nextSteps } from './next-steps.ts';
import type { NextStep } from './next-steps.ts';
import styles from './next-steps-panel.module.css';

type NextStepsProps = {
  onQueue: (filter: QueueFilter) => void;
  onFindings: () => void;
  onGoTo: (target: OverviewTarget) => void;
};

export function NextSteps({ onQueue, onFindings, onGoTo }: NextStepsProps) {
  const steps = nextSteps(useStatus());
  const refresh = useRefresh();
  const run: Record<NextStep['id'], () => void> = {
    overdue: () => onQueue('overdue'),
    queue: () => onQueue('pending'),
    conflicts: () => onGoTo('conflicts'),
    findings: onFindings,
    send: openSending,
    refresh: () => refresh.mutate({}),
    export: () => onGoTo('evidence'),
  };
  return (
    <Panel title="Next">
      {steps.length === 0 ? (
        <p className={styles.none}>Nothing waits. Refresh to see what is new.</p>
      ) : (
        <ul className={styles.steps}>
          {steps.map((step, index) => (
            <li key={step.id} className={styles.step}>
              <p>{step.text}</p>
              <Button size="small" weight={index === 0 ? 'primary' : 'secondary'} onClick={run[step.id]}>
                {step.action}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
