// A campaign that is closed: what it came to, who stands for it, and what follows.
import type { CampaignStatus } from '#shared/model/campaign-view.ts';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { campaignStateWords } from '../../domain/campaign-words.ts';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import { AttestationWords } from './attestation-words.tsx';
import type { SectionProps } from './campaign-section.ts';
import styles from './closing.module.css';
import { ProgressLegend, ProgressStrip, progressWords } from './progress-strip.tsx';

type ClosedPanelProps = SectionProps & { closed: NonNullable<CampaignStatus['closed']> };

export function ClosedPanel({ campaign, closed, onGo }: ClosedPanelProps) {
  const toFollow = closed.counts.revoked + closed.counts.modified;
  return (
    <>
      <Panel title={campaignStateWords[closed.state].label}>
        <p>
          <Rich of="campaigns:closed.by" parts={{ name: <bdi>{visibleText(closed.byName)}</bdi> }} />{' '}
          {progressWords(closed.counts)}
        </p>
        <ProgressStrip counts={closed.counts} isTall />
        <ProgressLegend counts={closed.counts} />
        {closed.reason !== null && (
          <Notice tone="warning" title={text('campaigns:closed.reason')}>
            <p>{visibleText(closed.reason)}</p>
          </Notice>
        )}
        {toFollow > 0 && (
          <div className={styles.buttons}>
            <span>{text('campaigns:closed.toFollow', { count: toFollow })}</span>
            <Button
              size="small"
              onClick={() => onGo({ at: 'campaign', id: campaign.id, section: 'remediation' })}
            >
              {text('campaigns:sections.remediation')}
            </Button>
          </div>
        )}
      </Panel>
      {campaign.attestations.map((given) => (
        <Panel key={given.role} title={text(`campaigns:attest.${given.role}.title`)}>
          <AttestationWords given={given} />
        </Panel>
      ))}
    </>
  );
}
