// One horizontal bar; its value is always printed beside it by whoever draws it.
import styles from './bar.module.css';

const full = 100;

export function Bar({
  length,
  tone = 'accent',
}: {
  length: number;
  tone?: 'accent' | 'critical' | 'high' | 'medium' | 'low';
}) {
  return (
    <svg className={styles.bar} viewBox={`0 0 ${full} 8`} preserveAspectRatio="none" aria-hidden="true">
      <rect className={styles.track} width={full} height={8} />
      <rect className={styles[tone]} width={length} height={8} />
    </svg>
  );
}
