// The formula of a finding, step by step with its numbers.
import type { Finding } from '#shared/model/finding.ts';
import { formatMeasure } from '../../domain/count-words.ts';
import { text } from '../../texts/text.ts';
import styles from './finding-formula.module.css';
import { areSound, formulaLines } from './formula-lines.ts';

/** Below this a share is written as the power of ten it was worked out as. */
const leastInDigits = 1e-3;

export function FindingFormula({ finding }: { finding: Finding }) {
  const lines = formulaLines(finding);
  if (lines.length === 0) return null;
  return (
    <section aria-label={text('findings:formula.title')}>
      <h3>{text('findings:formula.title')}</h3>
      <dl className={styles.lines}>
        {lines.map(({ name, general, filled, result }) => (
          <div key={name} className={styles.line}>
            <dt>{name}</dt>
            <dd>
              <span className={styles.general}>{general}</span>
              <span className={styles.filled} title={String(result)}>
                = {filled}
                {isWorthWriting(result) && ` = `}
                {isWorthWriting(result) && <strong>{formatMeasure(result)}</strong>}
              </span>
            </dd>
          </div>
        ))}
      </dl>
      <p className={styles.note}>
        {text(areSound(lines) ? 'findings:formula.recomputed' : 'findings:formula.deviates')}{' '}
        {text('findings:formula.listedFrom', { threshold: formatMeasure(finding.threshold) })}
      </p>
    </section>
  );
}

const isWorthWriting = (result: number) => Math.abs(result) >= leastInDigits || result === 0;
