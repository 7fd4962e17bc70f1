// When only a list is missing: compare the key with its owner by another way, and keep it as first use.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { FingerprintComparison, useComparison } from '../../domain/fingerprint-comparison.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import styles from './trust-panel.module.css';

type FirstUseChoiceProps = { identity: string; fingerprint: string; onCompared: () => void };

export function FirstUseChoice({ identity, fingerprint, onCompared }: FirstUseChoiceProps) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const [isCompared, setIsCompared] = useState(false);
  const comparison = useComparison(fingerprint);
  const pin = useMutation(
    orpc.trust.pinFirstUse.mutationOptions({
      onSuccess: async () => {
        onCompared();
        await refetchWorkspace(queryClient);
      },
    }),
  );
  return (
    <section className={styles.section} aria-label={text('evidence:firstUse.label')}>
      <h3>{text('evidence:firstUse.title')}</h3>
      <p>
        <Rich of="evidence:firstUse.ask" parts={{ name: <bdi>{identity}</bdi> }} />
      </p>
      <FingerprintComparison fingerprint={fingerprint} />
      <label>
        <input
          type="checkbox"
          checked={isCompared}
          onChange={(event) => setIsCompared(event.target.checked)}
        />{' '}
        <Rich of="evidence:firstUse.compared" parts={{ name: <bdi>{identity}</bdi> }} />
      </label>
      <ProblemNotice error={pin.error} />
      <div>
        <Button
          disabled={!isCompared || comparison.data === undefined || pin.isPending}
          onClick={() => pin.mutate({ identity, fingerprint })}
        >
          {text('evidence:firstUse.keep')}
        </Button>
      </div>
    </section>
  );
}
