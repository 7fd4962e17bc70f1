// The items a decision covers, and those it leaves out with the reason why.
import type { CampaignBulkPreview, ListedItem } from '#shared/model/campaign-view.ts';
import { Notice } from '../../../components/notice.tsx';
import { ScrollRegion } from '../../../components/scroll-region.tsx';
import { Verbatim } from '../../../components/verbatim.tsx';
import { visibleText } from '../../../components/visible-text.ts';
import { ActorText } from '../../../domain/actor-text.tsx';
import { text } from '../../../texts/text.ts';
import styles from './items.module.css';

/** The list shows each of the items in full. */
const mostInList = 80;

export function CoveredItems({ items }: { items: readonly ListedItem[] }) {
  return (
    <ScrollRegion label={text('campaignItems:dialog.covered')} height="small">
      <ul>
        {items.map((item) => (
          <li key={item.key} className={styles.covered}>
            <ItemLine item={item} />
          </li>
        ))}
      </ul>
    </ScrollRegion>
  );
}

function ItemLine({ item: { entitlement, resource, subject, subjectName } }: { item: ListedItem }) {
  return (
    <>
      <Verbatim value={entitlement} most={mostInList} />
      <span>
        <ActorText
          actor={subject}
          name={subjectName}
          missing={text('campaignItems:nobody')}
          most={mostInList}
        />
      </span>
      <span>{resource !== null && <Verbatim value={resource} most={mostInList} />}</span>
    </>
  );
}

type LeftOutItemsProps = { leftOut: CampaignBulkPreview['leftOut']; items: readonly ListedItem[] };

export function LeftOutItems({ leftOut, items }: LeftOutItemsProps) {
  const byKey = new Map(items.map((item) => [item.key, item]));
  return (
    <Notice tone="warning" title={text('campaignItems:dialog.leftOut', { count: leftOut.length })}>
      <ScrollRegion label={text('campaignItems:dialog.leftOutLabel')} height="small">
        <ul>
          {leftOut.map(({ key, sentence }) => {
            const item = byKey.get(key);
            return (
              <li key={key} className={styles.covered}>
                {item !== undefined && <ItemLine item={item} />}
                <span className={styles.why}>{visibleText(sentence)}</span>
              </li>
            );
          })}
        </ul>
      </ScrollRegion>
    </Notice>
  );
}
