// What the rules came to for an item, each with what it looked at; and what one of them suggests, which is chosen for nobody.
import type { ListedItem } from '#shared/model/campaign-view.ts';
import { Notice } from '../../../components/notice.tsx';
import { visibleText } from '../../../components/visible-text.ts';
import { flagWords } from '../../../domain/campaign-words.ts';
import { decisionWords } from '../../../domain/decision-words.ts';
import { text } from '../../../texts/text.ts';
import { FlagChip } from './item-marks.tsx';
import styles from './item-rules-part.module.css';
import items from './items.module.css';

export function ItemRules({ item: { flags, suggestion } }: { item: ListedItem }) {
  const ordered = flags.toSorted((a, b) => Number(b.is === 'yes') - Number(a.is === 'yes'));
  return (
    <section aria-label={text('campaignItems:rules.title')}>
      <h3>{text('campaignItems:rules.title')}</h3>
      {suggestion !== null && (
        <Notice
          tone="info"
          title={text('campaignItems:rules.suggests', {
            rule: flagWords[suggestion.rule].label,
            decision: decisionWords[suggestion.decision].label,
          })}
        >
          <p>{visibleText(suggestion.because)}</p>
          <p>{text('campaignItems:rules.chosenForNobody')}</p>
        </Notice>
      )}
      {ordered.length === 0 && <p className={items.quiet}>{text('campaignItems:rules.none')}</p>}
      <ul className={styles.rules}>
        {ordered.map((flag) => (
          <li key={flag.flag}>
            <FlagChip flag={flag} />
            <span>{visibleText(flag.because)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
