// The check mark of a row of a list; keys set it from the row, so it is no stop of its own.
import styles from './row-check.module.css';

type RowCheckProps = { label: string; isChecked: boolean; onToggle: () => void };

export function RowCheck({ label, isChecked, onToggle }: RowCheckProps) {
  return (
    <input
      type="checkbox"
      className={styles.check}
      checked={isChecked}
      tabIndex={-1}
      onChange={onToggle}
      aria-label={label}
    />
  );
}
