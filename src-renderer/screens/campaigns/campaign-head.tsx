// What stands above every section of a campaign: its name, its state, its clock and how far it is.
import { ArrowLeft } from 'lucide-react';
import type { CampaignStatus } from '#shared/model/campaign-view.ts';
import { Button } from '../../components/button.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { CampaignRoleMark, CampaignStateMark } from '../../domain/campaign-mark.tsx';
import { text } from '../../texts/text.ts';
import styles from './campaigns-screen.module.css';
import { DueClock } from './due-clock.tsx';
import { PeriodText } from './period-text.tsx';
import { ProgressLegend, ProgressStrip, progressWords } from './progress-strip.tsx';

export function CampaignHead({ campaign, onBack }: { campaign: CampaignStatus; onBack: () => void }) {
  const { name, state, role, period, zone, counts } = campaign;
  return (
    <header className={styles.campaignHead}>
      <div className={styles.head}>
        <Button size="small" icon={ArrowLeft} onClick={onBack}>
          {text('campaigns:back')}
        </Button>
        <h1 className={styles.name}>
          <bdi>{visibleText(name)}</bdi>
        </h1>
        <CampaignStateMark state={state} />
        {role === 'taken' && <CampaignRoleMark role={role} />}
        {state === 'open' && <DueClock campaign={campaign} />}
        <p className={styles.period}>
          <PeriodText period={period} zone={zone} />
        </p>
      </div>
      {state !== 'draft' && state !== 'discarded' && (
        <div className={styles.progress}>
          <div className={styles.progressLine}>
            <ProgressStrip counts={counts} isTall />
            <span className={styles.decided}>{progressWords(counts)}</span>
          </div>
          <ProgressLegend counts={counts} />
        </div>
      )}
    </header>
  );
}
