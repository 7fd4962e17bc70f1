// In the workspace that opened the campaign: who has what, handing items out, taking decisions in, and every file so far.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Notice } from '../../../components/notice.tsx';
import { Panel } from '../../../components/panel.tsx';
import { useApi } from '../../../domain/api.ts';
import { ProblemNotice } from '../../../domain/problem-notice.tsx';
import { useStatus } from '../../../domain/workspace-status.ts';
import { text } from '../../../texts/text.ts';
import type { SectionProps } from '../campaign-section.ts';
import { FileTable } from './file-table.tsx';
import { FlowList } from './flow-list.tsx';
import { flowRows, type FlowRow } from './file-flow.ts';
import { HandOutDialog } from './hand-out-dialog.tsx';
import { TakeIn } from './take-in.tsx';

export function OwnerFiles({ campaign, onGo }: SectionProps) {
  const { orpc } = useApi();
  const input = { id: campaign.id };
  const files = useQuery(orpc.campaignFiles.list.queryOptions({ input }));
  const shares = useQuery(orpc.campaignFiles.shares.queryOptions({ input }));
  const [handing, setHanding] = useState<FlowRow | null>(null);
  const { definition } = campaign;
  const { reviewer } = useStatus();
  const isOpen = campaign.state === 'open';
  const rows =
    shares.data === undefined || files.data === undefined
      ? null
      : flowRows({ definition, shares: shares.data, files: files.data, here: reviewer?.id ?? null });
  return (
    <>
      {!isOpen && <Notice tone="info" title={text('campaignFiles:closed')} />}
      <Panel title={text('campaignFiles:flow.title')} note={text('campaignFiles:flow.note')}>
        <ProblemNotice error={shares.error ?? files.error} />
        {rows === null && !shares.isError && !files.isError && <p>{text('campaignFiles:flow.loading')}</p>}
        {rows !== null && (
          <FlowList
            rows={rows}
            stages={definition.stages.map(({ name }) => name)}
            onHandOut={isOpen ? setHanding : null}
            onDecide={() => onGo({ at: 'campaign', id: campaign.id, section: 'items' })}
          />
        )}
      </Panel>
      {isOpen && <TakeIn campaign={campaign} onGo={onGo} />}
      <FileTable campaign={campaign} files={files.data} />
      {handing !== null && (
        <HandOutDialog campaign={campaign} row={handing} onClose={() => setHanding(null)} />
      )}
    </>
  );
}
