// A list to walk through with what is selected beside it; below it where the window is narrow. The share of each is kept.
import type { ReactNode, RefObject } from 'react';
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import { text } from '../texts/text.ts';
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
};

/** Narrower than this, list and detail stand one above the other. */
const besideFrom = '(min-width: 1261px)';

export function ListBesideDetail({
  listName,
  head,
  list,
  detail,
  detailRef,
  isWide = false,
}: ListBesideDetailProps) {
  const isBeside = useMediaQuery(besideFrom);
  const id = `countersign.panes.${isWide ? 'wide' : 'detail'}.${isBeside ? 'beside' : 'below'}`;
  const { defaultLayout, onLayoutChanged } = useDefaultLayout({ id, storage: localStorage });
  const detailSize = isBeside ? (isWide ? '50%' : '38%') : '50%';
  return (
    <Group
      key={id}
      className={isWide ? `${styles.screen} ${styles.wide}` : styles.screen}
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
        defaultSize={detailSize}
        minSize={isBeside ? 380 : 160}
      >
        <aside ref={detailRef} className={styles.detail} aria-label={text('detail')} tabIndex={-1}>
          {detail}
        </aside>
      </Panel>
    </Group>
  );
}
