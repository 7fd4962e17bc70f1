// Items that people decided differently: both decisions side by side, which one the policy takes, and closing with a note.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CampaignConflict } from '#shared/model/campaign-files.ts';
import { Button } from '../../../components/button.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Segmented } from '../../../components/segmented.tsx';
import { useApi } from '../../../domain/api.ts';
import { ProblemNotice } from '../../../domain/problem-notice.tsx';
import { enterCampaign, firstChoice, useCampaignItemsView } from '../../../state/campaign-items-view.ts';
import { text } from '../../../texts/text.ts';
import type { SectionProps } from '../campaign-section.ts';
import { ConflictCard } from './conflict-card.tsx';
import styles from './conflicts.module.css';

const shownAtOnce = 20;

type Shown = 'open' | 'closed';

export function ConflictsSection({ campaign, onGo }: SectionProps) {
  const { orpc } = useApi();
  const conflicts = useQuery(orpc.campaignFiles.conflicts.queryOptions({ input: { id: campaign.id } }));
  const [shown, setShown] = useState<Shown>('open');
  const [most, setMost] = useState(shownAtOnce);
  const all = conflicts.data ?? [];
  const open = all.filter(({ closing }) => closing === null);
  const closed = all.filter(({ closing }) => closing !== null);
  const listed = shown === 'open' ? open : closed;
  if (conflicts.data === undefined)
    return conflicts.isError ? (
      <ProblemNotice error={conflicts.error} />
    ) : (
      <EmptyState title={text('campaignFiles:conflict.loading')} />
    );
  if (all.length === 0)
    return (
      <EmptyState title={text('campaignFiles:conflict.none')}>
        <p>{text(`campaignFiles:conflict.noneMeaning.${campaign.role}`)}</p>
      </EmptyState>
    );
  return (
    <section className={styles.section} aria-label={text('campaignFiles:conflict.title')}>
      <p className={styles.lead}>{text('campaignFiles:conflict.lead')}</p>
      <div>
        <Segmented
          label={text('campaignFiles:conflict.which')}
          value={shown}
          choices={[
            { value: 'open', label: text('campaignFiles:conflict.open'), count: open.length },
            { value: 'closed', label: text('campaignFiles:conflict.closed'), count: closed.length },
          ]}
          onChange={setShown}
        />
      </div>
      {listed.length === 0 && <EmptyState title={text(`campaignFiles:conflict.noneOf.${shown}`)} />}
      <ul className={styles.list}>
        {listed.slice(0, most).map((conflict) => (
          <li key={keyOf(conflict)}>
            <ConflictCard
              campaign={campaign}
              conflict={conflict}
              onSee={() => {
                showItem(campaign.id, conflict);
                onGo({ at: 'campaign', id: campaign.id, section: 'items' });
              }}
            />
          </li>
        ))}
      </ul>
      {listed.length > most && (
        <div>
          <Button size="small" onClick={() => setMost(most + shownAtOnce)}>
            {text('campaignFiles:conflict.more', { count: listed.length - most })}
          </Button>
        </div>
      )}
    </section>
  );
}

/** Has the items show this one, with what is known of it. */
function showItem(campaign: string, { item, closing }: CampaignConflict): void {
  enterCampaign(campaign, {});
  const { choose, select } = useCampaignItemsView.getState();
  choose({ ...firstChoice, isMine: false, state: closing === null ? 'conflict' : 'all' });
  select(item);
}

const keyOf = ({ item, stage }: CampaignConflict): string => `${item} ${stage}`;
