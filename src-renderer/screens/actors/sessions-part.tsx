// The runs of events an actor worked in, newest first, a page at a time.
import { useInfiniteQuery } from '@tanstack/react-query';
import { parseInstant } from '#shared/time/instant.ts';
import { Button } from '../../components/button.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { useApi } from '../../domain/api.ts';
import { durationWords } from '../../domain/duration-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import type { ActorInView } from '../../state/actors-view.ts';
import { text } from '../../texts/text.ts';
import styles from './actor-profile-pane.module.css';

const sessionsAtOnce = 10;
const mostInCell = 40;

export function SessionsPart({ whom }: { whom: ActorInView }) {
  const { orpc } = useApi();
  const pages = useInfiniteQuery(
    orpc.profile.sessions.infiniteOptions({
      input: (offset: number) => ({ ...whom, limit: sessionsAtOnce, offset }),
      initialPageParam: 0,
      getNextPageParam: (page, all) => {
        const read = all.reduce((sum, { sessions }) => sum + sessions.length, 0);
        return read < page.total && page.sessions.length > 0 ? read : null;
      },
    }),
  );
  const title = text('actors:sessions.title');
  const [first] = pages.data?.pages ?? [];
  const sessions = pages.data?.pages.flatMap((page) => page.sessions) ?? [];
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <ProblemNotice error={pages.error} />
      {pages.isPending && <p className={styles.note}>{text('actors:sessions.reading')}</p>}
      {first !== undefined && (
        <p className={styles.note}>
          {text('actors:sessions.count', { count: first.total })} {first.rule}
        </p>
      )}
      {sessions.length > 0 && (
        <table className={styles.table} aria-label={title}>
          <thead>
            <tr>
              <th scope="col">{text('actors:sessions.start')}</th>
              <th scope="col">{text('actors:sessions.length')}</th>
              <th scope="col" className={styles.count}>
                {text('actors:value.events')}
              </th>
              <th scope="col">{text('actors:sessions.what')}</th>
              <th scope="col">{text('actors:sessions.from')}</th>
            </tr>
          </thead>
          <tbody>
            {sessions.map(({ start, end, events, actions, otherActions, addresses, otherAddresses }) => (
              <tr key={start}>
                <th scope="row" className={styles.time}>
                  <InstantText instant={start} />
                </th>
                <td className={styles.time}>
                  {durationWords((parseInstant(end) - parseInstant(start)) / 1000)}
                </td>
                <td className={styles.count}>{text('actors:number', { count: events })}</td>
                <td>
                  <Several values={actions.map(({ action }) => action)} others={otherActions} />
                </td>
                <td className={styles.address}>
                  <Several values={addresses} others={otherAddresses} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {pages.hasNextPage && (
        <Button
          size="small"
          weight="quiet"
          disabled={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {text('actors:sessions.older')}
        </Button>
      )}
    </section>
  );
}

const namedInCell = 2;

function Several({ values, others }: { values: readonly string[]; others: number }) {
  const more = others + Math.max(0, values.length - namedInCell);
  return (
    <>
      {values.length === 0 && <Verbatim value={null} missing={text('actors:notRecorded')} />}
      {values.slice(0, namedInCell).map((value, place) => (
        <span key={value}>
          {place > 0 && ', '}
          <Verbatim value={value} most={mostInCell} missing={text('actors:notStated')} />
        </span>
      ))}
      {more > 0 && ` ${text('actors:sessions.more', { count: more })}`}
    </>
  );
}
