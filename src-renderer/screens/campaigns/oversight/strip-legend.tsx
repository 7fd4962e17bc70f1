// What the columns of the strips are.
import { text } from '../../../texts/text.ts';
import styles from './people-section.module.css';

export function StripLegend() {
  return (
    <ul className={styles.legend}>
      <li>
        <span className={styles.aloneKey} aria-hidden="true" />
        {text('campaignOversight:people.legendAlone')}
      </li>
      <li>
        <span className={styles.togetherKey} aria-hidden="true" />
        {text('campaignOversight:people.legendTogether')}
      </li>
      <li>
        <span className={styles.dueKey} aria-hidden="true" />
        {text('campaignOversight:people.legendDue')}
      </li>
    </ul>
  );
}
