// Rows of a redacted pack as they read there, to choose from.
import type { RedactedRow, RedactedRows } from '#shared/model/redaction.ts';
import { countWords } from '../../domain/count-words.ts';
import { placeKey, placeWords, shortTokens, type ChosenRows } from './reveal-choice.ts';
import styles from './reveal-rows.module.css';

type RevealRowsProps = {
  found: RedactedRows;
  chosen: ChosenRows;
  onToggle: (row: RedactedRow) => void;
};

export function RevealRows({ found: { matching, rows }, chosen, onToggle }: RevealRowsProps) {
  const isCut = rows.length < matching;
  return (
    <>
      <output className={styles.note}>
        {countWords(matching, 'row')} with hidden values
        {isCut && `; the first ${rows.length} are listed, find others by text`}
        {chosen.size > 0 && `; ${countWords(chosen.size, 'row')} chosen`}
      </output>
      <ul className={styles.rows} aria-label="Rows with hidden values">
        {rows.map((row) => (
          <li key={placeKey(row)}>
            <label className={styles.row}>
              <input
                type="checkbox"
                aria-label={`${placeWords(row)}, ${countWords(row.tokens, 'hidden value')}`}
                checked={chosen.has(placeKey(row))}
                onChange={() => onToggle(row)}
              />
              <span className={styles.text}>
                <span className={styles.place}>
                  {placeWords(row)} · {countWords(row.tokens, 'hidden value')}
                </span>
                <code className={styles.content}>{shortTokens(row.text)}</code>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </>
  );
}
