// A screen in sections: a list of them at the side, or above where the window is narrow, and the one that is shown.
import type { ReactNode } from 'react';
import styles from './sections.module.css';

export type Section = { id: string; label: string; address: string; mark?: ReactNode };

type SectionsProps = {
  /** What the list is called when it is read out. */
  label: string;
  sections: readonly Section[];
  current: string;
  onGo: (id: string) => void;
  /** What is shown has a list beside what is open in it: between narrow and wide windows the sections then stand above. */
  isBeside?: boolean;
  children: ReactNode;
};

export function Sections({ label, sections, current, onGo, isBeside = false, children }: SectionsProps) {
  return (
    <div className={`${styles.columns} ${isBeside ? styles.beside : ''}`}>
      <nav className={styles.list} aria-label={label}>
        <ul>
          {sections.map(({ id, label: name, address, mark }) => (
            <li key={id}>
              <a
                className={styles.entry}
                href={address}
                aria-current={id === current ? 'page' : undefined}
                onClick={(event) => {
                  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                  event.preventDefault();
                  onGo(id);
                }}
              >
                {name}
                {mark}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div className={styles.shown}>{children}</div>
    </div>
  );
}
