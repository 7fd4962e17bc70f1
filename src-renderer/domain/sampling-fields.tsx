// The fields of a sampling plan: method, how many, and the seed.
import { controlFrequencies } from '#shared/model/sampling.ts';
import { SelectField, TextField } from '../components/field.tsx';
import { Segmented } from '../components/segmented.tsx';
import { text } from '../texts/text.ts';
import { samplingErrors, type SamplingDraft } from './sampling-draft.ts';
import styles from './sampling-fields.module.css';

const kinds = ['attribute', 'judgemental'] as const;
const models = ['hypergeometric', 'binomial'] as const;

type FieldsProps = { draft: SamplingDraft; change: (part: Partial<SamplingDraft>) => void };

export function SamplingFields({ draft, change }: FieldsProps) {
  return (
    <>
      <Segmented
        label={text('domain:sampling.method')}
        value={draft.kind}
        choices={kinds.map((kind) => ({ value: kind, label: text(`domain:sampling.${kind}`) }))}
        onChange={(kind) => change({ kind })}
      />
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
        label={text('domain:sampling.confidence')}
        inputMode="decimal"
        value={draft.confidence}
        error={errors.confidence}
        onChange={(event) => change({ confidence: event.target.value })}
      />
      <TextField
        label={text('domain:sampling.tolerable')}
        inputMode="decimal"
        value={draft.tolerable}
        error={errors.tolerable}
        onChange={(event) => change({ tolerable: event.target.value })}
      />
      <TextField
        label={text('domain:sampling.expected')}
        inputMode="numeric"
        value={draft.expected}
        error={errors.expected}
        onChange={(event) => change({ expected: event.target.value })}
      />
      <SelectField
        label={text('domain:sampling.model')}
        value={draft.model}
        onChange={({ target }) =>
          change({ model: models.find((one) => one === target.value) ?? draft.model })
        }
      >
        {models.map((model) => (
          <option key={model} value={model}>
            {text(`domain:sampling.${model}`)}
          </option>
        ))}
      </SelectField>
    </div>
  );
}

function JudgementFields({ draft, change }: FieldsProps) {
  return (
    <>
      <SelectField
        label={text('domain:sampling.frequency')}
        value={draft.frequency}
        onChange={({ target }) =>
          change({ frequency: controlFrequencies.find((one) => one === target.value) ?? draft.frequency })
        }
      >
        {controlFrequencies.map((one) => (
          <option key={one} value={one}>
            {text(`domain:frequency.${one}`)}
          </option>
        ))}
      </SelectField>
      <TextField
        label={text('domain:sampling.reason')}
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
        label={text('domain:sampling.size')}
        hint={text('domain:sampling.sizeHint')}
        inputMode="numeric"
        value={draft.size}
        error={errors.size}
        onChange={(event) => change({ size: event.target.value })}
      />
      <TextField
        label={text('domain:sampling.seed')}
        hint={text('domain:sampling.seedHint')}
        value={draft.seed}
        error={errors.seed}
        onChange={(event) => change({ seed: event.target.value })}
      />
    </div>
  );
}
