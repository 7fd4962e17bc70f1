// A period by its first and last day, neither of which is broken in the middle.
import type { CampaignDefinition } from '#shared/model/campaign.ts';
import { Rich } from '../../texts/rich.tsx';
import styles from './campaigns-screen.module.css';

type PeriodTextProps = { period: CampaignDefinition['period']; zone: string };

export function PeriodText({ period: { from, to }, zone }: PeriodTextProps) {
  return (
    <span title={zone}>
      <Rich
        of="campaigns:period"
        parts={{
          from: <span className={styles.day}>{from}</span>,
          to: <span className={styles.day}>{to}</span>,
        }}
      />
    </span>
  );
}
