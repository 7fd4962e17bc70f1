// The days looked at, and the earlier ones they are compared with.
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { isBackwards, periodBefore } from '../../domain/period.ts';
import { inZone } from '../../domain/zoned-time.ts';
import { useStatus } from '../../domain/workspace-status.ts';
import { allTime, useHeatmapView, type Period } from '../../state/heatmap-view.ts';
import { text } from '../../texts/text.ts';
import styles from './heatmap-screen.module.css';

const comparedDays = 14;
const dayMs = 86_400_000;

export function PeriodFields() {
  const { view, period, before, choose } = useHeatmapView();
  const lastDay = useLastDay();
  const compare = () => {
    const now = period.from === '' || period.to === '' ? lastDays(lastDay) : period;
    choose({ period: now, before: periodBefore(now) });
  };
  return (
    <>
      <Ends
        value={period}
        labels={[text('heatmap:period.from'), text('heatmap:period.to')]}
        onChange={(next) => choose({ period: next })}
      />
      {view === 'week' && (
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={before !== null}
            onChange={() => (before === null ? compare() : choose({ before: null }))}
          />
          {text('heatmap:period.compare')}
        </label>
      )}
      {view === 'week' && before !== null && (
        <Ends
          value={before}
          labels={[text('heatmap:period.beforeFrom'), text('heatmap:period.beforeTo')]}
          onChange={(next) => choose({ before: next })}
        />
      )}
      {(period !== allTime || before !== null) && (
        <Button size="small" weight="quiet" onClick={() => choose({ period: allTime, before: null })}>
          {text('heatmap:period.reset')}
        </Button>
      )}
    </>
  );
}

type EndsProps = { value: Period; labels: readonly [string, string]; onChange: (period: Period) => void };

function Ends({ value, labels: [from, to], onChange }: EndsProps) {
  return (
    <>
      <TextField
        type="date"
        label={from}
        value={value.from}
        onChange={(event) => onChange({ ...value, from: event.target.value })}
      />
      <TextField
        type="date"
        label={to}
        value={value.to}
        error={isBackwards(value) ? text('heatmap:period.backwards') : null}
        onChange={(event) => onChange({ ...value, to: event.target.value })}
      />
    </>
  );
}

/** The last whole local day before the as-of. */
function useLastDay(): string {
  const { lastRefresh, connection, now } = useStatus();
  const asOf = Date.parse(lastRefresh?.asOf ?? now) - dayMs;
  return inZone(new Date(asOf).toISOString(), connection?.zone ?? 'UTC').slice(0, 10);
}

function lastDays(to: string): Period {
  const from = new Date(Date.parse(`${to}T00:00:00Z`) - (comparedDays - 1) * dayMs);
  return { from: from.toISOString().slice(0, 10), to };
}
