// The first rows as the draft would read them, and what is wrong with it, field by field.
import { mappedFields, type MappedField } from '#shared/model/connection.ts';
import type { MappingPreview } from '#shared/model/source-health.ts';
import { Chip } from '../../components/chip.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { ScrollRegion } from '../../components/scroll-region.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { text } from '../../texts/text.ts';
import styles from './mapping-section.module.css';

type MappingPreviewPanelProps = { preview: MappingPreview | null; error: unknown; isAsking: boolean };

export function MappingPreviewPanel({ preview, error, isAsking }: MappingPreviewPanelProps) {
  return (
    <Panel
      title={text('sources:mapping.preview')}
      note={text('sources:mapping.previewNote')}
      actions={<output className={styles.note}>{isAsking && text('sources:mapping.asking')}</output>}
    >
      <ProblemNotice error={error} />
      {preview !== null && !error && (
        <>
          <Verdict preview={preview} />
          <Rows preview={preview} />
        </>
      )}
    </Panel>
  );
}

function Verdict({ preview: { canRead, problems } }: { preview: MappingPreview }) {
  return (
    <>
      <Notice
        tone={canRead ? 'good' : 'warning'}
        title={text(canRead ? 'sources:mapping.canRead' : 'sources:mapping.cannotRead')}
      >
        {problems.length === 0 && <p>{text('sources:mapping.fine')}</p>}
      </Notice>
      {problems.length > 0 && (
        <ul className={styles.problems} aria-label={text('sources:mapping.problems')}>
          {problems.map(({ field, kind, sentence, isFatal }) => (
            <li key={`${field} ${kind}`}>
              <Chip tone={isFatal ? 'danger' : 'warning'}>
                {text(isFatal ? 'sources:mapping.fatal' : 'sources:mapping.beware')}
              </Chip>{' '}
              {visibleText(sentence)}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Rows({ preview: { rows, problems, isOrdered } }: { preview: MappingPreview }) {
  const fields = mappedFields.filter((field) => rows.some((row) => field in row));
  if (rows.length === 0 || fields.length === 0)
    return <p className={styles.note}>{text('sources:mapping.noRows')}</p>;
  const isWrong = (field: MappedField, place: number) =>
    problems.some((problem) => problem.field === field && problem.rows.includes(place));
  return (
    <>
      {!isOrdered && <p className={styles.note}>{text('sources:mapping.unordered')}</p>}
      <ScrollRegion label={text('sources:mapping.preview')}>
        <table className={styles.table}>
          <thead>
            <tr>
              {fields.map((field) => (
                <th key={field} scope="col">
                  {text(`sources:field.${field}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, place) => (
              // oxlint-disable-next-line react/no-array-index-key -- a row may have no id that can be read
              <tr key={place}>
                {fields.map((field) => (
                  <td key={field} className={isWrong(field, place) ? styles.wrong : undefined}>
                    {isWrong(field, place) && '⚠ '}
                    <Verbatim
                      value={row[field] ?? null}
                      missing={text('sources:mapping.notStated')}
                      most={60}
                    />
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
