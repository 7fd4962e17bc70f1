// How each person of a campaign decides, drawn on one scale so that they can be compared, and who stands in for whom.
import { useQuery } from '@tanstack/react-query';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Notice } from '../../../components/notice.tsx';
import { Panel } from '../../../components/panel.tsx';
import { useApi } from '../../../domain/api.ts';
import { ProblemNotice } from '../../../domain/problem-notice.tsx';
import { useToday } from '../../../domain/use-today.ts';
import { text } from '../../../texts/text.ts';
import type { SectionProps } from '../campaign-section.ts';
import { DelegationsPanel } from './delegations-panel.tsx';
import { Meanings } from './indicator-tiles.tsx';
import styles from './people-section.module.css';
import { PersonCard } from './person-card.tsx';
import { peopleAtWork, spanOf } from './people-at-work.ts';
import { StripLegend } from './strip-legend.tsx';

export function PeopleSection({ campaign }: SectionProps) {
  const { orpc } = useApi();
  const input = { id: campaign.id };
  const isDraft = campaign.state === 'draft' || campaign.state === 'discarded';
  const courses = useQuery(orpc.campaignOversight.indicators.queryOptions({ input }));
  const shares = useQuery(orpc.campaignFiles.shares.queryOptions({ input, enabled: !isDraft }));
  const today = useToday(campaign.zone);
  const people = peopleAtWork(campaign.definition, courses.data ?? [], shares.data ?? null);
  const nobodys = shares.data?.filter(({ person }) => person === null) ?? [];
  const unassigned = nobodys.reduce((sum, { open }) => sum + open, 0);
  const span = spanOf(campaign, people, today);
  return (
    <div className={styles.section}>
      <Panel title={text('campaignOversight:people.title')} note={text('campaignOversight:people.note')}>
        <ProblemNotice error={courses.error ?? shares.error} />
        {courses.isPending && <EmptyState title={text('campaignOversight:people.loading')} />}
        {isDraft && <p>{text('campaignOversight:people.draft')}</p>}
        {unassigned > 0 && (
          <Notice tone="warning" title={text('campaignOversight:people.unassigned', { count: unassigned })} />
        )}
        {!isDraft && courses.data !== undefined && (
          <>
            {people.length === 0 && <EmptyState title={text('campaignOversight:people.none')} />}
            <StripLegend />
            <ul className={styles.people}>
              {people.map((person) => (
                <PersonCard
                  key={person.id}
                  person={person}
                  span={span}
                  dueOn={campaign.dueOn}
                  isCounted={shares.data !== undefined}
                />
              ))}
            </ul>
            <Meanings />
          </>
        )}
      </Panel>
      <DelegationsPanel campaign={campaign} />
    </div>
  );
}
