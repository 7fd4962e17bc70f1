// A row of choices of which one holds, as a radio group: arrow keys move, the chosen one is marked by more than colour.
import { useId } from 'react';
import styles from './segmented.module.css';

type SegmentedProps<Value extends string> = {
  label: string;
  value: Value;
  choices: readonly { value: Value; label: string; count?: number | undefined }[];
  onChange: (value: Value) => void;
};

export function Segmented<Value extends string>({ label, value, choices, onChange }: SegmentedProps<Value>) {
  const name = useId();
  return (
    <div className={styles.group} role="radiogroup" aria-label={label}>
      {choices.map((choice) => (
        <label key={choice.value} className={styles.choice}>
          <input
            type="radio"
            name={name}
            className={styles.input}
            aria-label={choice.count === undefined ? choice.label : `${choice.label}, ${choice.count}`}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
          <span className={styles.text}>
            {choice.label}
            {choice.count !== undefined && <span className={styles.count}>{choice.count}</span>}
          </span>
        </label>
      ))}
    </div>
  );
}
