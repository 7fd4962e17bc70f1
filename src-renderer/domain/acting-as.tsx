// Names the person an act will be recorded for, beside the button that makes it.
import { useActingReviewer } from '../state/acting-reviewer.ts';
import { Rich } from '../texts/rich.tsx';
import styles from './acting-as.module.css';

export function ActingAs() {
  const shown = useActingReviewer((state) => state.shown);
  if (shown === null) return null;
  return (
    <p className={styles.as}>
      <Rich of="domain:actingAs" parts={{ name: <bdi>{shown.name}</bdi> }} />
    </p>
  );
}
