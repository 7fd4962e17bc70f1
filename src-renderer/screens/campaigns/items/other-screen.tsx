// A way to another screen of the window, which shows what was chosen for it first.
import type { ReactNode } from 'react';
import styles from './other-screen.module.css';

type OtherScreenProps = { address: string; before: () => void; children: ReactNode };

export function OtherScreen({ address, before, children }: OtherScreenProps) {
  return (
    <a
      className={styles.link}
      href={address}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        before();
        window.history.pushState(null, '', address);
        window.dispatchEvent(new PopStateEvent('popstate'));
      }}
    >
      {children}
    </a>
  );
}
