// The most active actors as bars, numbers beside them.
import type { ActorCount } from '#shared/model/workspace.ts';
import { Bar } from '../../charts/bar.tsx';
import { barLengths } from '../../charts/bar-lengths.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Panel } from '../../components/panel.tsx';
import { ActorText } from '../../domain/actor-text.tsx';
import { formatCount } from '../../domain/count-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import styles from './top-actors.module.css';

export function TopActors({ actors, error }: { actors: readonly ActorCount[] | undefined; error: unknown }) {
  return (
    <Panel title="Most active" note="events in the whole mirror">
      <ProblemNotice error={error} />
      {actors?.length === 0 && <EmptyState title="No events yet" />}
      <ol className={styles.rows}>{actors !== undefined && <Rows actors={actors} />}</ol>
    </Panel>
  );
}

function Rows({ actors }: { actors: readonly ActorCount[] }) {
  const lengths = barLengths(
    actors.map((actor) => actor.count),
    100,
  );
  return actors.map((actor, index) => (
    <li key={`${actor.sourceAccount} ${actor.actor}`} className={styles.row}>
      <span className={styles.name}>
        <ActorText actor={actor.actor} name={actor.actorName} />
      </span>
      <Bar length={lengths[index] ?? 0} />
      <span className={styles.count}>{formatCount(actor.count)}</span>
      <span className={styles.last}>
        last <InstantText instant={actor.lastSeen} />
      </span>
    </li>
  ));
}
