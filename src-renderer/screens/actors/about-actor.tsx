// What was made of an actor’s doing: findings about them, and review items with the decisions on them.
import type { ActorProfile } from '#shared/model/actor-profile.ts';
import type { Review } from '#shared/model/review.ts';
import { Chip } from '../../components/chip.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { DecisionMark } from '../../domain/decision-mark.tsx';
import { useDetectorTitles } from '../../domain/detector-titles.ts';
import { InstantText } from '../../domain/instant.tsx';
import { SeverityMark } from '../../domain/severity-mark.tsx';
import { useFindingsView } from '../../state/findings-view.ts';
import { useQueueView } from '../../state/queue-view.ts';
import { useSelection } from '../../state/selection.ts';
import { text } from '../../texts/text.ts';
import styles from './actor-profile-pane.module.css';
import type { ProfileTarget } from './profile-target.ts';

const mostInCell = 60;

type AboutProps = { profile: ActorProfile; onGoTo: (target: ProfileTarget) => void };

export function FindingsAbout({ profile: { findings, findingsTotal }, onGoTo }: AboutProps) {
  const titleOf = useDetectorTitles();
  const title = text('actors:findings.title');
  const open = (finding: string) => {
    const view = useFindingsView.getState();
    view.setStatus('all');
    view.setDetector('');
    view.setGrouping('finding');
    useSelection.getState().select('findings', finding);
    onGoTo('findings');
  };
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <p className={styles.note}>{text('actors:findings.count', { count: findingsTotal })}</p>
      {findings.length > 0 && (
        <table className={styles.table} aria-label={title}>
          <thead>
            <tr>
              <th scope="col">{text('actors:findings.severity')}</th>
              <th scope="col">{text('actors:findings.what')}</th>
              <th scope="col">{text('actors:findings.when')}</th>
              <th scope="col">{text('actors:findings.became')}</th>
            </tr>
          </thead>
          <tbody>
            {findings.map(({ id, severity, detector, action, start, disposition }) => (
              <tr key={id}>
                <td>
                  <SeverityMark severity={severity} />
                </td>
                <th scope="row">
                  <button type="button" className={styles.link} onClick={() => open(id)}>
                    {titleOf(detector)}
                    {action !== '' && (
                      <>
                        {' · '}
                        <Verbatim value={action} most={mostInCell} />
                      </>
                    )}
                  </button>
                </th>
                <td className={styles.time}>
                  <InstantText instant={start} />
                </td>
                <td>
                  <Chip>{text(`actors:findings.states.${disposition ?? 'open'}`)}</Chip>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <NotListed listed={findings.length} total={findingsTotal} />
    </section>
  );
}

export function ReviewsAbout({ profile: { reviews, reviewsTotal }, onGoTo }: AboutProps) {
  const title = text('actors:reviews.title');
  const open = (review: string) => {
    useQueueView.getState().setFilter('all');
    useQueueView.getState().setText('');
    useSelection.getState().select('queue', review);
    onGoTo('queue');
  };
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <p className={styles.note}>{text('actors:reviews.count', { count: reviewsTotal })}</p>
      {reviews.length > 0 && (
        <table className={styles.table} aria-label={title}>
          <thead>
            <tr>
              <th scope="col">{text('actors:reviews.what')}</th>
              <th scope="col">{text('actors:reviews.when')}</th>
              <th scope="col">{text('actors:reviews.due')}</th>
              <th scope="col">{text('actors:reviews.became')}</th>
            </tr>
          </thead>
          <tbody>
            {reviews.map((review) => (
              <tr key={review.id}>
                <th scope="row">
                  <button type="button" className={styles.link} onClick={() => open(review.id)}>
                    <Verbatim value={review.action} most={mostInCell} />
                  </button>
                </th>
                <td className={styles.time}>
                  <InstantText instant={review.createdAt} />
                </td>
                <td className={styles.time}>
                  {review.dueText === undefined ? (
                    <InstantText instant={review.dueAt} />
                  ) : (
                    <Verbatim value={review.dueText} missing={text('actors:notRecorded')} />
                  )}
                </td>
                <td>
                  <Standing review={review} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <NotListed listed={reviews.length} total={reviewsTotal} />
    </section>
  );
}

function Standing({ review }: { review: Review }) {
  if (review.decision !== null) return <DecisionMark decision={review.decision} />;
  return <Chip>{text(`actors:reviews.states.${review.status}`)}</Chip>;
}

function NotListed({ listed, total }: { listed: number; total: number }) {
  if (listed >= total) return null;
  return <p className={styles.note}>{text('actors:notListed', { count: total - listed })}</p>;
}
