// The people of a campaign: who reviews, who owns it and who approves; known ones are picked, others are typed.
import { useQuery } from '@tanstack/react-query';
import { Plus, Trash2 } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { useApi } from '../../domain/api.ts';
import { useStatus } from '../../domain/workspace-status.ts';
import { text } from '../../texts/text.ts';
import type { DraftPerson } from './definition-draft.ts';
import styles from './definition-form.module.css';
import { withChanged, without, type FormPartProps } from './form-part.ts';

const nobody: DraftPerson = { id: '', name: '', email: '' };

export function PeoplePart({ draft, change }: FormPartProps) {
  const { people } = draft;
  const set = (next: DraftPerson[]) => change({ people: next });
  return (
    <>
      {people.length > 0 && (
        <ul className={styles.rows}>
          {people.map((person, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- what is typed is its only identity
            <li key={index}>
              <fieldset
                className={styles.personRow}
                aria-label={text('campaigns:define.people.one', { number: index + 1 })}
              >
                <TextField
                  label={text('campaigns:define.people.name')}
                  value={person.name}
                  onChange={(event) => set(withChanged(people, index, { name: event.target.value }))}
                />
                <TextField
                  label={text('campaigns:define.people.id')}
                  value={person.id}
                  onChange={(event) => set(withChanged(people, index, { id: event.target.value }))}
                />
                <TextField
                  label={text('campaigns:define.people.email')}
                  type="email"
                  value={person.email}
                  onChange={(event) => set(withChanged(people, index, { email: event.target.value }))}
                />
                <Button
                  icon={Trash2}
                  weight="quiet"
                  aria-label={text('campaigns:define.people.remove', { name: person.name })}
                  onClick={() => set(without(people, index))}
                />
              </fieldset>
            </li>
          ))}
        </ul>
      )}
      <div className={styles.add}>
        <Button icon={Plus} onClick={() => set([...people, nobody])}>
          {text('campaigns:define.people.add')}
        </Button>
        <KnownPeople people={people} onPick={(person) => set([...people, person])} />
      </div>
      <div className={styles.two}>
        <PersonSelect
          label={text('campaigns:define.people.owner')}
          hint={text('campaigns:define.people.ownerHint')}
          people={people}
          value={draft.owner}
          onChange={(owner) => change({ owner })}
        />
        <PersonSelect
          label={text('campaigns:define.people.approver')}
          hint={text('campaigns:define.people.approverHint')}
          people={people}
          value={draft.approver}
          onChange={(approver) => change({ approver })}
        />
      </div>
    </>
  );
}

type PersonSelectProps = {
  label: string;
  hint?: string;
  people: readonly DraftPerson[];
  value: string;
  onChange: (id: string) => void;
};

/** One of the people, by their id; nobody is chosen for anybody. */
export function PersonSelect({ label, hint, people, value, onChange }: PersonSelectProps) {
  const named = people.filter(({ id }) => id.trim() !== '');
  const isKnown = value === '' || named.some(({ id }) => id.trim() === value);
  return (
    <SelectField
      label={label}
      {...(hint !== undefined && { hint })}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{text('campaigns:define.people.choose')}</option>
      {!isKnown && <option value={value}>{value}</option>}
      {named.map(({ id, name }) => (
        <option key={id} value={id.trim()}>
          {name === '' ? id : name}
        </option>
      ))}
    </SelectField>
  );
}

/** The reviewer of this workspace and everybody of earlier campaigns, as far as they are not among the people yet. */
function KnownPeople({
  people,
  onPick,
}: {
  people: readonly DraftPerson[];
  onPick: (person: DraftPerson) => void;
}) {
  const { reviewer } = useStatus();
  const { orpc } = useApi();
  const earlier = useQuery(orpc.campaignSources.people.queryOptions());
  const known = [...(reviewer === null ? [] : [reviewer]), ...(earlier.data ?? [])];
  const offered = known.filter(
    ({ id }, index) =>
      known.findIndex((one) => one.id === id) === index && !people.some((one) => one.id.trim() === id),
  );
  if (offered.length === 0) return null;
  return (
    <SelectField
      label={text('campaigns:define.people.known')}
      value=""
      onChange={(event) => {
        const picked = offered.find(({ id }) => id === event.target.value);
        if (picked) onPick({ id: picked.id, name: picked.name, email: picked.email ?? '' });
      }}
    >
      <option value="">{text('campaigns:define.people.choose')}</option>
      {offered.map(({ id, name, email }) => (
        <option key={id} value={id}>
          {email === null ? name : `${name} (${email})`}
        </option>
      ))}
    </SelectField>
  );
}
