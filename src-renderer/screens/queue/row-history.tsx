// What pull after pull showed of the item's row in the audit database, newest first.
import type { ReviewChange, ReviewFieldChange } from '#shared/model/review-history.ts';
import { FullValue } from '../../components/full-value.tsx';
import entries from '../../domain/entry-list.module.css';
import { InstantText } from '../../domain/instant.tsx';
import { text } from '../../texts/text.ts';
import { KeptPart } from './kept-part.tsx';

/** A row that was only ever seen as it is has no history worth a heading. */
export function RowHistory({ history }: { history: readonly ReviewChange[] }) {
  if (history.length < 2) return null;
  return (
    <KeptPart part="history" title={text('queue:history.row')}>
      <ol className={entries.entries}>
        {history.map((change) => (
          <li key={change.pull} className={entries.entry}>
            <p className={entries.head}>
              <strong>{change.kinds.map((kind) => text(`queue:history.kind.${kind}`)).join(', ')}</strong>
              <span className={entries.muted}>
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
    </KeptPart>
  );
}

export function FieldChanges({ fields }: { fields: readonly ReviewFieldChange[] }) {
  return fields.map((field) => <FieldChange key={field.field} change={field} />);
}

function FieldChange({ change: { field, before, after } }: { change: ReviewFieldChange }) {
  const name = text(`queue:history.field.${field}`);
  return (
    <div>
      <span className={entries.muted}>{name}: </span>
      {before === null ? (
        text('queue:history.none')
      ) : (
        <FullValue name={text('queue:history.before', { name })} value={before} />
      )}
      <span className={entries.muted}> {text('queue:history.became')} </span>
      {after === null ? (
        text('queue:history.none')
      ) : (
        <FullValue name={text('queue:history.after', { name })} value={after} />
      )}
    </div>
  );
}
