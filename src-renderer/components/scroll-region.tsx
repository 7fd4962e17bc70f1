// Content that scrolls inside its own frame, reachable and scrollable by keyboard.
import type { ReactNode } from 'react';
import styles from './scroll-region.module.css';
import { visibleText } from './visible-text.ts';

type ScrollRegionProps = {
  label: string;
  height?: 'small' | 'large';
  children: ReactNode;
};

export function ScrollRegion({ label, height = 'large', children }: ScrollRegionProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- without focus its hidden part is out of reach of the keyboard
    <section className={`${styles.region} ${styles[height]}`} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}

/** Text to the letter: commands, keys, metadata. */
export function ScrollText({ label, text }: { label: string; text: string }) {
  return (
    <ScrollRegion label={label}>
      <pre className={styles.text} dir="auto">
        {visibleText(text)}
      </pre>
    </ScrollRegion>
  );
}
