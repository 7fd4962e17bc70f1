// Asks, now, whether the ledger holds and whether what is shown is what it adds up to.
import { useMutation } from '@tanstack/react-query';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import styles from './checks.module.css';
import { rebuildWords, verificationWords } from './ledger-words.ts';
import type { CheckResult } from './ledger-words.ts';

export function SoundnessPanel() {
  const { orpc } = useApi();
  const verify = useMutation(orpc.ledger.verify.mutationOptions());
  const rebuild = useMutation(orpc.ledger.rebuild.mutationOptions());
  return (
    <Panel title="Does it hold?">
      <div className={styles.check}>
        <p>Reads every entry from the file, computes its hash, and follows the chain and the checkpoints.</p>
        <Button disabled={verify.isPending} onClick={() => verify.mutate({})}>
          {verify.isPending ? 'Verifying…' : 'Verify now'}
        </Button>
      </div>
      <ProblemNotice error={verify.error} />
      {verify.data !== undefined && <Result result={verificationWords(verify.data)} />}
      <div className={styles.check}>
        <p>Builds the state again from entry 1 and compares it with the one in use. It changes neither.</p>
        <Button disabled={rebuild.isPending} onClick={() => rebuild.mutate(undefined)}>
          {rebuild.isPending ? 'Rebuilding…' : 'Rebuild now'}
        </Button>
      </div>
      <ProblemNotice error={rebuild.error} />
      {rebuild.data !== undefined && <Result result={rebuildWords(rebuild.data)} />}
      <p className={styles.note}>
        Whoever holds this computer and the key could write another history. A checkpoint, a pack or a backup
        kept elsewhere is what that cannot undo.
      </p>
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
