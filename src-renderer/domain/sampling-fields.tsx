// The fields of a sampling plan: method, how many, and the seed.
import { controlFrequencies, type ControlFrequency } from '#shared/model/sampling.ts';
import { SelectField, TextField } from '../components/field.tsx';
import { Segmented } from '../components/segmented.tsx';
import { samplingErrors, type SamplingDraft } from './sampling-draft.ts';
import styles from './sampling-fields.module.css';

const frequencyNames: Readonly<Record<ControlFrequency, string>> = {
  annual: 'Once a year',
  quarterly: 'Quarterly',
  monthly: 'Monthly',
  weekly: 'Weekly',
  daily: 'Daily',
  'several-a-day': 'Several times a day',
  'ad-hoc': 'As the need arises',
};

const kinds = [
  { value: 'attribute', label: 'Attribute' },
  { value: 'judgemental', label: 'Judgemental' },
] as const;

type FieldsProps = { draft: SamplingDraft; change: (part: Partial<SamplingDraft>) => void };

export function SamplingFields({ draft, change }: FieldsProps) {
  return (
    <>
      <Segmented label="Method" value={draft.kind} choices={kinds} onChange={(kind) => change({ kind })} />
      {draft.kind === 'attribute' ? (
        <AttributeFields draft={draft} change={change} />
      ) : (
        <JudgementFields draft={draft} change={change} />
      )}
      <SeedFields draft={draft} change={change} />
    </>
  );
}

function AttributeFields({ draft, change }: FieldsProps) {
  const errors = samplingErrors(draft);
  return (
    <div className={styles.pair}>
      <TextField
        label="Confidence (%)"
        inputMode="decimal"
        value={draft.confidence}
        error={errors.confidence}
        onChange={(event) => change({ confidence: event.target.value })}
      />
      <TextField
        label="Tolerable rate (%)"
        inputMode="decimal"
        value={draft.tolerable}
        error={errors.tolerable}
        onChange={(event) => change({ tolerable: event.target.value })}
      />
      <TextField
        label="Expected deviations"
        inputMode="numeric"
        value={draft.expected}
        error={errors.expected}
        onChange={(event) => change({ expected: event.target.value })}
      />
    </div>
  );
}

function JudgementFields({ draft, change }: FieldsProps) {
  return (
    <>
      <SelectField
        label="How often the control is performed"
        value={draft.frequency}
        onChange={({ target }) =>
          change({ frequency: controlFrequencies.find((one) => one === target.value) ?? draft.frequency })
        }
      >
        {controlFrequencies.map((one) => (
          <option key={one} value={one}>
            {frequencyNames[one]}
          </option>
        ))}
      </SelectField>
      <TextField
        label="Why another size (where it is not the usual one)"
        value={draft.reason}
        onChange={(event) => change({ reason: event.target.value })}
      />
    </>
  );
}

function SeedFields({ draft, change }: FieldsProps) {
  const errors = samplingErrors(draft);
  return (
    <div className={styles.pair}>
      <TextField
        label="Size (optional)"
        hint="Without it, what the method gives"
        inputMode="numeric"
        value={draft.size}
        error={errors.size}
        onChange={(event) => change({ size: event.target.value })}
      />
      <TextField
        label="Seed (optional)"
        hint="Without it the hash of the population, which nobody can choose"
        value={draft.seed}
        error={errors.seed}
        onChange={(event) => change({ seed: event.target.value })}
      />
    </div>
  );
}
