// The numbers of one person: a figure each, a bar where it is a share.
import type { ReviewerCourse } from '#shared/model/campaign-indicators.ts';
import { Bar } from '../../../charts/bar.tsx';
import { formatCount, formatMeasure } from '../../../domain/count-words.ts';
import { durationWords } from '../../../domain/duration-words.ts';
import { text } from '../../../texts/text.ts';
import styles from './people-section.module.css';

const names = ['bulkShare', 'largestBulk', 'median', 'mostInAMinute', 'opened', 'certified'] as const;
type Indicator = (typeof names)[number];

export function IndicatorTiles({ course }: { course: ReviewerCourse }) {
  return (
    <dl className={styles.tiles}>
      {names.map((name) => {
        const share = shareOf(name, course);
        return (
          <div key={name} className={styles.tile} title={text(`campaignOversight:people.${name}Meaning`)}>
            <dt>{text(`campaignOversight:people.${name}`)}</dt>
            <dd>
              <span className={styles.value}>{wordsOf(name, course)}</span>
              {share !== null && <Bar length={share * 100} tone={name === 'bulkShare' ? 'high' : 'accent'} />}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function shareOf(name: Indicator, course: ReviewerCourse): number | null {
  if (name === 'bulkShare') return course.bulkShare;
  if (name === 'opened') return course.openedShare;
  return name === 'certified' ? course.certifiedShare : null;
}

const percent = (share: number): string => `${formatCount(Math.round(share * 100))} %`;

function wordsOf(name: Indicator, course: ReviewerCourse): string {
  const share = shareOf(name, course);
  if (share !== null) return percent(share);
  if (name === 'largestBulk') return course.largestBulk === 0 ? '–' : formatCount(course.largestBulk);
  if (name === 'mostInAMinute') return formatCount(course.mostInAMinute);
  return course.medianDwellMs === null
    ? text('campaignOversight:people.unknown')
    : timeWords(course.medianDwellMs);
}

const minuteMs = 60_000;

const timeWords = (ms: number): string =>
  ms < minuteMs
    ? text('campaignOversight:people.seconds', { value: formatMeasure(Math.round(ms / 100) / 10) })
    : durationWords(ms);

/** Says of each number what it is, once for all people. */
export function Meanings() {
  return (
    <details className={styles.meanings} open>
      <summary>{text('campaignOversight:people.meanings')}</summary>
      <dl>
        {names.map((name) => (
          <div key={name}>
            <dt>{text(`campaignOversight:people.${name}`)}</dt>
            <dd>{text(`campaignOversight:people.${name}Meaning`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
