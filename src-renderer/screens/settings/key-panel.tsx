// The signing keys of this workspace: what to hand to whoever will verify, and what to do when one is old, lost or stolen.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { OwnKey } from '#shared/model/keys.ts';
import { Button } from '../../components/button.tsx';
import { Panel } from '../../components/panel.tsx';
import { useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useStatus } from '../../domain/workspace-status.ts';
import { text } from '../../texts/text.ts';
import { KeyCard } from './key-card.tsx';
import { keysInOrder } from './key-order.ts';
import styles from './key-panel.module.css';
import { sayingAbout, type KeySaying } from './key-saying.ts';
import { KeySayingForm } from './key-saying-form.tsx';
import { KeyRotateForm } from './key-rotate-form.tsx';
import { KeySessionForm } from './key-session-form.tsx';

export function KeyPanel() {
  const { orpc } = useApi();
  const { reviewer } = useStatus();
  const keys = useQuery(orpc.keys.list.queryOptions());
  const [isRotating, setIsRotating] = useState(false);
  const [about, setAbout] = useState<{ key: OwnKey; saying: KeySaying } | null>(null);
  const mayAct = reviewer !== null && !isRotating && about === null;
  const reviewerId = reviewer?.id ?? null;
  const hasKeys = keys.data !== undefined && keys.data.length > 0;
  const { own, others } = keysInOrder(keys.data ?? [], reviewerId);
  const card = (key: OwnKey) => {
    const saying = mayAct ? sayingAbout(key, { keys: keys.data ?? [], reviewerId }) : null;
    return (
      <KeyCard
        key={key.fingerprint}
        signingKey={key}
        saying={saying}
        onSay={() => saying !== null && setAbout({ key, saying })}
      />
    );
  };
  return (
    <Panel
      title={text('settings:key.title')}
      actions={
        mayAct &&
        hasKeys && (
          <Button size="small" onClick={() => setIsRotating(true)}>
            {text('settings:key.replace')}
          </Button>
        )
      }
    >
      <ProblemNotice error={keys.error} />
      {keys.data?.length === 0 && <p>{text('settings:key.none')}</p>}
      {hasKeys && <KeySessionForm />}
      {isRotating && <KeyRotateForm onClose={() => setIsRotating(false)} />}
      {about !== null && (
        <KeySayingForm signingKey={about.key} saying={about.saying} onClose={() => setAbout(null)} />
      )}
      {own.map(card)}
      {others.length > 0 && (
        <details className={styles.others}>
          <summary>{text('settings:key.others', { count: others.length })}</summary>
          {others.map(card)}
        </details>
      )}
    </Panel>
  );
}
