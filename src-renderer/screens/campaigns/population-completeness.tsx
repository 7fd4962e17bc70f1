// Two counts side by side, made apart from each other, and what they say; then what the population may not show.
import { Equal, EqualNot } from 'lucide-react';
import type { CampaignIpe } from '#shared/model/campaign.ts';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { formatCount } from '../../domain/count-words.ts';
import { text } from '../../texts/text.ts';
import styles from './population.module.css';

export function PopulationCompleteness({ ipe }: { ipe: CampaignIpe }) {
  const { rows, countedRows, items, reservations = [] } = ipe;
  const agree = rows === countedRows;
  return (
    <Panel title={text('campaigns:population.complete')} note={text('campaigns:population.completeNote')}>
      <div className={styles.counts}>
        <Figure number={rows} words={text('campaigns:population.rows')} />
        {agree ? (
          <Equal className={styles.sign} aria-label={text('campaigns:population.equal')} />
        ) : (
          <EqualNot className={styles.sign} aria-label={text('campaigns:population.notEqual')} />
        )}
        <Figure number={countedRows} words={text('campaigns:population.counted')} />
        <Figure number={items} words={text('campaigns:population.items')} isApart />
      </div>
      <Notice
        tone={agree ? 'good' : 'danger'}
        title={text(agree ? 'campaigns:population.agree' : 'campaigns:population.differ')}
      >
        {rows > items && agree && (
          <p>
            {text('campaigns:population.duplicates', {
              count: rows - items,
              number: formatCount(rows - items),
            })}
          </p>
        )}
      </Notice>
      {reservations.map((sentence) => (
        <Notice key={sentence} tone="warning" title={visibleText(sentence)} />
      ))}
    </Panel>
  );
}

function Figure({ number, words, isApart = false }: { number: number; words: string; isApart?: boolean }) {
  return (
    <p className={`${styles.figure} ${isApart ? styles.apart : ''}`}>
      <b>{formatCount(number)}</b>
      <span>{words}</span>
    </p>
  );
}
