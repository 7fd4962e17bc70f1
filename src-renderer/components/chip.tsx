// A short word with a tone and, where it helps, an icon.
import type { LucideIcon } from 'lucide-react';
import styles from './chip.module.css';

export type ChipTone = 'neutral' | 'good' | 'info' | 'warning' | 'danger' | 'high';

export function Chip({
  tone = 'neutral',
  icon: Icon,
  title,
  children,
}: {
  tone?: ChipTone;
  icon?: LucideIcon;
  title?: string;
  children: string;
}) {
  return (
    <span className={`${styles.chip} ${styles[tone]}`} title={title}>
      {Icon !== undefined && <Icon className={styles.icon} aria-hidden="true" />}
      {children}
    </span>
  );
}
