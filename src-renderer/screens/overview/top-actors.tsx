// The most active actors as bars, numbers beside them.
import type { ActorCount } from '#shared/model/workspace.ts';
import { Bar } from '../../charts/bar.tsx';
import { barLengths } from '../../charts/bar-lengths.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Panel } from '../../components/panel.tsx';
import { formatCount } from '../../domain/count-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import type { ActorInView } from '../../state/actors-view.ts';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import { ActorLink } from './actor-link.tsx';
import styles from './top-actors.module.css';

type TopActorsProps = {
  actors: readonly ActorCount[] | undefined;
  error: unknown;
  onActor: (actor: ActorInView) => void;
};

export function TopActors({ actors, error, onActor }: TopActorsProps) {
  return (
    <Panel title={text('overview:active.title')} note={text('overview:active.note')}>
      <ProblemNotice error={error} />
      {actors?.length === 0 && <EmptyState title={text('overview:active.none')} />}
      <ol className={styles.rows}>{actors !== undefined && <Rows actors={actors} onActor={onActor} />}</ol>
    </Panel>
  );
}

function Rows({ actors, onActor }: { actors: readonly ActorCount[]; onActor: TopActorsProps['onActor'] }) {
  const lengths = barLengths(
    actors.map((actor) => actor.count),
    100,
  );
  return actors.map((actor, index) => (
    <li key={`${actor.sourceAccount} ${actor.actor}`} className={styles.row}>
      <span className={styles.name}>
        <ActorLink actor={actor} onOpen={onActor} />
      </span>
      <Bar length={lengths[index] ?? 0} />
      <span className={styles.count}>{formatCount(actor.count)}</span>
      <span className={styles.last}>
        <Rich of="overview:active.last" parts={{ when: <InstantText instant={actor.lastSeen} /> }} />
      </span>
    </li>
  ));
}
