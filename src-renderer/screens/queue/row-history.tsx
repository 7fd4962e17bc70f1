// What pull after pull showed of the item's row in the audit database, newest first.
import type { ReviewChange, ReviewFieldChange } from '#shared/model/review-history.ts';
import { FullValue } from '../../components/full-value.tsx';
import { InstantText } from '../../domain/instant.tsx';
import { text } from '../../texts/text.ts';
import styles from './decision-history.module.css';
import { DetailPart } from './detail-part.tsx';

/** A row that was only ever seen as it is has no history worth a heading. */
export function RowHistory({ history }: { history: readonly ReviewChange[] }) {
  if (history.length < 2) return null;
  return (
    <DetailPart part="history" title={text('queue:history.row')}>
      <ol className={styles.list}>
        {history.map((change) => (
          <li key={change.pull} className={styles.entry}>
            <p className={styles.head}>
              <strong>{change.kinds.map((kind) => text(`queue:history.kind.${kind}`)).join(', ')}</strong>
              <span className={styles.muted}>
                {change.at === null ? (
                  text('queue:history.unknownTime')
                ) : (
                  <InstantText instant={change.at} precision="second" />
                )}
              </span>
            </p>
            <FieldChanges fields={change.fields} />
          </li>
        ))}
      </ol>
    </DetailPart>
  );
}

export function FieldChanges({ fields }: { fields: readonly ReviewFieldChange[] }) {
  return fields.map((field) => <FieldChange key={field.field} change={field} />);
}

function FieldChange({ change: { field, before, after } }: { change: ReviewFieldChange }) {
  const name = text(`queue:history.field.${field}`);
  return (
    <div>
      <span className={styles.muted}>{name}: </span>
      {before === null ? (
        text('queue:history.none')
      ) : (
        <FullValue name={text('queue:history.before', { name })} value={before} />
      )}
      <span className={styles.muted}> {text('queue:history.became')} </span>
      {after === null ? (
        text('queue:history.none')
      ) : (
        <FullValue name={text('queue:history.after', { name })} value={after} />
      )}
    </div>
  );
}
