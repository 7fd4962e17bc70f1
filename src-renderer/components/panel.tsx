// A titled block of a screen.
import { useId } from 'react';
import type { ReactNode } from 'react';
import styles from './panel.module.css';

type PanelProps = { title: string; note?: ReactNode; actions?: ReactNode; children: ReactNode };

export function Panel({ title, note, actions, children }: PanelProps) {
  const id = useId();
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <header className={styles.head}>
        <h2 id={id}>{title}</h2>
        {note !== undefined && <p className={styles.note}>{note}</p>}
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      <div className={styles.body}>{children}</div>
    </section>
  );
}
