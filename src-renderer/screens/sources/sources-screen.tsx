// The source of everything that is shown: how it stands, what was found there, how refreshes went, and how it is read.
import { useQuery } from '@tanstack/react-query';
import { Lock } from 'lucide-react';
import type { SourceHealth } from '#shared/model/source-health.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { useShortcuts } from '../../components/keyboard.tsx';
import { Sections } from '../../components/sections.tsx';
import { Spoken } from '../../components/spoken.tsx';
import { useApi } from '../../domain/api.ts';
import { pollAfterMs } from '../../domain/poll-after.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { text } from '../../texts/text.ts';
import { ConnectionSection } from './connection-section.tsx';
import { MappingSection } from './mapping-section.tsx';
import { RefreshesSection } from './refreshes-section.tsx';
import { sectionAt, sectionNames, type SectionName } from './section-names.ts';
import styles from './sources-screen.module.css';
import { StateSection } from './state-section.tsx';

const healthEveryMs = 15_000;

type SourcesScreenProps = {
  /** What the address names behind the screen. */
  section: string;
  onSection: (section: string) => void;
  onConnect: () => void;
};

export function SourcesScreen({ section, onSection, onConnect }: SourcesScreenProps) {
  const { orpc } = useApi();
  const health = useQuery(
    orpc.sources.health.queryOptions({
      refetchInterval: ({ state }) => pollAfterMs(state, healthEveryMs),
    }),
  );
  const current = sectionAt(section);
  const step = (by: 1 | -1) => {
    const next = sectionNames.at((sectionNames.indexOf(current) + by) % sectionNames.length);
    if (next !== undefined) onSection(next);
  };
  const group = text('sources:title');
  useShortcuts([
    { keys: 'p', label: text('sources:previousSection'), group, run: () => step(-1) },
    { keys: 'n', label: text('sources:nextSection'), group, run: () => step(1) },
  ]);
  return (
    <div className={styles.screen}>
      <h1>{text('sources:title')}</h1>
      <Sections
        label={text('sources:sections.label')}
        sections={sectionNames.map((id) => ({
          id,
          label: text(`sources:sections.${id}`),
          address: `/sources/${id}`,
          mark:
            id === 'state' && health.data?.readOnly ? (
              <>
                <Lock className={styles.mark} aria-hidden="true" />{' '}
                <Spoken>{text('sources:readOnly.mark')}</Spoken>
              </>
            ) : undefined,
        }))}
        current={current}
        onGo={onSection}
      >
        <ProblemNotice error={health.error} />
        {health.isPending && <EmptyState title={text('sources:reading')} />}
        {health.data !== undefined && (
          <SectionBody name={current} health={health.data} onConnect={onConnect} />
        )}
      </Sections>
    </div>
  );
}

type SectionBodyProps = { name: SectionName; health: SourceHealth; onConnect: () => void };

function SectionBody({ name, health, onConnect }: SectionBodyProps) {
  if (health.source === null)
    return (
      <EmptyState title={text('sources:notConnected')}>
        <Button onClick={onConnect}>{text('sources:connect')}</Button>
      </EmptyState>
    );
  if (name === 'state') return <StateSection health={health} />;
  if (name === 'connection') return <ConnectionSection source={health.source} onConnect={onConnect} />;
  if (name === 'refreshes') return <RefreshesSection total={health.refreshes} />;
  // Another mapping in force is another draft to begin with.
  return <MappingSection key={JSON.stringify(health.source.mapping)} source={health.source} />;
}
