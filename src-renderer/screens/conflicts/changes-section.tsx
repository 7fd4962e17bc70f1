// What changed since ours was made: each field as it was shown then, beside what it is now.
import type { ReactNode } from 'react';
import { text } from '../../texts/text.ts';
import styles from './conflict-detail.module.css';

type ChangesSectionProps<Field extends string, Change extends { field: Field }> = {
  title: string;
  /** Null when the row is no longer shown, so that nothing can be compared. */
  changes: readonly Change[] | null;
  /** What is said when nothing changed. */
  unchanged: string;
  fieldWords: Readonly<Record<Field, string>>;
  /** @param name what the value is called when it is read out */
  renderValue: (change: Change, when: 'shown' | 'now', name: string) => ReactNode;
};

export function ChangesSection<Field extends string, Change extends { field: Field }>({
  title,
  changes,
  unchanged,
  fieldWords,
  renderValue,
}: ChangesSectionProps<Field, Change>) {
  return (
    <section aria-label={text('conflicts:changes.label')}>
      <h3>{title}</h3>
      {changes === null && <p>{text('conflicts:changes.gone')}</p>}
      {changes?.length === 0 && <p>{unchanged}</p>}
      {changes !== null && changes.length > 0 && (
        <table className={styles.changes}>
          <thead>
            <tr>
              <th scope="col">{text('conflicts:changes.field')}</th>
              <th scope="col">{text('conflicts:changes.then')}</th>
              <th scope="col">{text('conflicts:changes.now')}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map((change) => (
              <tr key={change.field}>
                <th scope="row">{fieldWords[change.field]}</th>
                <td>
                  {renderValue(
                    change,
                    'shown',
                    text('conflicts:valueThen', { field: fieldWords[change.field] }),
                  )}
                </td>
                <td>
                  {renderValue(
                    change,
                    'now',
                    text('conflicts:valueNow', { field: fieldWords[change.field] }),
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
