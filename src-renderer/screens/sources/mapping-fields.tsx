// One line a field: which column it is read from, which key of a JSON column, and what is wrong with that.
import {
  eventFields,
  requiredEventFields,
  ruleInputFields,
  type MappedField,
} from '#shared/model/connection.ts';
import type { MappingPreview } from '#shared/model/source-health.ts';
import { SelectField, TextField } from '../../components/field.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { text } from '../../texts/text.ts';
import { columnChoices, isJson, withField, type MappingDraft } from './mapping-draft.ts';
import styles from './mapping-section.module.css';

type FieldRowsProps = {
  draft: MappingDraft;
  onDraft: (draft: MappingDraft) => void;
  /** Null until the database has said which columns there are. */
  preview: MappingPreview | null;
};

export function FieldRows(props: FieldRowsProps) {
  const isUsed = ruleInputFields.some((field) => (props.draft.columns[field]?.column ?? '') !== '');
  return (
    <>
      <ul className={styles.fields}>
        {eventFields.map((field) => (
          <FieldRow key={field} field={field} {...props} />
        ))}
      </ul>
      <details className={styles.more} open={isUsed || undefined}>
        <summary>{text('sources:mapping.more')}</summary>
        <ul className={styles.fields}>
          {ruleInputFields.map((field) => (
            <FieldRow key={field} field={field} {...props} />
          ))}
        </ul>
      </details>
    </>
  );
}

const isRequired = (field: MappedField): boolean => requiredEventFields.some((one) => one === field);

function FieldRow({ field, draft, onDraft, preview }: FieldRowsProps & { field: MappedField }) {
  const { column, jsonKey } = draft.columns[field] ?? { column: '', jsonKey: '' };
  const { fitting, others } = columnChoices(preview?.columns ?? [], field, column);
  const type = preview?.columns.find(({ name }) => name === column)?.type ?? null;
  const problems = (preview?.problems ?? []).filter((problem) => problem.field === field);
  const name = text(`sources:field.${field}`);
  return (
    <li className={styles.field}>
      <p className={styles.name}>
        {name}
        {isRequired(field) && <span className={styles.required}>{text('sources:mapping.required')}</span>}
      </p>
      <div className={styles.choice}>
        <SelectField
          label={text('sources:mapping.columnOf', { field: name })}
          value={column}
          aria-invalid={problems.some(({ isFatal }) => isFatal) || undefined}
          onChange={(event) => onDraft(withField(draft, field, { column: event.target.value, jsonKey: '' }))}
        >
          <option value="">{text('sources:mapping.notMapped')}</option>
          <ColumnGroup label={text('sources:mapping.fitting')} columns={fitting} />
          <ColumnGroup label={text('sources:mapping.other')} columns={others} />
        </SelectField>
        {(jsonKey !== '' || (type !== null && isJson(type))) && (
          <TextField
            label={text('sources:mapping.keyOf', { field: name })}
            placeholder={text('sources:mapping.keyHint')}
            value={jsonKey}
            onChange={(event) => onDraft(withField(draft, field, { jsonKey: event.target.value }))}
          />
        )}
      </div>
      {problems.map(({ kind, sentence, isFatal }) => (
        <p key={kind} className={isFatal ? styles.fatal : styles.beware}>
          {visibleText(sentence)}
        </p>
      ))}
    </li>
  );
}

function ColumnGroup({ label, columns }: { label: string; columns: readonly string[] }) {
  if (columns.length === 0) return null;
  return (
    <optgroup label={label}>
      {columns.map((name) => (
        <option key={name} value={name}>
          {visibleText(name)}
        </option>
      ))}
    </optgroup>
  );
}
