// Every change of what is looked for, with who and why, and on demand with what exactly it changed.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { detectionSettings } from '#shared/model/detection.ts';
import type { LedgerLine } from '#shared/model/ledger.ts';
import { visibleText } from '../../components/visible-text.ts';
import { useApi } from '../../domain/api.ts';
import { ChangeHistory } from '../../domain/change-history.tsx';
import { useDetectorTitles } from '../../domain/detector-titles.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { text } from '../../texts/text.ts';
import { detectionDifferences } from './detection-differences.ts';
import styles from './detection-panel.module.css';

export function DetectionHistory() {
  return <ChangeHistory types={['detection-changed', 'configuration-changed']} detailOf={differencesOf} />;
}

function differencesOf(line: LedgerLine): ReactNode {
  return line.type === 'detection-changed' ? <Differences line={line} /> : null;
}

function Differences({ line }: { line: LedgerLine }) {
  const { orpc } = useApi();
  const titleOf = useDetectorTitles();
  const [isOpen, setIsOpen] = useState(false);
  const detail = useQuery(
    orpc.ledger.entry.queryOptions({ input: { seq: line.seq }, enabled: isOpen, staleTime: Infinity }),
  );
  const payload = detail.data?.entry.payload;
  const [before, after] = [payload?.['before'], payload?.['after']].map(
    (settings) => detectionSettings.safeParse(settings).data,
  );
  const differences =
    before === undefined || after === undefined ? [] : detectionDifferences(before, after, titleOf);
  return (
    <details className={styles.differences} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{text('settings:history.show')}</summary>
      <ProblemNotice error={detail.error} />
      {payload !== undefined && differences.length === 0 && <p>{text('settings:history.same')}</p>}
      <ul>
        {differences.map((difference) => (
          <li key={difference} dir="auto">
            {visibleText(difference)}
          </li>
        ))}
      </ul>
    </details>
  );
}
