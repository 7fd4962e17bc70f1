// What was left out of the population, every group with its reason, also those that left nothing out.
import type { CampaignIpe } from '#shared/model/campaign.ts';
import { Panel } from '../../components/panel.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { formatCount } from '../../domain/count-words.ts';
import { text } from '../../texts/text.ts';
import styles from './population.module.css';

export function PopulationExclusions({ ipe: { excluded } }: { ipe: CampaignIpe }) {
  return (
    <Panel title={text('campaigns:population.excluded')}>
      {excluded.length === 0 ? (
        <p>{text('campaigns:population.nothingExcluded')}</p>
      ) : (
        <table className={styles.excluded}>
          <thead>
            <tr>
              <th scope="col">{text('campaigns:population.what')}</th>
              <th scope="col">{text('campaigns:population.reason')}</th>
              <th scope="col" className={styles.number}>
                {text('campaigns:population.rowsLeftOut')}
              </th>
            </tr>
          </thead>
          <tbody>
            {excluded.map(({ what, reason, rows }) => (
              <tr key={`${what} ${reason}`}>
                <td>{visibleText(what)}</td>
                <td>{visibleText(reason)}</td>
                <td className={styles.number}>{formatCount(rows)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
