// Chooses what a redacted pack hides.
import { TextField } from '../../components/field.tsx';
import { profileKinds, profileOf, type ProfileDraft } from '../../domain/profile-draft.ts';
import styles from './trust-panel.module.css';

type ProfileFieldsProps = { draft: ProfileDraft; onDraft: (draft: ProfileDraft) => void };

export function ProfileFields({ draft, onDraft }: ProfileFieldsProps) {
  const isUsable = profileOf(draft) !== null;
  return (
    <>
      <fieldset className={styles.choices} aria-label="What is hidden">
        {profileKinds.map(([kind, words]) => (
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
        label="Further fields (optional)"
        hint="Names with commas between them, such as department, costCentre."
        error={isUsable ? null : 'At most 100 names of at most 100 characters.'}
        value={draft.fields}
        onChange={(event) => onDraft({ ...draft, fields: event.target.value })}
      />
    </>
  );
}
