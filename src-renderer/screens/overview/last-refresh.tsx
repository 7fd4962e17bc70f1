// What the latest refresh read and found, and what it found otherwise than it had been left.
import type { WorkspaceStatus } from '#shared/model/workspace.ts';
import { Button } from '../../components/button.tsx';
import { Facts, type Fact } from '../../components/facts.tsx';
import { Panel } from '../../components/panel.tsx';
import { formatCount } from '../../domain/count-words.ts';
import { durationWords } from '../../domain/duration-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { driftOf, type DriftKind } from '../../domain/queue-drift.ts';
import { useStatus } from '../../domain/workspace-status.ts';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import type { QueueTarget } from './figures.tsx';
import styles from './last-refresh.module.css';

type Refreshed = NonNullable<WorkspaceStatus['lastRefresh']>;
type OnQueue = (target: QueueTarget) => void;

export function LastRefresh({ onQueue }: { onQueue: OnQueue }) {
  const { lastRefresh } = useStatus();
  if (lastRefresh === null) {
    return (
      <Panel title={text('overview:refresh.title')}>
        <p>{text('overview:refresh.none')}</p>
      </Panel>
    );
  }
  return (
    <Panel
      title={text('overview:refresh.title')}
      note={
        <Rich
          of="overview:refresh.when"
          values={{ time: durationWords(lastRefresh.ms) }}
          parts={{ when: <InstantText instant={lastRefresh.finishedAt} /> }}
        />
      }
    >
      <Drift refreshed={lastRefresh} onQueue={onQueue} />
      <Facts columns={2} facts={factsOf(lastRefresh)} />
    </Panel>
  );
}

/** Where the rows are listed to which that happened. */
const listOf: Readonly<Record<DriftKind, QueueTarget>> = {
  vanished: { filter: 'gone' },
  reopened: { filter: 'conflict' },
  decisionAltered: { filter: 'conflict' },
  changed: { filter: 'pending' },
  decidedElsewhere: { filter: 'reviewed' },
};

function Drift({ refreshed, onQueue }: { refreshed: Refreshed; onQueue: OnQueue }) {
  const drift = driftOf(refreshed);
  if (drift.length + refreshed.vanished === 0) return null;
  return (
    <section aria-label={text('overview:refresh.drift')}>
      <h3>{text('overview:refresh.drift')}</h3>
      <ul className={styles.drift}>
        {refreshed.vanished > 0 && <li>{text('domain:drift.events', { count: refreshed.vanished })}</li>}
        {drift.map(({ kind, count }) => {
          const words = text(`domain:drift.${kind}`, { count });
          return (
            <li key={kind}>
              {words}
              <Button
                size="small"
                weight="quiet"
                aria-label={text('overview:refresh.showWhat', { what: words })}
                onClick={() => onQueue(listOf[kind])}
              >
                {text('overview:refresh.show')}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function factsOf(refreshed: Refreshed): Fact[] {
  const { queue, newFindings, changedFindings } = refreshed;
  return [
    { name: text('overview:refresh.rows'), value: formatCount(refreshed.pulled) },
    { name: text('overview:refresh.duplicates'), value: formatCount(refreshed.duplicates) },
    { name: text('overview:refresh.events'), value: formatCount(refreshed.events) },
    { name: text('overview:refresh.unattributed'), value: formatCount(refreshed.unattributed) },
    { name: text('overview:refresh.findings'), value: formatCount(refreshed.findings) },
    {
      name: text('overview:refresh.newChanged'),
      value: `${formatCount(newFindings)}, ${formatCount(changedFindings)}`,
    },
    { name: text('overview:refresh.evaluated'), value: formatCount(refreshed.evaluated) },
    { name: text('overview:refresh.learning'), value: formatCount(refreshed.learning) },
    { name: text('overview:refresh.reviews'), value: formatCount(refreshed.reviews) },
    queue === undefined
      ? { name: text('overview:refresh.vanished'), value: formatCount(refreshed.vanished) }
      : { name: text('overview:refresh.newReviews'), value: formatCount(queue.appeared + queue.reappeared) },
  ];
}
