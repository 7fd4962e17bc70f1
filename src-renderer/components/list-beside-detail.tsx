// A list to walk through with what is selected beside it; below it where the window is narrow.
import type { ReactNode, RefObject } from 'react';
import styles from './list-beside-detail.module.css';

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

export function ListBesideDetail({
  listName,
  head,
  list,
  detail,
  detailRef,
  isWide = false,
}: ListBesideDetailProps) {
  return (
    <div className={isWide ? `${styles.screen} ${styles.wide}` : styles.screen}>
      <section className={styles.list} aria-label={listName}>
        {head}
        <div className={styles.grid}>{list}</div>
      </section>
      <aside ref={detailRef} className={styles.detail} aria-label="Detail" tabIndex={-1}>
        {detail}
      </aside>
    </div>
  );
}
