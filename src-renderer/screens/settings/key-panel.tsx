// The signing keys of this workspace: what to hand to whoever will verify.
import { useQuery } from '@tanstack/react-query';
import type { SigningKey } from '#shared/model/reviewer.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { Facts } from '../../components/facts.tsx';
import { Panel } from '../../components/panel.tsx';
import { ScrollText } from '../../components/scroll-region.tsx';
import { useApi } from '../../domain/api.ts';
import { InstantText } from '../../domain/instant.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useStatus } from '../../domain/workspace-status.ts';
import styles from './key-panel.module.css';

export function KeyPanel() {
  const { orpc } = useApi();
  const { key: current } = useStatus();
  const keys = useQuery(orpc.workspace.keys.queryOptions());
  return (
    <Panel title="Signing key">
      <ProblemNotice error={keys.error} />
      {keys.data?.length === 0 && <p>None yet. It is created together with the reviewer.</p>}
      {keys.data?.map((key) => (
        <KeyCard
          key={key.fingerprint}
          signingKey={key}
          isCurrent={key.fingerprint === current?.fingerprint}
        />
      ))}
    </Panel>
  );
}

const seals = { passphrase: 'with a passphrase', 'system-keychain': 'by the system keychain' };

function KeyCard({ signingKey, isCurrent }: { signingKey: SigningKey; isCurrent: boolean }) {
  return (
    <article className={styles.card}>
      <Facts
        facts={[
          { name: 'Fingerprint', value: <code>{signingKey.fingerprint}</code> },
          { name: 'Signs as', value: <bdi>{signingKey.identity}</bdi> },
          { name: 'Sealed', value: seals[signingKey.sealedBy] },
          { name: 'Created', value: <InstantText instant={signingKey.createdAt} /> },
          { name: 'Use', value: isCurrent ? 'signs new packs' : 'kept to verify earlier packs' },
        ]}
      />
      <h3>Line for the verifier’s allowed signers file</h3>
      <div className={styles.line}>
        <div className={styles.text}>
          <ScrollText label="Allowed signers line" text={signingKey.allowedSigners} />
        </div>
        <CopyButton text={signingKey.allowedSigners} label="Copy the allowed signers line" />
      </div>
      <p className={styles.note}>
        Hand it over by another way than the pack itself; together with <code>ssh-keygen</code> it is all a
        stranger needs.
      </p>
    </article>
  );
}
