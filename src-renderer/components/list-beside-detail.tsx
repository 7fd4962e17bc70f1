// A list to walk through with what is selected beside it; below it where the window is narrow. The share of each is kept.
import { ArrowLeft } from 'lucide-react';
import { useEffect, useRef, type ReactNode, type RefObject } from 'react';
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import { text } from '../texts/text.ts';
import { Button } from './button.tsx';
import styles from './list-beside-detail.module.css';
import { useMediaQuery } from './use-media-query.ts';

type ListBesideDetailProps = {
  /** What the list is called when it is read out. */
  listName: string;
  head: ReactNode;
  list: ReactNode;
  detail: ReactNode;
  /** Receives the focus when somebody opens a row. */
  detailRef: RefObject<HTMLElement | null>;
  /** Half of the window is the detail’s, and a print holds nothing else. */
  isWide?: boolean;
  /** Leaves what is shown in full. Where there is no room for both, the detail then takes the place of the list. */
  onBack?: (() => void) | undefined;
  /** Whether something is shown in full, as far as `onBack` is given. */
  isOpen?: boolean;
};

/** Narrower than this, list and detail stand one above the other. */
const besideFrom = '(min-width: 1261px)';
/** Both one above the other would leave neither room for anything: a small window, or one enlarged twofold. */
const tooLowForBoth = '(max-width: 1260px) and (max-height: 619px)';

export function ListBesideDetail({
  listName,
  head,
  list,
  detail,
  detailRef,
  isWide = false,
  onBack,
  isOpen = false,
}: ListBesideDetailProps) {
  const isBeside = useMediaQuery(besideFrom);
  const isOneOnly = useMediaQuery(tooLowForBoth) && onBack !== undefined;
  const id = `countersign.panes.${isWide ? 'wide' : 'detail'}.${isBeside ? 'beside' : 'below'}`;
  const { defaultLayout, onLayoutChanged } = useDefaultLayout({ id, storage: localStorage });
  const detailSize = isBeside ? (isWide ? '50%' : '38%') : '50%';
  const { list: listPlace, listProps, detailProps } = useKeptFocus(`${id} ${isOneOnly}`, detailRef);
  const listPane = (
    <section ref={listPlace} className={styles.list} aria-label={listName} {...listProps}>
      {head}
      <div className={styles.grid}>{list}</div>
    </section>
  );
  const detailPane = (
    <aside
      ref={detailRef}
      className={styles.detail}
      aria-label={text('detail')}
      tabIndex={-1}
      {...detailProps}
    >
      {isOneOnly && isOpen && (
        <div className={styles.back}>
          <Button size="small" icon={ArrowLeft} onClick={onBack}>
            {text('backToList')}
          </Button>
        </div>
      )}
      {detail}
    </aside>
  );
  if (isOneOnly) return <div className={styles.screen}>{isOpen ? detailPane : listPane}</div>;
  return (
    <Group
      key={id}
      className={`${styles.screen} ${isWide && isOpen ? styles.onlyDetail : ''}`}
      orientation={isBeside ? 'horizontal' : 'vertical'}
      defaultLayout={defaultLayout}
      onLayoutChanged={onLayoutChanged}
    >
      <Panel id="list" className={styles.listPane} minSize={isBeside ? 420 : 160}>
        {listPane}
      </Panel>
      <Separator className={styles.edge} aria-label={text('resizeDetail')} />
      <Panel
        id="detail"
        className={styles.detailPane}
        defaultSize={detailSize}
        minSize={isBeside ? 380 : 160}
      >
        {detailPane}
      </Panel>
    </Group>
  );
}

/** Another arrangement makes both panes anew: whoever was in one of them, and has zoomed or turned the window, is there again. */
function useKeptFocus(arrangement: string, detail: RefObject<HTMLElement | null>) {
  const list = useRef<HTMLElement>(null);
  const place = useRef<'list' | 'detail' | null>(null);
  const before = useRef(arrangement);
  useEffect(() => {
    const isSame = before.current === arrangement;
    before.current = arrangement;
    if (isSame || document.activeElement !== document.body) return;
    if (place.current === 'list')
      list.current?.querySelector<HTMLElement>('[role="grid"], [role="treegrid"]')?.focus();
    if (place.current === 'detail') detail.current?.focus();
  }, [arrangement, detail]);
  const at = (where: 'list' | 'detail') => ({
    onFocus: () => {
      place.current = where;
    },
  });
  return { list, listProps: at('list'), detailProps: at('detail') };
}
