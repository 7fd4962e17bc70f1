// The stages of a campaign: who reviews in each by which rule, who where the rule names nobody, and how stages come together.
import { ArrowDown, Plus, Trash2 } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { text } from '../../texts/text.ts';
import { emptyStage, stageRules, type DraftStage } from './definition-draft.ts';
import styles from './definition-form.module.css';
import { withChanged, without, type FormPartProps } from './form-part.ts';
import { PersonSelect } from './people-part.tsx';

const mostStages = 3;
const policies = ['first-final', 'all-agree'] as const;

export function StagesPart({ draft, change }: FormPartProps) {
  const { stages } = draft;
  const set = (next: DraftStage[]) => change({ stages: next });
  return (
    <>
      <ol className={styles.rows}>
        {stages.map((stage, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- a stage is its place
          <li key={index} className={styles.stage}>
            {index > 0 && <ArrowDown className={styles.icon} aria-hidden="true" />}
            <StageFields
              stage={stage}
              number={index + 1}
              draft={draft}
              change={(part) => set(withChanged(stages, index, part))}
              onRemove={stages.length > 1 ? () => set(without(stages, index)) : null}
            />
          </li>
        ))}
      </ol>
      <div className={styles.add}>
        <Button
          icon={Plus}
          disabled={stages.length >= mostStages}
          onClick={() => set([...stages, emptyStage])}
        >
          {text('campaigns:define.stages.add')}
        </Button>
        {stages.length >= mostStages && <p className={styles.note}>{text('campaigns:define.stages.most')}</p>}
      </div>
      <fieldset className={styles.choices} aria-label={text('campaigns:define.stages.policy')}>
        <p className={styles.label}>{text('campaigns:define.stages.policy')}</p>
        {policies.map((policy) => (
          <label key={policy} className={styles.choice}>
            <input
              type="radio"
              aria-label={text(`campaigns:policy.${policy}.label`)}
              name="policy"
              checked={draft.policy === policy}
              onChange={() => change({ policy })}
            />
            <span>
              <b>{text(`campaigns:policy.${policy}.label`)}</b>
              <span className={styles.meaning}>{text(`campaigns:policy.${policy}.meaning`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
    </>
  );
}

type StageFieldsProps = {
  stage: DraftStage;
  number: number;
  draft: FormPartProps['draft'];
  change: (part: Partial<DraftStage>) => void;
  onRemove: (() => void) | null;
};

function StageFields({ stage, number, draft, change, onRemove }: StageFieldsProps) {
  const { people } = draft;
  return (
    <fieldset className={styles.stageRow} aria-label={text('campaigns:stageNumber', { number })}>
      <TextField
        label={text('campaigns:define.stages.name', { number })}
        maxLength={80}
        value={stage.name}
        onChange={(event) => change({ name: event.target.value })}
      />
      <SelectField
        label={text('campaigns:define.stages.by')}
        value={stage.by}
        onChange={(event) => change({ by: stageRules.find((rule) => rule === event.target.value) ?? '' })}
      >
        <option value="">{text('campaigns:define.people.choose')}</option>
        {stageRules
          .filter((rule) => draft.from !== 'activity' || (rule !== 'manager' && rule !== 'owner'))
          .map((rule) => (
            <option key={rule} value={rule}>
              {text(`campaigns:rule.${rule}`)}
            </option>
          ))}
      </SelectField>
      {stage.by === 'person' && (
        <PersonSelect
          label={text('campaigns:define.stages.person')}
          people={people}
          value={stage.person}
          onChange={(person) => change({ person })}
        />
      )}
      {stage.by === 'round-robin' && <TurnFields stage={stage} people={people} change={change} />}
      <PersonSelect
        label={text('campaigns:define.stages.fallback')}
        people={people}
        value={stage.fallback}
        onChange={(fallback) => change({ fallback })}
      />
      {onRemove !== null && (
        <Button
          icon={Trash2}
          weight="quiet"
          aria-label={text('campaigns:define.stages.remove', { number })}
          onClick={onRemove}
        />
      )}
    </fieldset>
  );
}

function TurnFields({
  stage,
  people,
  change,
}: Pick<StageFieldsProps, 'stage' | 'change'> & { people: FormPartProps['draft']['people'] }) {
  const ids = people.map(({ id }) => id.trim()).filter((id) => id !== '');
  return (
    <fieldset className={styles.choices} aria-label={text('campaigns:define.stages.people')}>
      <p className={styles.label}>{text('campaigns:define.stages.people')}</p>
      {ids.map((id) => (
        <label key={id} className={styles.choice}>
          <input
            type="checkbox"
            checked={stage.people.includes(id)}
            onChange={(event) =>
              change({
                people: ids.filter((one) => (one === id ? event.target.checked : stage.people.includes(one))),
              })
            }
          />
          <span>{people.find((person) => person.id.trim() === id)?.name ?? id}</span>
        </label>
      ))}
    </fieldset>
  );
}
