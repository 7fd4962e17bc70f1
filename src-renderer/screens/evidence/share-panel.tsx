// Packs for people outside: made without personal values, of which single rows can be shown later.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Panel } from '../../components/panel.tsx';
import { useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { text } from '../../texts/text.ts';
import { isRedacted } from './pack-kinds.ts';
import { RedactForm } from './redact-form.tsx';
import { RevealForm } from './reveal-form.tsx';

export function SharePanel() {
  const { orpc } = useApi();
  const packs = useQuery(orpc.evidence.packs.queryOptions());
  const [act, setAct] = useState<'redact' | 'reveal' | null>(null);
  const names = packs.data?.map(({ name }) => name) ?? [];
  const redacted = names.filter(isRedacted);
  const close = () => setAct(null);
  return (
    <Panel title={text('evidence:share.title')}>
      <p>{text('evidence:share.meaning')}</p>
      <ProblemNotice error={packs.error} />
      {act === null && (
        <div>
          <Button onClick={() => setAct('redact')}>{text('evidence:share.redact')}</Button>{' '}
          <Button disabled={redacted.length === 0} onClick={() => setAct('reveal')}>
            {text('evidence:reveal.title')}
          </Button>
        </div>
      )}
      {act === 'redact' && <RedactForm packs={names.filter((name) => !isRedacted(name))} onClose={close} />}
      {act === 'reveal' && <RevealForm packs={redacted} onClose={close} />}
    </Panel>
  );
}
