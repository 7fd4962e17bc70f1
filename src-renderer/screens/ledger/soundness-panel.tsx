// Asks, now, whether the ledger holds and whether what is shown is what it adds up to.
import { useMutation } from '@tanstack/react-query';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { text } from '../../texts/text.ts';
import styles from './checks.module.css';
import { rebuildWords, verificationWords } from './ledger-words.ts';
import type { CheckResult } from './ledger-words.ts';

export function SoundnessPanel() {
  const { orpc } = useApi();
  const verify = useMutation(orpc.ledger.verify.mutationOptions());
  const rebuild = useMutation(orpc.ledger.rebuild.mutationOptions());
  return (
    <Panel title={text('ledger:sound.title')}>
      <div className={styles.check}>
        <p>{text('ledger:sound.verifyMeaning')}</p>
        <Button disabled={verify.isPending} onClick={() => verify.mutate({})}>
          {verify.isPending ? text('ledger:sound.verifying') : text('ledger:sound.verify')}
        </Button>
      </div>
      <ProblemNotice error={verify.error} />
      {verify.data !== undefined && <Result result={verificationWords(verify.data)} />}
      <div className={styles.check}>
        <p>{text('ledger:sound.rebuildMeaning')}</p>
        <Button disabled={rebuild.isPending} onClick={() => rebuild.mutate(undefined)}>
          {rebuild.isPending ? text('ledger:sound.rebuilding') : text('ledger:sound.rebuild')}
        </Button>
      </div>
      <ProblemNotice error={rebuild.error} />
      {rebuild.data !== undefined && <Result result={rebuildWords(rebuild.data)} />}
      <p className={styles.note}>{text('ledger:sound.limits')}</p>
    </Panel>
  );
}

function Result({ result: { tone, title, text } }: { result: CheckResult }) {
  return (
    <Notice tone={tone} title={title}>
      <p>{text}</p>
    </Notice>
  );
}
