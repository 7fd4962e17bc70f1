// A small heatmap for each of the most frequent actions, all on one scale or each on its own.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { heatPaint } from '../../charts/heat-colour.ts';
import { CountLegend } from '../../charts/heat-legend.tsx';
import { hourOfWeekWords } from '../../charts/hours-of-week.ts';
import { MiniWeek } from '../../charts/mini-week.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { useApi } from '../../domain/api.ts';
import { boundsOf, isBackwards } from '../../domain/period.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useStatus } from '../../domain/workspace-status.ts';
import { useHeatmapView } from '../../state/heatmap-view.ts';
import { useTheme } from '../../state/theme.ts';
import { text } from '../../texts/text.ts';
import styles from './actions-view.module.css';
import shared from './heatmap-screen.module.css';

const actionsShown = 24;

export function ActionsView() {
  const { orpc } = useApi();
  const { actor, period, scale, show } = useHeatmapView();
  const { connection } = useStatus();
  const theme = useTheme((state) => state.theme);
  const query = useQuery(
    orpc.activity.actionWeeks.queryOptions({
      input: {
        top: actionsShown,
        ...boundsOf(period, connection?.zone ?? 'UTC'),
        ...(actor === null ? {} : { actor }),
      },
      placeholderData: keepPreviousData,
      enabled: !isBackwards(period),
    }),
  );
  if (query.isError) return <ProblemNotice error={query.error} />;
  if (query.data === undefined) return <EmptyState title={text('heatmap:loading')} />;
  const { actions, total, otherActions, otherTotal, zone } = query.data;
  if (actions.length === 0) return <EmptyState title={text('heatmap:none')} />;
  const highest = Math.max(...actions.flatMap(({ counts }) => counts));
  const paint = heatPaint(theme, scale, highest);
  return (
    <>
      <div className={shared.line}>
        <p className={shared.note}>
          {text('heatmap:summaryActions', {
            events: text('heatmap:events', { count: total }),
            actions: text('heatmap:actions', { count: actions.length + otherActions }),
            zone,
          })}{' '}
          {otherActions > 0 &&
            text('heatmap:otherActions', {
              events: text('heatmap:events', { count: otherTotal }),
              actions: text('heatmap:actions', { count: otherActions }),
            })}
        </p>
        <CountLegend scale={scale} highest={highest} hasGaps={false} paint={paint} />
      </div>
      <ul className={styles.multiples}>
        {actions.map(({ action, total: events, counts }) => (
          <li key={action}>
            <button
              type="button"
              className={styles.multiple}
              title={text('heatmap:openAction', { action: visibleText(action) })}
              onClick={() => show('week', { action })}
            >
              <span className={styles.name}>
                <Verbatim value={action} />
              </span>
              <span className={styles.count}>{text('heatmap:events', { count: events })}</span>
              <MiniWeek
                counts={counts}
                paint={paint}
                label={text('heatmap:multiple', {
                  hour: hourOfWeekWords(counts.indexOf(Math.max(...counts))),
                })}
              />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
