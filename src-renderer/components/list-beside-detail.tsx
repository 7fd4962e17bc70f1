// A list to walk through with what is selected beside it; below it where the window is narrow. The share of each is kept.
import { ArrowLeft } from 'lucide-react';
import { useEffect, useRef, type ReactNode, type RefObject } from 'react';
import { Group, Panel, Separator, useDefaultLayout, useGroupRef } from 'react-resizable-panels';
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
  const [listShare, detailShare] = isBeside && !isWide ? [62, 38] : [50, 50];
  const group = useGroupRef();
  const shown = useRef(id);
  // The panes stay as they are when the window turns from wide to narrow, so that nothing written in them is lost; only their sizes change.
  useEffect(() => {
    if (shown.current === id) return;
    shown.current = id;
    group.current?.setLayout(defaultLayout ?? { list: listShare, detail: detailShare });
  });
  const standing = isOneOnly ? (isOpen ? styles.onlyDetail : styles.onlyList) : undefined;
  return (
    <Group
      groupRef={group}
      className={[styles.screen, isWide && styles.wide, standing].filter(Boolean).join(' ')}
      orientation={isBeside ? 'horizontal' : 'vertical'}
      defaultLayout={defaultLayout}
      onLayoutChanged={onLayoutChanged}
    >
      <Panel id="list" className={styles.listPane} minSize={isBeside ? 420 : 160}>
        <section className={styles.list} aria-label={listName}>
          {head}
          <div className={styles.grid}>{list}</div>
        </section>
      </Panel>
      <Separator className={styles.edge} aria-label={text('resizeDetail')} />
      <Panel
        id="detail"
        className={styles.detailPane}
        defaultSize={`${detailShare}%`}
        minSize={isBeside ? 380 : 160}
      >
        <aside ref={detailRef} className={styles.detail} aria-label={text('detail')} tabIndex={-1}>
          {isOneOnly && isOpen && (
            <div className={styles.back}>
              <Button size="small" icon={ArrowLeft} onClick={onBack}>
                {text('backToList')}
              </Button>
            </div>
          )}
          {detail}
        </aside>
      </Panel>
    </Group>
  );
}
