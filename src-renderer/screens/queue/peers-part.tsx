// Who else does the same, and how often.
import type { ReviewContext } from '#shared/model/decision-context.ts';
import { barLengths } from '../../charts/bar-lengths.ts';
import bars from '../../charts/bar-rows.module.css';
import { Bar } from '../../charts/bar.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { ActorText } from '../../domain/actor-text.tsx';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import styles from './context-parts.module.css';
import { KeptPart } from './kept-part.tsx';

const mostOfAction = 40;
const full = 100;

export function PeersPart({ context }: { context: ReviewContext }) {
  const { peers, action, actor, actorName, usual } = context;
  const others = peers.peers.map((peer) => ({ ...peer, isSelf: false }));
  const self = { sourceAccount: '', actor, actorName, count: peers.own, isSelf: true };
  const rows = [...(actor === '' ? [] : [self]), ...others].toSorted((a, b) => b.count - a.count);
  const lengths = barLengths(
    rows.map(({ count }) => count),
    full,
  );
  return (
    <KeptPart
      part="peers"
      title={text('queue:peers.title')}
      summary={
        peers.rank === null
          ? text('queue:peers.summaryNone', { count: peers.actors })
          : text('queue:peers.summary', { rank: peers.rank, actors: peers.actors })
      }
    >
      <p className={styles.words}>
        <Rich
          of="queue:peers.words"
          values={{
            actors: text('queue:peers.actors', { count: peers.actors }),
            days: usual.days.length,
            total: peers.total,
          }}
          parts={{ action: <Verbatim value={action} most={mostOfAction} /> }}
        />{' '}
        {peers.median !== null && peers.actors > 1 && text('queue:peers.median', { median: peers.median })}
      </p>
      <ul className={bars.rows} aria-label={text('queue:peers.title')}>
        {rows.map((peer, index) => (
          <li key={`${peer.sourceAccount} ${peer.actor}`} className={peer.isSelf ? styles.self : undefined}>
            <span className={styles.peer}>
              <ActorText actor={peer.actor} name={peer.actorName} most={32} />
              {peer.isSelf && ` · ${text('queue:peers.self')}`}
            </span>
            <Bar length={lengths[index] ?? 0} tone={peer.isSelf ? 'high' : 'accent'} />
            <span className={bars.number}>{text('queue:count', { count: peer.count })}</span>
          </li>
        ))}
      </ul>
    </KeptPart>
  );
}
