// Rows of a redacted pack as they read there, to choose from.
import type { RedactedRow, RedactedRows } from '#shared/model/redaction.ts';
import { countWords } from '../../domain/count-words.ts';
import { text } from '../../texts/text.ts';
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
        {[
          text('evidence:reveal.matching', { count: matching }),
          ...(isCut ? [text('evidence:reveal.cut', { count: rows.length })] : []),
          ...(chosen.size > 0 ? [text('evidence:reveal.chosen', { count: chosen.size })] : []),
        ].join('; ')}
      </output>
      <ul className={styles.rows} aria-label={text('evidence:reveal.rows')}>
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
