// Which column says what of a right: chosen from those there are, or typed while nobody can say which there are.
import { SelectField, TextField } from '../../components/field.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { text } from '../../texts/text.ts';
import { columnFields, requiredColumns, type ColumnField } from './definition-draft.ts';
import styles from './definition-form.module.css';
import type { FormPartProps } from './form-part.ts';

export type SourceColumn = { name: string; type: string | null };

/** Null until the columns are known. */
type WithColumns = FormPartProps & { columns: readonly SourceColumn[] | null };

export function ColumnFields(props: WithColumns) {
  return (
    <fieldset aria-label={text('campaigns:define.scope.columns')}>
      <p className={styles.label}>{text('campaigns:define.scope.columns')}</p>
      <p className={styles.note}>{text('campaigns:define.scope.columnsNote')}</p>
      <div className={styles.columnGrid}>
        {columnFields.map((field) => (
          <OneColumn key={field} field={field} {...props} />
        ))}
      </div>
    </fieldset>
  );
}

function OneColumn({ field, draft, change, columns }: WithColumns & { field: ColumnField }) {
  const name = text(`campaigns:column.${field}.label`);
  const isRequired = requiredColumns.includes(field);
  return (
    <ColumnSelect
      label={isRequired ? text('campaigns:define.scope.required', { name }) : name}
      hint={text(`campaigns:column.${field}.meaning`)}
      value={draft.columns[field] ?? ''}
      none={text(isRequired ? 'campaigns:define.people.choose' : 'campaigns:define.scope.noColumn')}
      columns={columns}
      onChange={(column) => change({ columns: { ...draft.columns, [field]: column } })}
    />
  );
}

type ColumnSelectProps = {
  label: string;
  hint?: string;
  value: string;
  /** What stands for no column. */
  none: string;
  columns: readonly SourceColumn[] | null;
  onChange: (column: string) => void;
};

export function ColumnSelect({ label, hint, value, none, columns, onChange }: ColumnSelectProps) {
  if (columns === null)
    return (
      <TextField label={label} hint={hint} value={value} onChange={(event) => onChange(event.target.value)} />
    );
  const isKnown = value === '' || columns.some(({ name }) => name === value);
  return (
    <SelectField label={label} hint={hint} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">{none}</option>
      {!isKnown && <option value={value}>{visibleText(value)}</option>}
      {columns.map(({ name, type }) => (
        <option key={name} value={name}>
          {type === null ? visibleText(name) : `${visibleText(name)} · ${type}`}
        </option>
      ))}
    </SelectField>
  );
}
