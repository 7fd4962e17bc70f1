// A value exactly as the database holds it: isolated from surrounding text direction, complete on hover.
import styles from './verbatim.module.css';

/** Null and empty stay visibly different from any text the source could hold. */
export function Verbatim({ value, missing = 'not recorded' }: { value: string | null; missing?: string }) {
  if (value === null || value === '') return <span className={styles.missing}>{missing}</span>;
  return <bdi title={value}>{value}</bdi>;
}
