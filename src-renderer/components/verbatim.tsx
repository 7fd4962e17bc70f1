// A value as the database holds it: nothing hidden in it, isolated from surrounding text direction, complete on hover.
import { text } from '../texts/text.ts';
import { shortened } from './shortened.ts';
import styles from './verbatim.module.css';
import { visibleText } from './visible-text.ts';

type VerbatimProps = {
  value: string | null;
  missing?: string | undefined;
  /** Characters that fit here; the rest is on hover, and must be readable elsewhere on the screen. */
  most?: number | undefined;
};

/** Null and empty stay visibly different from any text the source could hold. */
export function Verbatim({ value, missing, most = Infinity }: VerbatimProps) {
  if (value === null || value === '')
    return <span className={styles.missing}>{missing ?? text('components:notRecorded')}</span>;
  return <bdi title={value}>{shortened(visibleText(value), most)}</bdi>;
}
