// What each pull showed of the row, newest first, with every value that changed.
import type { ReviewChange } from '#shared/model/review-history.ts';
import entries from '../../domain/entry-list.module.css';
import { InstantText } from '../../domain/instant.tsx';
import { text } from '../../texts/text.ts';
import { ChangedValue } from './changed-value.tsx';
import { rowChangeWords, rowFieldWords } from './conflict-words.ts';

export function RowHistory({ history }: { history: readonly ReviewChange[] }) {
  return (
    <section aria-label={text('conflicts:history')}>
      <h3>{text('conflicts:history')}</h3>
      <ol className={entries.entries}>
        {history.map(({ pull, at, kinds, fields }) => (
          <li key={`${pull} ${kinds.join(' ')}`} className={entries.entry}>
            <p>
              <InstantText instant={at} precision="second" withOffset /> ·{' '}
              {kinds.map((kind) => rowChangeWords[kind]).join(', ')}
            </p>
            {fields.length > 0 && (
              <ul>
                {fields.map(({ field, before, after }) => (
                  <li key={field}>
                    {rowFieldWords[field]}:{' '}
                    <ChangedValue
                      field={field}
                      name={text('conflicts:valueBefore', { field: rowFieldWords[field] })}
                      value={before}
                    />{' '}
                    →{' '}
                    <ChangedValue
                      field={field}
                      name={text('conflicts:valueAfter', { field: rowFieldWords[field] })}
                      value={after}
                    />
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
