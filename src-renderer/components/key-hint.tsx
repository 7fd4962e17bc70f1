// Shows the keys of a shortcut beside what they do; hidden from assistive technology, which hears the label.
import styles from './key-hint.module.css';

export function KeyHint({ keys, isPlain = false }: { keys: string; isPlain?: boolean }) {
  return (
    <span className={styles.keys} aria-hidden="true">
      {keys.split(' ').map((key) => (
        <kbd key={key} className={isPlain ? styles.plain : styles.key}>
          {key}
        </kbd>
      ))}
    </span>
  );
}
