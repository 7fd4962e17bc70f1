// Samples: drawing one, testing what was drawn, and what follows.
import { useQuery } from '@tanstack/react-query';
import type { AuditSample } from '#shared/model/work-papers.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Panel } from '../../components/panel.tsx';
import { useApi } from '../../domain/api.ts';
import { sectionNames } from '../../domain/audit-words.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useAuditView } from '../../state/audit-view.ts';
import { text } from '../../texts/text.ts';
import styles from './audit-screen.module.css';
import { DrawForm } from './draw-form.tsx';
import { LookOnlyNotice } from './papers-part.tsx';
import { SamplePanel } from './sample-panel.tsx';

export function SamplesPart({ isLookOnly }: { isLookOnly: boolean }) {
  const { orpc } = useApi();
  const samples = useQuery(orpc.audit.samples.queryOptions());
  const { sample: chosen } = useAuditView();
  const list = samples.data ?? [];
  const shown = list.find(({ reference }) => reference === chosen) ?? list.at(-1);
  return (
    <div className={styles.columns}>
      <div className={styles.column}>
        <Panel title={text('audit:samples.draw')}>{isLookOnly ? <LookOnlyNotice /> : <DrawForm />}</Panel>
        <Panel title={text('audit:samples.title')}>
          <ProblemNotice error={samples.error} />
          {samples.data?.length === 0 && <EmptyState title={text('audit:samples.none')} />}
          <SampleList samples={list} shown={shown?.reference ?? null} />
        </Panel>
      </div>
      {shown !== undefined && <SamplePanel key={shown.id} sample={shown} isLookOnly={isLookOnly} />}
    </div>
  );
}

function SampleList({ samples, shown }: { samples: readonly AuditSample[]; shown: string | null }) {
  const choose = useAuditView((state) => state.choose);
  return (
    <ul className={styles.items} aria-label={text('audit:samples.title')}>
      {samples.map((sample) => (
        <li key={sample.id} className={styles.item}>
          <div className={styles.titleLine}>
            <h3>
              {sample.reference}: {sectionNames[sample.section]}
            </h3>
            <Button
              size="small"
              aria-pressed={sample.reference === shown}
              aria-label={text('audit:samples.showWhat', { reference: sample.reference })}
              onClick={() => choose({ sample: sample.reference })}
            >
              {text('audit:samples.show')}
            </Button>
          </div>
          <p className={styles.note}>{sample.conclusion}</p>
        </li>
      ))}
    </ul>
  );
}
