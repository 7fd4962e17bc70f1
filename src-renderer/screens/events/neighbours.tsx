// What the same actor did just before and just after.
import { useQuery } from '@tanstack/react-query';
import type { AuditEvent } from '#shared/model/audit-event.ts';
import { Verbatim } from '../../components/verbatim.tsx';
import { useApi } from '../../domain/api.ts';
import { InstantText } from '../../domain/instant.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { text } from '../../texts/text.ts';
import styles from './event-detail.module.css';

const toEachSide = 5;
const mostInLine = 60;

type NeighboursProps = { event: AuditEvent; onOpen: (event: AuditEvent) => void };

export function Neighbours({ event, onOpen }: NeighboursProps) {
  const { orpc } = useApi();
  const { actor, sourceAccount, createdAt } = event;
  const whose = { actor, sourceAccount };
  const older = useQuery(
    orpc.browser.events.queryOptions({ input: { ...whose, at: createdAt, limit: toEachSide + 1 } }),
  );
  const after = older.data?.newer ?? null;
  const newer = useQuery(
    orpc.browser.events.queryOptions({
      input: { ...whose, after: after ?? '', limit: toEachSide },
      enabled: after !== null,
    }),
  );
  const listed = [...(after === null ? [] : (newer.data?.events ?? [])), ...(older.data?.events ?? [])];
  const isWhole = older.data !== undefined && (after === null || newer.data !== undefined);
  return (
    <section aria-label={text('events:neighbours.label')}>
      <h3>{text('events:neighbours.label')}</h3>
      <p className={styles.note}>{text('events:neighbours.order')}</p>
      <ProblemNotice error={older.error ?? newer.error} />
      {!isWhole && older.error === null && <p className={styles.note}>{text('events:reading')}</p>}
      {isWhole && (
        <ol className={styles.neighbours}>
          {listed.map((one) => (
            <li key={one.id}>
              <button
                type="button"
                className={styles.neighbour}
                aria-current={one.id === event.id ? 'true' : undefined}
                onClick={() => onOpen(one)}
              >
                <InstantText instant={one.createdAt} precision="second" />
                <span className={styles.did}>
                  <Verbatim value={one.action} most={mostInLine} />
                  {one.resourceId !== null && one.resourceId !== '' && (
                    <>
                      {' · '}
                      <Verbatim value={one.resourceId} most={mostInLine} />
                    </>
                  )}
                </span>
              </button>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
