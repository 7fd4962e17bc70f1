// The state of the workspace at a glance, and what to do next.
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../domain/api.ts';
import { InstantText } from '../../domain/instant.tsx';
import { useStatus } from '../../domain/workspace-status.ts';
import { useActorsView, type ActorInView } from '../../state/actors-view.ts';
import { useFindingsView } from '../../state/findings-view.ts';
import { useQueueView } from '../../state/queue-view.ts';
import { useSelection } from '../../state/selection.ts';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import { DuePanel } from './due-panel.tsx';
import { Figures } from './figures.tsx';
import type { OverviewTarget, QueueTarget } from './figures.tsx';
import { LastRefresh } from './last-refresh.tsx';
import { NextSteps } from './next-steps-panel.tsx';
import styles from './overview-screen.module.css';
import { RiskPanel } from './risk-panel.tsx';
import { SeverityPanel } from './severity-panel.tsx';
import { TopActors } from './top-actors.tsx';

type OverviewScreenProps = {
  onGoTo: (target: OverviewTarget) => void;
  /** Goes to a place of the campaigns, by its address behind the screen. */
  onCampaigns: (rest: string) => void;
};

export function OverviewScreen({ onGoTo, onCampaigns }: OverviewScreenProps) {
  const { orpc } = useApi();
  const status = useStatus();
  const actors = useQuery(orpc.activity.topActors.queryOptions({ input: { limit: 10 } }));
  const openQueue = (target: QueueTarget) => {
    useQueueView.getState().choose(target);
    onGoTo('queue');
  };
  const openFindings = () => {
    useFindingsView.getState().setStatus('open');
    onGoTo('findings');
  };
  const openFinding = (finding: string) => {
    useFindingsView.getState().setStatus('all');
    useFindingsView.getState().setDetector('');
    useFindingsView.getState().setGrouping('finding');
    useSelection.getState().select('findings', finding);
    onGoTo('findings');
  };
  const openActor = (actor: ActorInView) => {
    useActorsView.getState().open(actor);
    onGoTo('actors');
  };
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <h1>{text('overview:title')}</h1>
        {status.firstEventAt !== null && status.lastEventAt !== null && (
          <p className={styles.note}>
            <Rich
              of="overview:range"
              parts={{
                from: <InstantText instant={status.firstEventAt} />,
                to: <InstantText instant={status.lastEventAt} />,
                zone: <>{status.connection?.zone ?? 'UTC'}</>,
              }}
            />
          </p>
        )}
      </header>
      <Figures
        status={status}
        onQueue={openQueue}
        onFindings={openFindings}
        onConflicts={() => onGoTo('conflicts')}
      />
      <div className={styles.columns}>
        <div className={styles.column}>
          <NextSteps onQueue={openQueue} onFindings={openFindings} onGoTo={onGoTo} />
          <DuePanel onCampaigns={onCampaigns} />
          <SeverityPanel status={status} onFindings={openFindings} />
          <LastRefresh onQueue={openQueue} />
        </div>
        <div className={styles.column}>
          <RiskPanel onFinding={openFinding} onActor={openActor} />
          <TopActors actors={actors.data} error={actors.error} onActor={openActor} />
        </div>
      </div>
    </div>
  );
}
