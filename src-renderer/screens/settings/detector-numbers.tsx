// The numbers of a detector, each with its default.
import type { DetectorListing } from '#shared/model/story.ts';
import { Facts } from '../../components/facts.tsx';
import { TextField } from '../../components/field.tsx';
import { text } from '../../texts/text.ts';
import styles from './detection-panel.module.css';

type DetectorNumbersProps = {
  detector: DetectorListing;
  /** Numbers that are not at their default. */
  own: Readonly<Record<string, number>>;
  onChange: ((name: string, value: number, standard: number) => void) | null;
};

export function DetectorNumbers({ detector: { parameters }, own, onChange }: DetectorNumbersProps) {
  const changed = Object.keys(own).length;
  const unitOf = (unit: string) => (unit === '' ? '' : ` ${unit}`);
  return (
    <details className={styles.numbers}>
      <summary>
        {text('settings:detector.numbers', { count: parameters.length })}
        {changed > 0 && text('settings:detector.changed', { number: changed })}
      </summary>
      {onChange === null ? (
        <Facts
          columns={2}
          facts={parameters.map(({ name, default: standard, unit, meaning }) => ({
            name,
            value: `${own[name] ?? standard}${unitOf(unit)}`,
            title: meaning === '' ? undefined : meaning,
          }))}
        />
      ) : (
        <div className={styles.fields}>
          {parameters.map(({ name, default: standard, unit, meaning }) => (
            <TextField
              key={name}
              label={unit === '' ? name : `${name} (${unit})`}
              hint={`${meaning === '' ? '' : `${meaning} `}${text('settings:detector.standard', { value: standard })}`}
              type="number"
              step="any"
              min={0}
              defaultValue={own[name] ?? standard}
              onChange={(event) => {
                const value = event.target.valueAsNumber;
                if (Number.isFinite(value)) onChange(name, value, standard);
              }}
            />
          ))}
        </div>
      )}
    </details>
  );
}
