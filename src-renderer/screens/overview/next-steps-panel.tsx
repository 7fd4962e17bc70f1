// What to do next, as sentences with a button each.
import { Button } from '../../components/button.tsx';
import { Panel } from '../../components/panel.tsx';
import { useRefresh } from '../../domain/jobs.ts';
import { useStatus } from '../../domain/workspace-status.ts';
import { openSending } from '../../state/dialogs.ts';
import { text } from '../../texts/text.ts';
import type { OverviewTarget, QueueTarget } from './figures.tsx';
import { nextSteps } from './next-steps.ts';
import type { NextStep } from './next-steps.ts';
import styles from './next-steps-panel.module.css';

type NextStepsProps = {
  onQueue: (target: QueueTarget) => void;
  onFindings: () => void;
  onGoTo: (target: OverviewTarget) => void;
};

export function NextSteps({ onQueue, onFindings, onGoTo }: NextStepsProps) {
  const steps = nextSteps(useStatus());
  const refresh = useRefresh();
  const run: Record<NextStep['id'], () => void> = {
    overdue: () => onQueue({ filter: 'overdue' }),
    queue: () => onQueue({ filter: 'pending' }),
    second: () => onQueue({ filter: 'second' }),
    conflicts: () => onGoTo('conflicts'),
    findings: onFindings,
    send: openSending,
    refresh: () => refresh.mutate({}),
    export: () => onGoTo('evidence'),
  };
  return (
    <Panel title={text('overview:next.title')}>
      {steps.length === 0 ? (
        <p className={styles.none}>{text('overview:next.none')}</p>
      ) : (
        <ul className={styles.steps}>
          {steps.map((step, index) => (
            <li key={step.id} className={styles.step}>
              <p>{step.words}</p>
              <Button size="small" weight={index === 0 ? 'primary' : 'secondary'} onClick={run[step.id]}>
                {text(`overview:next.${step.id}.act`)}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
