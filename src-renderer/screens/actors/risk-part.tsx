// An actor’s risk, day by day, and the findings it is made of.
import type { ActorProfile } from '#shared/model/actor-profile.ts';
import type { ActorRisk } from '#shared/model/story.ts';
import { insiderBands, severityInBands } from '#shared/model/severity.ts';
import { DayCourseChart } from '../../charts/day-course-chart.tsx';
import { ScrollRegion } from '../../components/scroll-region.tsx';
import { formatMeasure } from '../../domain/count-words.ts';
import { useDetectorTitles } from '../../domain/detector-titles.ts';
import { SeverityMark } from '../../domain/severity-mark.tsx';
import { useZone } from '../../domain/workspace-status.ts';
import { inZone } from '../../domain/zoned-time.ts';
import { text } from '../../texts/text.ts';
import styles from './actor-profile-pane.module.css';

const mostListed = 5;

export function RiskPart({ profile: { risk } }: { profile: ActorProfile }) {
  return (
    <section aria-label={text('actors:risk.title')}>
      <h3>{text('actors:risk.title')}</h3>
      {risk === null ? <p className={styles.note}>{text('actors:risk.none')}</p> : <Course risk={risk} />}
    </section>
  );
}

function Course({ risk }: { risk: ActorRisk }) {
  const zone = useZone();
  const titleOf = useDetectorTitles();
  const { score, history, contributions, halfLifeDays, at } = risk;
  const scores = [...history, { day: inZone(at, zone).slice(0, 10), score }];
  const highest = scores.reduce((most, one) => (one.score > most.score ? one : most));
  const alert = severityInBands(score, insiderBands);
  const words = text('actors:risk.words', {
    score: formatMeasure(score),
    highest: formatMeasure(highest.score),
    day: highest.day,
    halfLife: halfLifeDays,
  });
  return (
    <>
      <p>
        {alert !== null && <SeverityMark severity={alert} />} {words}
      </p>
      <DayCourseChart scores={scores} label={text('actors:risk.chart', { days: history.length })} />
      <table className={styles.table} aria-label={text('actors:risk.madeOf')}>
        <thead>
          <tr>
            <th scope="col">{text('actors:risk.madeOf')}</th>
            <th scope="col" className={styles.count}>
              {text('actors:risk.points')}
            </th>
          </tr>
        </thead>
        <tbody>
          {contributions.slice(0, mostListed).map(({ finding, detector, points }) => (
            <tr key={finding}>
              <th scope="row">{titleOf(detector)}</th>
              <td className={styles.count} title={String(points)}>
                {formatMeasure(points)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {contributions.length > mostListed && (
        <p className={styles.note}>
          {text('actors:risk.others', { count: contributions.length - mostListed })}
        </p>
      )}
      <details className={styles.details}>
        <summary>{text('actors:risk.asTable')}</summary>
        <ScrollRegion label={text('actors:risk.asTable')} height="small">
          <table className={styles.table} aria-label={text('actors:risk.asTable')}>
            <thead>
              <tr>
                <th scope="col">{text('actors:risk.day')}</th>
                <th scope="col" className={styles.count}>
                  {text('actors:risk.score')}
                </th>
              </tr>
            </thead>
            <tbody>
              {scores.toReversed().map((one, place) => (
                <tr key={place === 0 ? 'now' : one.day}>
                  <th scope="row">{place === 0 ? text('actors:risk.now') : one.day}</th>
                  <td className={styles.count}>{formatMeasure(one.score)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      </details>
    </>
  );
}
