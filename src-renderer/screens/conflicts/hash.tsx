// A hash, short on screen and whole on paper, where nothing can be pointed at.
import styles from './hash.module.css';

export function Hash({ hash }: { hash: string }) {
  return (
    <>
      <code className={styles.short} title={hash}>
        {hash.slice(0, 12)}
      </code>
      <code className={styles.whole}>{hash}</code>
    </>
  );
}
