// Which detectors run, what each needs and whether it can have it here, with which numbers; changes are tried out first.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DetectionSettings } from '#shared/model/detection.ts';
import { detectorFamilies } from '#shared/model/story.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Panel } from '../../components/panel.tsx';
import { useApi } from '../../domain/api.ts';
import { countWords } from '../../domain/count-words.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useReviewerGate } from '../../domain/reviewer-gate.ts';
import { DetectionChange } from './detection-change.tsx';
import styles from './detection-panel.module.css';
import { DetectorFamilySection } from './detector-family.tsx';
import { HolidayField } from './holiday-field.tsx';

export function DetectionPanel() {
  const { orpc } = useApi();
  const list = useQuery(orpc.detectors.list.queryOptions());
  const current = useQuery(orpc.detection.get.queryOptions());
  const [draft, setDraft] = useState<DetectionSettings | null>(null);
  const gate = useReviewerGate();
  const settings = draft ?? current.data?.settings ?? null;
  const detectors = list.data ?? [];
  return (
    <Panel
      title="Detection"
      note="what is looked for in every refresh"
      actions={
        draft === null &&
        current.data !== undefined && (
          <Button size="small" onClick={() => gate(() => setDraft(current.data.settings))}>
            Change detection
          </Button>
        )
      }
    >
      <ProblemNotice error={list.error ?? current.error} />
      {(list.isPending || current.isPending) && <EmptyState title="Reading the settings…" />}
      {settings !== null &&
        detectorFamilies.map((family) => (
          <DetectorFamilySection
            key={family}
            family={family}
            detectors={detectors}
            settings={settings}
            onChange={draft === null ? null : setDraft}
          />
        ))}
      {settings !== null && draft === null && (
        <p className={styles.note}>
          {settings.holidays.length === 0
            ? 'No holidays are named; every weekday counts as one.'
            : `${countWords(settings.holidays.length, 'holiday')} ${settings.holidays.length === 1 ? 'counts' : 'count'} as weekend: ${settings.holidays.join(', ')}.`}
        </p>
      )}
      {draft !== null && current.data !== undefined && (
        <>
          <HolidayField holidays={draft.holidays} onChange={(holidays) => setDraft({ ...draft, holidays })} />
          <DetectionChange before={current.data.settings} after={draft} onClose={() => setDraft(null)} />
        </>
      )}
    </Panel>
  );
}
