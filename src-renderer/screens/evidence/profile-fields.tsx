// Chooses what a redacted pack hides.
import { TextField } from '../../components/field.tsx';
import { profileChoices, profileOf, type ProfileDraft } from '../../domain/profile-draft.ts';
import { text } from '../../texts/text.ts';
import styles from './trust-panel.module.css';

type ProfileFieldsProps = { draft: ProfileDraft; onDraft: (draft: ProfileDraft) => void };

export function ProfileFields({ draft, onDraft }: ProfileFieldsProps) {
  const isUsable = profileOf(draft) !== null;
  return (
    <>
      <fieldset className={styles.choices} aria-label={text('evidence:profile.label')}>
        {profileChoices().map(([kind, words]) => (
          <label key={kind} className={styles.choice}>
            <input
              type="checkbox"
              checked={draft[kind]}
              onChange={(event) => onDraft({ ...draft, [kind]: event.target.checked })}
            />
            {words}
          </label>
        ))}
      </fieldset>
      <TextField
        label={text('evidence:profile.fields')}
        hint={text('evidence:profile.fieldsHint')}
        error={isUsable ? null : text('evidence:profile.fieldsFault')}
        value={draft.fields}
        onChange={(event) => onDraft({ ...draft, fields: event.target.value })}
      />
    </>
  );
}
