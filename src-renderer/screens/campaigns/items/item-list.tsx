// The grid of items; it reads on as somebody scrolls.
import { useCallback, useContext } from 'react';
import type { CampaignStatus } from '#shared/model/campaign-view.ts';
import { Button } from '../../../components/button.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { LongGrid } from '../../../components/long-grid.tsx';
import { RowHeight } from '../../../components/row-height.ts';
import { firstChoice, useCampaignItemsView } from '../../../state/campaign-items-view.ts';
import { text } from '../../../texts/text.ts';
import { itemColumns, itemsLeastWidth, RowContext } from './item-columns.tsx';
import type { ItemList as Listed } from './use-item-list.ts';

/** Two lines of text stand in a row. */
const linesOfRow = 1.5;
/** So many rows before the last one that was read, more are asked for. */
const rowsAhead = 60;

type ItemListProps = {
  campaign: CampaignStatus;
  list: Listed;
  toggle: (key: string) => void;
  onSelect: (key: string) => void;
  onOpen: () => void;
};

export function ItemList({ campaign, list, toggle, onSelect, onOpen }: ItemListProps) {
  const { items, query } = list;
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = query;
  const selected = useCampaignItemsView((state) => state.selected);
  const rowHeight = Math.round(useContext(RowHeight) * linesOfRow);
  const place = selected === null ? -1 : items.findIndex(({ key }) => key === selected);
  const count = items.length;
  const onView = useCallback(
    (_first: number, end: number) => {
      if (end + rowsAhead >= count && hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage();
    },
    [count, hasNextPage, isFetchingNextPage, isError, fetchNextPage],
  );
  return (
    <RowContext value={{ toggle, stages: campaign.definition.stages, zone: campaign.zone }}>
      <LongGrid
        label={text('campaignItems:title')}
        columns={itemColumns()}
        total={hasNextPage ? count + 1 : count}
        isTotalKnown={!hasNextPage}
        rowAt={(row) => items[row]}
        rowHeight={rowHeight}
        leastWidth={itemsLeastWidth}
        selected={place === -1 ? null : place}
        onSelect={(row) => {
          // The last row may be one that is still being read.
          const item = items[Math.min(row, count - 1)];
          if (item !== undefined) onSelect(item.key);
        }}
        onOpen={onOpen}
        onView={onView}
        waiting={() => text('campaignItems:readingOn')}
        empty={
          query.isPending ? (
            <EmptyState title={text('campaignItems:loading')} />
          ) : (
            !isError && <NothingHere campaign={campaign} />
          )
        }
      />
    </RowContext>
  );
}

function NothingHere({ campaign }: { campaign: CampaignStatus }) {
  const { choice, choose } = useCampaignItemsView();
  const isFirst = JSON.stringify(choice) === JSON.stringify(firstChoice);
  return (
    <EmptyState title={text(isFirst ? 'campaignItems:empty.done' : 'campaignItems:empty.noMatch')}>
      <p>
        {isFirst
          ? text(
              campaign.counts.open === 0 ? 'campaignItems:empty.allDone' : 'campaignItems:empty.doneWords',
              {
                count: campaign.counts.open,
              },
            )
          : text('campaignItems:empty.noMatchWords')}
      </p>
      <Button onClick={() => choose({ ...firstChoice, isMine: false, state: 'all' })}>
        {text('campaignItems:empty.showAll')}
      </Button>
    </EmptyState>
  );
}
