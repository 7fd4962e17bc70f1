// Which detectors run, what each needs and whether it can have it here, with which numbers; changes are tried out first.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DetectionSettings } from '#shared/model/detection.ts';
import { detectorFamilies } from '#shared/model/story.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Panel } from '../../components/panel.tsx';
import { useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useReviewerGate } from '../../domain/reviewer-gate.ts';
import { text } from '../../texts/text.ts';
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
      title={text('settings:sections.detection')}
      note={text('settings:detection.note')}
      actions={
        draft === null &&
        current.data !== undefined && (
          <Button size="small" onClick={() => gate(() => setDraft(current.data.settings))}>
            {text('settings:detection.change')}
          </Button>
        )
      }
    >
      <ProblemNotice error={list.error ?? current.error} />
      {(list.isPending || current.isPending) && <EmptyState title={text('settings:reading')} />}
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
            ? text('settings:detection.noHolidays')
            : text('settings:detection.holidays', {
                count: settings.holidays.length,
                days: settings.holidays.join(', '),
              })}
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
