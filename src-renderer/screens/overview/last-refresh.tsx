// What the latest refresh read and found.
import { Facts } from '../../components/facts.tsx';
import { Panel } from '../../components/panel.tsx';
import { formatCount } from '../../domain/count-words.ts';
import { durationWords } from '../../domain/duration-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { useStatus } from '../../domain/workspace-status.ts';

export function LastRefresh() {
  const { lastRefresh } = useStatus();
  if (lastRefresh === null) {
    return (
      <Panel title="Last refresh">
        <p>Nothing has been read from the audit database yet.</p>
      </Panel>
    );
  }
  return (
    <Panel
      title="Last refresh"
      note={
        <>
          finished <InstantText instant={lastRefresh.finishedAt} />, took {durationWords(lastRefresh.ms)}
        </>
      }
    >
      <Facts
        columns={2}
        facts={[
          { name: 'Rows read', value: formatCount(lastRefresh.pulled) },
          { name: 'Already here', value: formatCount(lastRefresh.duplicates) },
          { name: 'Events here', value: formatCount(lastRefresh.events) },
          { name: 'Unattributed', value: formatCount(lastRefresh.unattributed) },
          { name: 'Findings', value: formatCount(lastRefresh.findings) },
          {
            name: 'New, changed',
            value: `${formatCount(lastRefresh.newFindings)}, ${formatCount(lastRefresh.changedFindings)}`,
          },
          { name: 'Hours evaluated', value: formatCount(lastRefresh.evaluated) },
          { name: 'Still learning', value: formatCount(lastRefresh.learning) },
          { name: 'Review items', value: formatCount(lastRefresh.reviews) },
          { name: 'Vanished', value: formatCount(lastRefresh.vanished) },
        ]}
      />
    </Panel>
  );
}
