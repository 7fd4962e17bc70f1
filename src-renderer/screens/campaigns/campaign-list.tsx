// All campaigns of the workspace, the newest first, each with how far it is and until when it is due.
import { useQuery } from '@tanstack/react-query';
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { CampaignSummary } from '#shared/model/campaign-view.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { useShortcuts } from '../../components/keyboard.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { useApi } from '../../domain/api.ts';
import { CampaignRoleMark, CampaignStateMark } from '../../domain/campaign-mark.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { TakeUpFile } from '../../domain/take-up-file.tsx';
import { text } from '../../texts/text.ts';
import styles from './campaign-list.module.css';
import { restOf, type CampaignPlace } from './campaign-place.ts';
import { PeriodText } from './period-text.tsx';
import { DueClock } from './due-clock.tsx';
import { ProgressStrip, progressWords } from './progress-strip.tsx';

type CampaignListProps = { onGo: (place: CampaignPlace) => void };

export function CampaignList({ onGo }: CampaignListProps) {
  const { orpc } = useApi();
  const [isDiscarded, setIsDiscarded] = useState(false);
  const campaigns = useQuery(
    orpc.campaigns.list.queryOptions({ input: isDiscarded ? { discarded: true } : {} }),
  );
  const create = () => onGo({ at: 'new' });
  useShortcuts([
    { keys: 'c', label: text('campaigns:sections.new'), group: text('campaigns:title'), run: create },
  ]);
  const acts = (
    <div className={styles.acts}>
      <Button weight="primary" icon={Plus} keyHint="c" onClick={create}>
        {text('campaigns:sections.new')}
      </Button>
      <TakeUpFile />
      <Button
        weight="quiet"
        icon={Trash2}
        aria-pressed={isDiscarded}
        onClick={() => setIsDiscarded(!isDiscarded)}
      >
        {text('campaigns:list.discarded')}
      </Button>
    </div>
  );
  const isNoneDiscarded = isDiscarded && campaigns.data?.length === 0;
  const isEmpty = !isDiscarded && campaigns.data?.length === 0;
  return (
    <>
      <ProblemNotice error={campaigns.error} />
      {!isEmpty && acts}
      {campaigns.isPending && <EmptyState title={text('campaigns:list.loading')} />}
      {isEmpty && (
        <EmptyState title={text('campaigns:list.none')}>
          <p className={styles.explained}>{text('campaigns:list.explained')}</p>
          {acts}
        </EmptyState>
      )}
      {isNoneDiscarded && <EmptyState title={text('campaigns:list.noDiscarded')} />}
      {campaigns.data !== undefined && !isEmpty && !isNoneDiscarded && (
        <ul
          className={styles.list}
          aria-label={text(isDiscarded ? 'campaigns:list.discarded' : 'campaigns:sections.list')}
        >
          {campaigns.data.map((campaign) => (
            <CampaignRow key={campaign.id} campaign={campaign} onGo={onGo} />
          ))}
        </ul>
      )}
    </>
  );
}

function CampaignRow({ campaign, onGo }: CampaignListProps & { campaign: CampaignSummary }) {
  const { id, name, state, role, period, zone, counts, ownerName } = campaign;
  const place: CampaignPlace = { at: 'campaign', id, section: state === 'open' ? 'items' : 'about' };
  return (
    <li className={styles.row}>
      <div className={styles.what}>
        <a
          className={styles.name}
          href={`/campaigns/${restOf(place)}`}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            onGo(place);
          }}
        >
          <bdi>{visibleText(name)}</bdi>
        </a>
        <span className={styles.marks}>
          <CampaignStateMark state={state} />
          {role === 'taken' && <CampaignRoleMark role={role} />}
        </span>
      </div>
      <dl className={styles.facts}>
        <div>
          <dt>{text('campaigns:list.period')}</dt>
          <dd>
            <PeriodText period={period} zone={zone} />
          </dd>
        </div>
        <div>
          <dt>{text('campaigns:list.owner')}</dt>
          <dd>
            <bdi>{visibleText(ownerName)}</bdi>
          </dd>
        </div>
        <div>
          <dt>{text('campaigns:list.due')}</dt>
          <dd>
            <DueClock campaign={campaign} />
          </dd>
        </div>
      </dl>
      <div className={styles.progress}>
        {state === 'draft' ? (
          <span className={styles.muted}>{text('campaigns:list.notOpened')}</span>
        ) : state === 'discarded' ? (
          <span className={styles.muted}>{text('campaigns:list.wasDiscarded')}</span>
        ) : (
          <>
            <ProgressStrip counts={counts} />
            <span className={styles.muted}>
              {progressWords(counts)}
              {counts.disagreed > 0 && ` · ${text('campaigns:list.disagreed', { count: counts.disagreed })}`}
            </span>
          </>
        )}
      </div>
    </li>
  );
}
