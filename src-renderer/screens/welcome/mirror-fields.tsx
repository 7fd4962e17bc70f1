// What of the events is kept on this computer: all, some fields, for some time, or only counts.
import { TextField } from '../../components/field.tsx';
import { Segmented } from '../../components/segmented.tsx';
import type { ConnectFieldsProps } from './connect-fields.tsx';
import styles from './connect-form-view.module.css';

const choices = [
  { value: 'rows', label: 'Every event' },
  { value: 'cells', label: 'Only counts' },
] as const;

export function MirrorFields({ draft, errors, set }: ConnectFieldsProps) {
  return (
    <details className={styles.mapping}>
      <summary>What is kept here</summary>
      <div className={styles.inside}>
        <div>
          <Segmented
            label="What is kept here"
            value={draft.keeps}
            choices={choices}
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
        label="Fields (optional)"
        placeholder="actorType, resourceType, ip"
        hint="Only these beside id, time, actor and action; “none” keeps no others. Empty keeps all."
        value={draft.mirrorFields}
        error={errors.mirrorFields}
        onChange={(event) => set({ mirrorFields: event.target.value })}
      />
      <TextField
        label="Days (optional)"
        inputMode="numeric"
        hint="Older events are removed here once they were counted and judged. Empty keeps them."
        value={draft.mirrorDays}
        error={errors.mirrorDays}
        onChange={(event) => set({ mirrorDays: event.target.value })}
      />
    </div>
  );
}

function CountsNote() {
  return (
    <p className={styles.columnsNote}>
      The database counts events per quarter hour, and only counts come here. Privileged and critical events,
      and those that findings and review items are about, are still kept whole. Detectors and rules that look
      at single events cannot be evaluated.
    </p>
  );
}
