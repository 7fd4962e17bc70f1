// A progress bar that says its value; without a known share it says only that work goes on.
import styles from './progress-bar.module.css';

export function ProgressBar({ label, share, text }: { label: string; share: number | null; text?: string }) {
  const percent = share === null ? undefined : Math.round(share * 100);
  return (
    <div
      className={styles.track}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={text === '' ? undefined : text}
    >
      <div
        className={share === null ? styles.unknown : styles.bar}
        style={share === null ? undefined : { width: `${share * 100}%` }}
      />
    </div>
  );
}
