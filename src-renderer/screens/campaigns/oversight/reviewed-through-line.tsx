// Up to where the log was reviewed without a gap, and what is missing after that.
import { CircleCheck } from 'lucide-react';
import type { ReviewedThrough } from '#shared/model/daily-review.ts';
import { InstantText } from '../../../domain/instant.tsx';
import { Rich } from '../../../texts/rich.tsx';
import { text } from '../../../texts/text.ts';
import styles from './daily-section.module.css';

const mostStretches = 3;

export function ReviewedThroughLine({ watermark }: { watermark: ReviewedThrough | null }) {
  if (watermark === null)
    return (
      <div className={styles.through}>
        <p className={styles.mark}>{text('campaignOversight:daily.none')}</p>
        <p className={styles.note}>{text('campaignOversight:daily.noneMeaning')}</p>
      </div>
    );
  const { since, through, missing } = watermark;
  return (
    <div className={styles.through}>
      <p className={styles.mark}>
        <CircleCheck className={styles.good} size={18} aria-hidden="true" />
        <Rich of="campaignOversight:daily.through" parts={{ through: <InstantText instant={through} /> }} />
      </p>
      <p className={styles.note}>
        <Rich of="campaignOversight:daily.since" parts={{ since: <InstantText instant={since} /> }} />
      </p>
      {missing.length > 0 && (
        <>
          <p className={styles.note}>{text('campaignOversight:daily.missing', { count: missing.length })}</p>
          <ul className={styles.note}>
            {missing.slice(0, mostStretches).map(({ from, to }) => (
              <li key={from}>
                <Rich
                  of="campaignOversight:daily.stretch"
                  parts={{ from: <InstantText instant={from} />, to: <InstantText instant={to} /> }}
                />
              </li>
            ))}
            {missing.length > mostStretches && <li>…</li>}
          </ul>
        </>
      )}
    </div>
  );
}
