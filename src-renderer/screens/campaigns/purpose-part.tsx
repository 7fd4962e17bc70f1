// What the campaign is called, what it is for, and which controls it serves.
import { TextArea, TextField } from '../../components/field.tsx';
import { text } from '../../texts/text.ts';
import styles from './definition-form.module.css';
import type { FormPartProps } from './form-part.ts';

export function PurposePart({ draft, change }: FormPartProps) {
  return (
    <>
      <TextField
        label={text('campaigns:define.purpose.name')}
        hint={text('campaigns:define.purpose.nameHint')}
        maxLength={120}
        value={draft.name}
        onChange={(event) => change({ name: event.target.value })}
      />
      <div className={styles.two}>
        <TextArea
          label={text('campaigns:define.purpose.objective')}
          hint={text('campaigns:define.purpose.objectiveHint')}
          rows={3}
          maxLength={2000}
          value={draft.objective}
          onChange={(event) => change({ objective: event.target.value })}
        />
        <TextArea
          label={text('campaigns:define.purpose.controls')}
          hint={text('campaigns:define.purpose.controlsHint')}
          rows={3}
          value={draft.controls}
          onChange={(event) => change({ controls: event.target.value })}
        />
      </div>
    </>
  );
}
