// What the actor of a finding usually does, and what else stands out about them.
import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import type { FindingContext } from '#shared/model/decision-context.ts';
import type { Finding } from '#shared/model/finding.ts';
import { hourOfWeekIn, microsecondsPerSlot } from '#shared/time/hour-of-week.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { DayColumns } from '../../charts/day-columns.tsx';
import { DayLegend } from '../../charts/day-legend.tsx';
import { heatPaint } from '../../charts/heat-colour.ts';
import { hourOfWeekWords } from '../../charts/hours-of-week.ts';
import { MiniWeek } from '../../charts/mini-week.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { useApi } from '../../domain/api.ts';
import { countWords } from '../../domain/count-words.ts';
import { useDetectorTitles } from '../../domain/detector-titles.ts';
import { InstantText } from '../../domain/instant.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { SeverityMark } from '../../domain/severity-mark.tsx';
import { useSelection } from '../../state/selection.ts';
import { useTheme } from '../../state/theme.ts';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import styles from './finding-usual.module.css';

const mostOfAction = 40;
const mostOthers = 6;

export function FindingUsual({ finding }: { finding: Finding }) {
  const { orpc } = useApi();
  const context = useQuery(orpc.context.finding.queryOptions({ input: { id: finding.id } }));
  return (
    <section aria-label={text('findings:usual.title')}>
      <h3>{text('findings:usual.title')}</h3>
      <ProblemNotice error={context.error} />
      {context.isPending && <p className={styles.words}>{text('findings:usual.reading')}</p>}
      {context.data && (
        <>
          <Words context={context.data} />
          <Days context={context.data} />
          <Weeks context={context.data} at={finding.start} />
          <Others context={context.data} />
        </>
      )}
    </section>
  );
}

function Words({ context: { usual, action } }: { context: FindingContext }) {
  const gaps = { all: countWords(usual.total, 'event'), days: usual.days.length };
  return (
    <p className={styles.words}>
      {action === '' ? (
        text('findings:usual.wordsAll', gaps)
      ) : (
        <Rich
          of="findings:usual.words"
          values={{ ...gaps, same: usual.sameTotal }}
          parts={{ action: <Verbatim value={action} most={mostOfAction} /> }}
        />
      )}{' '}
      {usual.firstSeen !== null && (
        <Rich of="findings:usual.firstSeen" parts={{ first: <InstantText instant={usual.firstSeen} /> }} />
      )}
    </p>
  );
}

function Days({ context: { usual, action } }: { context: FindingContext }) {
  return (
    <>
      <DayColumns
        days={usual.days}
        label={text('findings:usual.chart', { days: usual.days.length })}
        titleOf={({ day, all, same }) =>
          all === null
            ? text('findings:usual.dayGap', { day })
            : text('findings:usual.day', { day, all, same: same ?? 0 })
        }
      />
      <DayLegend
        keys={[
          { of: 'all', isDrawn: action !== '', words: text('findings:usual.keyAll') },
          {
            of: 'same',
            words:
              action === '' ? text('findings:usual.keyAll') : <Verbatim value={action} most={mostOfAction} />,
          },
          {
            of: 'gap',
            isDrawn: usual.days.some(({ all }) => all === null),
            words: text('findings:usual.keyGap'),
          },
        ]}
      />
    </>
  );
}

function Weeks({ context: { usual, action }, at }: { context: FindingContext; at: string }) {
  const marked = useMemo(
    () => hourOfWeekIn(usual.zone)(Math.floor(parseInstant(at) / microsecondsPerSlot)),
    [at, usual.zone],
  );
  const all = text('findings:usual.allActions');
  return (
    <div className={styles.weeks}>
      <Week name={all} counts={usual.week} marked={marked} caption={all} />
      {action !== '' && (
        <Week
          name={visibleText(action)}
          counts={usual.sameWeek}
          marked={marked}
          caption={<Verbatim value={action} most={mostOfAction} />}
        />
      )}
    </div>
  );
}

type WeekProps = { name: string; counts: readonly number[]; marked: number; caption: ReactNode };

function Week({ name, counts, marked, caption }: WeekProps) {
  const theme = useTheme((state) => state.theme);
  const paint = useMemo(() => heatPaint(theme, 'log', Math.max(0, ...counts)), [theme, counts]);
  const label = text('findings:usual.week', {
    name,
    count: counts[marked] ?? 0,
    hour: hourOfWeekWords(marked),
  });
  return (
    <div>
      <p className={styles.caption}>{caption}</p>
      <MiniWeek counts={counts} paint={paint} marked={marked} label={label} />
    </div>
  );
}

/** Open findings about the same actor, each a way to it. */
function Others({ context }: { context: FindingContext }) {
  const titleOf = useDetectorTitles();
  const select = useSelection((state) => state.select);
  const others = context.openFindings.filter(({ id }) => id !== context.finding);
  const isCounted = others.length < context.openFindings.length;
  const left = context.openFindingsTotal - Number(isCounted) - Math.min(mostOthers, others.length);
  if (others.length === 0) return null;
  return (
    <>
      <h4 className={styles.others}>{text('findings:usual.others')}</h4>
      <ul className={styles.list}>
        {others.slice(0, mostOthers).map((other) => (
          <li key={other.id}>
            <button type="button" className={styles.other} onClick={() => select('findings', other.id)}>
              <SeverityMark severity={other.severity} />
              <span className={styles.what}>
                {titleOf(other.detector)}
                {other.action !== '' && (
                  <>
                    {' · '}
                    <Verbatim value={other.action} most={mostOfAction} />
                  </>
                )}
              </span>
              <InstantText instant={other.start} />
            </button>
          </li>
        ))}
      </ul>
      {left > 0 && <p className={styles.words}>{text('findings:usual.othersMore', { count: left })}</p>}
    </>
  );
}
