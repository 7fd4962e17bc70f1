// What pull after pull showed of the item's row in the audit database, newest first.
import type { ReviewChange, ReviewFieldChange } from '#shared/model/review-history.ts';
import { FullValue } from '../../components/full-value.tsx';
import { InstantText } from '../../domain/instant.tsx';
import styles from './decision-history.module.css';

const fieldNames: Readonly<Record<ReviewFieldChange['field'], string>> = {
  tenant: 'Tenant',
  auditLogId: 'Audit log entry',
  action: 'Action',
  actor: 'Actor',
  dueAt: 'Due',
  reviewer: 'Reviewer',
  reviewedAt: 'Reviewed',
  notes: 'Notes',
};

const kindNames: Readonly<Record<ReviewChange['kinds'][number], string>> = {
  appeared: 'Seen for the first time',
  reappeared: 'There again',
  'decided-here': 'Decided here',
  'decided-elsewhere': 'Decided elsewhere',
  reopened: 'Open again',
  'decision-altered': 'Decision altered',
  changed: 'Changed',
  vanished: 'Vanished',
};

/** A row that was only ever seen as it is has no history worth a heading. */
export function RowHistory({ history }: { history: readonly ReviewChange[] }) {
  if (history.length < 2) return null;
  return (
    <section aria-label="History of the row">
      <h3>History of the row</h3>
      <ol className={styles.list}>
        {history.map((change) => (
          <li key={change.pull} className={styles.entry}>
            <p className={styles.head}>
              <strong>{change.kinds.map((kind) => kindNames[kind]).join(', ')}</strong>
              <span className={styles.muted}>
                {change.at === null ? (
                  'at an unknown time'
                ) : (
                  <InstantText instant={change.at} precision="second" />
                )}
              </span>
            </p>
            <FieldChanges fields={change.fields} />
          </li>
        ))}
      </ol>
    </section>
  );
}

export function FieldChanges({ fields }: { fields: readonly ReviewFieldChange[] }) {
  return fields.map((field) => <FieldChange key={field.field} change={field} />);
}

function FieldChange({ change: { field, before, after } }: { change: ReviewFieldChange }) {
  const name = fieldNames[field];
  return (
    <div>
      <span className={styles.muted}>{name}: </span>
      {before === null ? '(none)' : <FullValue name={`${name} before`} value={before} />}
      <span className={styles.muted}> became </span>
      {after === null ? '(none)' : <FullValue name={`${name} after`} value={after} />}
    </div>
  );
}
