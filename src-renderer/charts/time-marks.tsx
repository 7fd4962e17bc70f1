// Dated marks along a line of days: circles for what is to come, squares for what is late. A list beside it says the same in words.
import { dayScale, placedMarks, type TimeMark } from './time-marks-layout.ts';
import styles from './time-marks.module.css';

/** Places are shares of the width, in percent. */
const full = 100;
const rise = 12;
const most = 4;
/** Closer to an edge or to today, words would not fit. */
const room = 8;

type TimeMarksProps = {
  label: string;
  span: { from: string; to: string };
  now: { date: string; words: string };
  ticks: readonly { date: string; words: string }[];
  marks: readonly TimeMark[];
};

export function TimeMarks({ label, span, now, ticks, marks }: TimeMarksProps) {
  const at = dayScale(span, full);
  const today = at(now.date);
  return (
    <figure className={styles.figure} aria-label={label}>
      <div className={styles.field} aria-hidden="true">
        <span className={styles.past} style={{ width: `${today}%` }} />
        <span className={styles.now} style={{ left: `${today}%` }} />
        {placedMarks(marks, span, full, most).map(({ id, x, level, isLate, title }) => (
          <span
            key={id}
            className={isLate ? styles.late : styles.mark}
            style={{ left: `${x}%`, bottom: `${5 + level * rise}px` }}
            title={title}
          />
        ))}
      </div>
      <div className={styles.words} aria-hidden="true">
        <span className={styles.nowWords} style={{ left: `${today}%` }}>
          {now.words}
        </span>
        {ticks
          .filter(({ date }) => at(date) - today > room && at(date) < full - room)
          .map(({ date, words }) => (
            <span key={date} className={styles.tick} style={{ left: `${at(date)}%` }}>
              {words}
            </span>
          ))}
      </div>
    </figure>
  );
}
