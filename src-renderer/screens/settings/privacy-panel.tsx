// Whether actors are shown as pseudonyms, looking behind them for a time, and erasing a person; each with a reason on record.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Panel } from '../../components/panel.tsx';
import { useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useStatus } from '../../domain/workspace-status.ts';
import { text } from '../../texts/text.ts';
import { EraseForm } from './privacy-erase-form.tsx';
import { Erased, type ErasureReport } from './privacy-erased.tsx';
import { MaskForm } from './privacy-mask-form.tsx';
import { Standing, type Privacy } from './privacy-standing.tsx';
import { UnmaskForm } from './privacy-unmask-form.tsx';

type Act = 'mask' | 'unmask' | 'erase';

export function PrivacyPanel() {
  const { orpc } = useApi();
  const { reviewer } = useStatus();
  const privacy = useQuery(orpc.privacy.get.queryOptions());
  const [act, setAct] = useState<Act | null>(null);
  const [report, setReport] = useState<ErasureReport | null>(null);
  const { data } = privacy;
  const close = () => setAct(null);
  return (
    <Panel
      title={text('settings:people.title')}
      note={text('settings:people.note')}
      actions={
        reviewer !== null && act === null && data !== undefined && <Acts privacy={data} onChoose={setAct} />
      }
    >
      <ProblemNotice error={privacy.error} />
      {data !== undefined && <Standing privacy={data} />}
      {act === 'mask' && data !== undefined && <MaskForm isMasked={data.isMasked} onClose={close} />}
      {act === 'unmask' && <UnmaskForm onClose={close} />}
      {act === 'erase' && (
        <EraseForm
          onClose={close}
          onErased={(done) => {
            setReport(done);
            close();
          }}
        />
      )}
      {report !== null && <Erased report={report} />}
    </Panel>
  );
}

function Acts({ privacy, onChoose }: { privacy: Privacy; onChoose: (act: Act) => void }) {
  return (
    <>
      <Button size="small" onClick={() => onChoose('mask')}>
        {text(privacy.isMasked ? 'settings:mask.show' : 'settings:mask.mask')}
      </Button>
      {privacy.isMasked && (
        <Button size="small" onClick={() => onChoose('unmask')}>
          {text('settings:unmask.save')}
        </Button>
      )}
      <Button size="small" onClick={() => onChoose('erase')}>
        {text('settings:erase.act')}
      </Button>
    </>
  );
}
