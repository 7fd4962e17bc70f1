// A progress bar that says its value; without a known share it says only that work goes on.
import styles from './progress-bar.module.css';

export function ProgressBar({ label, share, text }: { label: string; share: number | null; text?: string }) {
  return (
    <progress
      className={styles.progress}
      aria-label={label}
      aria-valuetext={text === '' ? undefined : text}
      max={1}
      {...(share === null ? {} : { value: share })}
    />
  );
}
