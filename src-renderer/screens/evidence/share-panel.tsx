// Packs for people outside: made without personal values, of which single rows can be shown later.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Panel } from '../../components/panel.tsx';
import { useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
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
    <Panel title="For people outside">
      <p>
        A redacted pack has salted hashes in the place of what is personal, and is signed anew. That nothing
        was left out of the ledger is proven all the same. The salts stay in this workspace, which can show
        single rows to whoever has the pack.
      </p>
      <ProblemNotice error={packs.error} />
      {act === null && (
        <div>
          <Button onClick={() => setAct('redact')}>Redact a pack</Button>{' '}
          <Button disabled={redacted.length === 0} onClick={() => setAct('reveal')}>
            Reveal rows
          </Button>
        </div>
      )}
      {act === 'redact' && <RedactForm packs={names.filter((name) => !isRedacted(name))} onClose={close} />}
      {act === 'reveal' && <RevealForm packs={redacted} onClose={close} />}
    </Panel>
  );
}
