// A custom mapping of columns as JSON, with the first rows as it would read them.
import type { InferClientOutputs } from '@orpc/client';
import { eventFields } from '#shared/model/connection.ts';
import { Button } from '../../components/button.tsx';
import { TextArea } from '../../components/field.tsx';
import { ScrollRegion } from '../../components/scroll-region.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import type { WorkstationClient } from '../../domain/api.ts';
import { text } from '../../texts/text.ts';
import { exampleMapping } from './connect-form.ts';
import type { ConnectFieldsProps } from './connect-fields.tsx';
import styles from './connect-form-view.module.css';

export type Preview = InferClientOutputs<WorkstationClient>['source']['preview'];

type MappingFieldsProps = ConnectFieldsProps & { preview: Preview | null; onPreview: () => void };

export function MappingFields({ draft, errors, set, preview, onPreview }: MappingFieldsProps) {
  return (
    <details className={styles.mapping}>
      <summary>{text('welcome:mapping.title')}</summary>
      <div className={styles.inside}>
        <p className={styles.columnsNote}>{text('welcome:mapping.note')}</p>
        <TextArea
          label={text('welcome:mapping.field')}
          rows={11}
          spellCheck={false}
          placeholder={exampleMapping}
          value={draft.mapping}
          error={errors.mapping}
          onChange={(event) => set({ mapping: event.target.value })}
        />
        <div>
          <Button onClick={onPreview}>{text('welcome:mapping.preview')}</Button>
        </div>
        {preview !== null && <PreviewTable preview={preview} />}
      </div>
    </details>
  );
}

function PreviewTable({ preview }: { preview: Preview }) {
  return (
    <>
      <p className={styles.columnsNote}>
        {text('welcome:mapping.columns', {
          columns: preview.columns.map((column) => `${column.name} (${column.type})`).join(', '),
        })}
      </p>
      <ScrollRegion label={text('welcome:mapping.rows')}>
        <table className={styles.table}>
          <thead>
            <tr>
              {eventFields.map((field) => (
                <th key={field} scope="col">
                  {field}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.events.map((event) => (
              <tr key={event.id}>
                {eventFields.map((field) => (
                  <td key={field}>
                    <Verbatim value={event[field]} missing="–" />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </>
  );
}
