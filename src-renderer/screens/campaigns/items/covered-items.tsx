// The items a decision covers, and those it leaves out with the reason why.
import type { CampaignBulkPreview, ListedItem } from '#shared/model/campaign-view.ts';
import { Verbatim } from '../../../components/verbatim.tsx';
import { CoveredList, LeftOutList, type CoveredLine } from '../../../domain/covered-list.tsx';
import { text } from '../../../texts/text.ts';

const mostInList = 80;

export function CoveredItems({ items }: { items: readonly ListedItem[] }) {
  return <CoveredList label={text('campaignItems:dialog.covered')} lines={items.map(lineOf)} />;
}

type LeftOutItemsProps = { leftOut: CampaignBulkPreview['leftOut']; items: readonly ListedItem[] };

export function LeftOutItems({ leftOut, items }: LeftOutItemsProps) {
  const byKey = new Map(items.map((item) => [item.key, lineOf(item)]));
  return (
    <LeftOutList
      title={text('campaignItems:dialog.leftOut', { count: leftOut.length })}
      label={text('campaignItems:dialog.leftOutLabel')}
      lines={leftOut.map(({ key, sentence }) => ({ key, line: byKey.get(key) ?? null, sentence }))}
    />
  );
}

function lineOf({ key, entitlement, resource, subject, subjectName }: ListedItem): CoveredLine {
  return {
    key,
    what: entitlement,
    whose: { actor: subject, name: subjectName, missing: text('campaignItems:nobody') },
    rest: <span>{resource !== null && <Verbatim value={resource} most={mostInList} />}</span>,
  };
}
