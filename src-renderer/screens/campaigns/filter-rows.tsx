// What of the table or file is kept, each filter with its reason; what it leaves out is counted at the opening.
import { Plus, Trash2 } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { SelectField, TextArea, TextField } from '../../components/field.tsx';
import { text } from '../../texts/text.ts';
import { ColumnSelect, type SourceColumn } from './column-fields.tsx';
import { filterKinds, type DraftFilter } from './definition-draft.ts';
import styles from './definition-form.module.css';
import { withChanged, without, type FormPartProps } from './form-part.ts';

const newFilter: DraftFilter = { column: '', is: 'not-equal', values: '', reason: '' };

type FilterRowsProps = FormPartProps & { columns: readonly SourceColumn[] | null };

export function FilterRows({ draft, change, columns }: FilterRowsProps) {
  const { filters } = draft;
  const set = (next: DraftFilter[]) => change({ filters: next });
  return (
    <fieldset className={styles.filters} aria-label={text('campaigns:define.scope.filters')}>
      <p className={styles.label}>{text('campaigns:define.scope.filters')}</p>
      <p className={styles.note}>
        {text(
          filters.length === 0 ? 'campaigns:define.scope.noFilter' : 'campaigns:define.scope.filtersNote',
        )}
      </p>
      {filters.length > 0 && (
        <ul className={styles.rows}>
          {filters.map((filter, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- what is typed is its only identity
            <li key={index}>
              <FilterFields
                filter={filter}
                number={index + 1}
                columns={columns}
                change={(part) => set(withChanged(filters, index, part))}
                onRemove={() => set(without(filters, index))}
              />
            </li>
          ))}
        </ul>
      )}
      <div>
        <Button icon={Plus} onClick={() => set([...filters, newFilter])}>
          {text('campaigns:define.scope.addFilter')}
        </Button>
      </div>
    </fieldset>
  );
}

type FilterFieldsProps = {
  filter: DraftFilter;
  number: number;
  columns: readonly SourceColumn[] | null;
  change: (part: Partial<DraftFilter>) => void;
  onRemove: () => void;
};

function FilterFields({ filter, number, columns, change, onRemove }: FilterFieldsProps) {
  const takesValue = filter.is !== 'empty' && filter.is !== 'not-empty';
  return (
    <fieldset className={styles.filterRow} aria-label={text('campaigns:define.scope.filter', { number })}>
      <ColumnSelect
        label={text('campaigns:define.scope.filterColumn')}
        value={filter.column}
        none={text('campaigns:define.people.choose')}
        columns={columns}
        onChange={(column) => change({ column })}
      />
      <SelectField
        label={text('campaigns:define.scope.filterIs')}
        value={filter.is}
        onChange={(event) =>
          change({ is: filterKinds.find((kind) => kind === event.target.value) ?? filter.is })
        }
      >
        {filterKinds.map((kind) => (
          <option key={kind} value={kind}>
            {text(`campaigns:filter.${kind}`)}
          </option>
        ))}
      </SelectField>
      {filter.is === 'one-of' ? (
        <TextArea
          label={text('campaigns:define.scope.filterValues')}
          rows={2}
          value={filter.values}
          onChange={(event) => change({ values: event.target.value })}
        />
      ) : (
        <TextField
          label={text('campaigns:define.scope.filterValue')}
          disabled={!takesValue}
          value={takesValue ? filter.values : ''}
          onChange={(event) => change({ values: event.target.value })}
        />
      )}
      <TextField
        label={text('campaigns:define.scope.filterReason')}
        value={filter.reason}
        onChange={(event) => change({ reason: event.target.value })}
      />
      <Button
        icon={Trash2}
        weight="quiet"
        aria-label={text('campaigns:define.scope.removeFilter', { number })}
        onClick={onRemove}
      />
    </fieldset>
  );
}
