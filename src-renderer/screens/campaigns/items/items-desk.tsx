// The list of items beside the one in view, and everything the keys do with them.
import { useEffect, useRef, useState } from 'react';
import type { ListedItem } from '#shared/model/campaign-view.ts';
import { ListBesideDetail } from '../../../components/list-beside-detail.tsx';
import { useMediaQuery } from '../../../components/use-media-query.ts';
import { ProblemNotice } from '../../../domain/problem-notice.tsx';
import { useDwell } from '../../../domain/use-dwell.ts';
import { announce } from '../../../state/dialogs.ts';
import { useCampaignItemsView } from '../../../state/campaign-items-view.ts';
import { text } from '../../../texts/text.ts';
import type { SectionProps } from '../campaign-section.ts';
import { CheckedBar } from './checked-bar.tsx';
import { DraftDialog } from './decide-dialog.tsx';
import { ItemDetailPane } from './item-detail-pane.tsx';
import { ItemList } from './item-list.tsx';
import { mayJoin } from './item-rules.ts';
import { ItemsToolbar } from './items-toolbar.tsx';
import styles from './items-desk.module.css';
import { useDecideItems, useRecordItems, type DecisionScene } from './use-decide-items.ts';
import { useItemDetail, useItemsAhead, useOpenedParts } from './use-item-detail.ts';
import { useItemKeys } from './use-item-keys.ts';
import { useItemList, useShowDecided } from './use-item-list.ts';

/** What a preview looks at, and what one decision covers. */
const mostChecked = 1000;
const bulkCap = 100;

export function ItemsDesk({ campaign, onGo }: SectionProps) {
  const desk = useInSight();
  const list = useItemList(campaign.id);
  const { items } = list;
  const { selected, checked, select, setChecked, decidedHere } = useCampaignItemsView();
  const order = list.isBehind ? [] : items.map(({ key }) => key);
  const known = useItemDetail(campaign.id, selected);
  const inView = known.detail.data?.item.key === selected ? known.detail.data : null;
  useItemsAhead(campaign.id, order, selected);
  const scene: DecisionScene = {
    campaign: campaign.id,
    order,
    inView,
    checked,
    dwellMs: useDwell(inView?.item.key ?? null),
    opened: useOpenedParts(known.evidence.data === undefined ? null : selected),
    showDecided: useShowDecided(list.queryKey),
  };
  const record = useRecordItems(scene);
  const decide = useDecideItems(scene, record);
  const filterInput = useRef<HTMLInputElement>(null);
  const detail = useRef<HTMLElement>(null);
  // Where there is room for one of both, the item that was left for the list.
  const [left, setLeft] = useState<string | null>(null);
  const open = () => {
    setLeft(null);
    detail.current?.focus();
  };
  const toggle = useToggle(items);
  const toggleAlike = () => {
    const alike = inView === null ? [] : items.filter((item) => mayJoin(item, inView.item)).slice(0, bulkCap);
    if (alike.length > 0) setChecked(new Map(alike.map((item) => [item.key, item])));
    else if (inView !== null)
      announce({ id: 'selection', tone: 'info', message: text('campaignItems:noneAlike'), next: null });
  };
  const latest = decidedHere.at(-1);
  const again = latest === undefined ? null : () => select(latest);
  const canDecide = campaign.state === 'open';
  useItemKeys({
    order: () => order,
    filterInput,
    decide: canDecide ? decide.byKey : () => undefined,
    again,
    toggle,
    toggleAlike,
    open,
    back: () => setLeft(selected),
  });
  return (
    <div ref={desk} className={styles.desk}>
      <ListBesideDetail
        listName={text('campaignItems:title')}
        head={
          <>
            <ItemsToolbar list={list} filterInput={filterInput} onAgain={again} />
            <CheckedBar items={items} isBusy={record.isPending || !canDecide} onDecide={decide.together} />
            <ProblemNotice error={list.query.error} />
          </>
        }
        list={
          <ItemList
            campaign={campaign}
            list={list}
            toggle={toggle}
            onSelect={(key) => {
              setLeft(null);
              select(key);
            }}
            onOpen={open}
          />
        }
        detail={
          <ItemDetailPane
            campaign={campaign}
            known={known}
            isListed={selected !== null && order.includes(selected)}
            isBusy={record.isPending}
            hasKeys={checked.size === 0}
            onAlike={toggleAlike}
            onDecide={decide.shown}
            onGo={onGo}
          />
        }
        detailRef={detail}
        isOpen={selected !== null && selected !== left}
        onBack={() => setLeft(selected)}
      />
      <DraftDialog campaign={campaign.id} inView={inView} record={record} />
    </div>
  );
}

/** In a low window the head of the campaign leaves no room for rows, so it begins with the list. */
function useInSight() {
  const desk = useRef<HTMLDivElement>(null);
  const isLow = useMediaQuery('(max-height: 619px)');
  useEffect(() => {
    const main = desk.current?.closest('main');
    if (!isLow || desk.current === null || !main) return;
    main.scrollTop += desk.current.getBoundingClientRect().top - main.getBoundingClientRect().top;
  }, [isLow]);
  return desk;
}

function useToggle(items: readonly ListedItem[]): (key: string) => void {
  const { checked, setChecked } = useCampaignItemsView();
  return (key) => {
    const next = new Map(checked);
    const item = items.find((one) => one.key === key);
    if (!next.delete(key) && item !== undefined && next.size < mostChecked) next.set(key, item);
    setChecked(next);
  };
}
