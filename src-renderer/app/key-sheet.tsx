// Every key that works right now, grouped.
import { useState } from 'react';
import { KeyHint } from '../components/key-hint.tsx';
import { useBoundShortcuts } from '../components/keyboard.tsx';
import { Modal } from '../components/modal.tsx';
import { Spoken } from '../components/spoken.tsx';
import { text } from '../texts/text.ts';
import styles from './key-sheet.module.css';

export function KeySheet({ onClose }: { onClose: () => void }) {
  const bound = useBoundShortcuts();
  const [shortcuts] = useState(() => bound());
  const groups = Map.groupBy(shortcuts, (shortcut) => shortcut.group);
  return (
    <Modal title={text('app:keys.title')} onClose={onClose} width="wide">
      <div className={styles.groups}>
        {[...groups].map(([group, entries]) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl className={styles.list}>
              {entries.map((entry) => (
                <div key={entry.keys} className={styles.entry}>
                  <dt>{entry.label}</dt>
                  <dd>
                    <KeyHint keys={entry.keys} />
                    <Spoken>{entry.keys}</Spoken>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
