// Text for assistive technology only.
import styles from './spoken.module.css';

export function Spoken({ children }: { children: string }) {
  return <span className={styles.spoken}>{children}</span>;
}
