// What of the events is kept on this computer: all, some fields, for some time, or only counts.
import { TextField } from '../../components/field.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { text } from '../../texts/text.ts';
import type { ConnectFieldsProps } from './connect-fields.tsx';
import styles from './connect-form-view.module.css';

const choices = ['rows', 'cells'] as const;

export function MirrorFields({ draft, errors, set }: ConnectFieldsProps) {
  return (
    <details className={styles.mapping}>
      <summary>{text('welcome:keeps.title')}</summary>
      <div className={styles.inside}>
        <div>
          <Segmented
            label={text('welcome:keeps.title')}
            value={draft.keeps}
            choices={choices.map((value) => ({ value, label: text(`welcome:keeps.${value}`) }))}
            onChange={(keeps) => set({ keeps })}
          />
        </div>
        {draft.keeps === 'rows' ? <RowLimits draft={draft} errors={errors} set={set} /> : <CountsNote />}
      </div>
    </details>
  );
}

function RowLimits({ draft, errors, set }: ConnectFieldsProps) {
  return (
    <div className={styles.even}>
      <TextField
        label={text('welcome:keeps.fields')}
        placeholder="actorType, resourceType, ip"
        hint={text('welcome:keeps.fieldsHint')}
        value={draft.mirrorFields}
        error={errors.mirrorFields}
        onChange={(event) => set({ mirrorFields: event.target.value })}
      />
      <TextField
        label={text('welcome:keeps.days')}
        inputMode="numeric"
        hint={text('welcome:keeps.daysHint')}
        value={draft.mirrorDays}
        error={errors.mirrorDays}
        onChange={(event) => set({ mirrorDays: event.target.value })}
      />
    </div>
  );
}

function CountsNote() {
  return <p className={styles.columnsNote}>{text('welcome:keeps.countsNote')}</p>;
}
