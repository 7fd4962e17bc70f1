// Findings by severity: icon, word, colour and number together.
import { severities } from '#shared/model/severity.ts';
import type { WorkspaceStatus } from '#shared/model/workspace.ts';
import { Bar } from '../../charts/bar.tsx';
import { barLengths } from '../../charts/bar-lengths.ts';
import { Button } from '../../components/button.tsx';
import { Panel } from '../../components/panel.tsx';
import { formatCount } from '../../domain/count-words.ts';
import { SeverityMark } from '../../domain/severity-mark.tsx';
import { text } from '../../texts/text.ts';
import styles from './severity-panel.module.css';

export function SeverityPanel({ status, onFindings }: { status: WorkspaceStatus; onFindings: () => void }) {
  const rows = severities.toReversed().map((severity) => ({
    severity,
    ...(status.findingsBySeverity.find((entry) => entry.severity === severity) ?? { open: 0, total: 0 }),
  }));
  const lengths = barLengths(
    rows.map((row) => row.open),
    100,
  );
  return (
    <Panel
      title={text('overview:severity.title')}
      actions={
        <Button size="small" weight="quiet" onClick={onFindings}>
          {text('overview:severity.all')}
        </Button>
      }
    >
      <ul className={styles.rows}>
        {rows.map((row, index) => (
          <li key={row.severity} className={styles.row}>
            <SeverityMark severity={row.severity} />
            <Bar length={lengths[index] ?? 0} tone={row.severity} />
            <span className={styles.count}>{formatCount(row.open)}</span>
            <span className={styles.total}>{text('overview:severity.of', { count: row.total })}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
