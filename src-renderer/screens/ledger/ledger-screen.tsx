// The ledger: what was done, newest first, and whether it holds.
import { useStatus } from '../../domain/workspace-status.ts';
import { useLedgerView } from '../../state/ledger-view.ts';
import { BackupsPanel } from './backups-panel.tsx';
import { CheckpointsPanel } from './checkpoints-panel.tsx';
import { EntriesView } from './entries-view.tsx';
import { LedgerTitle } from './ledger-head.tsx';
import styles from './ledger-screen.module.css';
import { RestorePanel } from './restore-panel.tsx';
import { SoundnessPanel } from './soundness-panel.tsx';

export function LedgerScreen() {
  const { part } = useLedgerView();
  return part === 'entries' ? <EntriesView /> : <ChecksView />;
}

function ChecksView() {
  const { ledgerEntries } = useStatus();
  return (
    <div className={styles.checks}>
      <header className={styles.head}>
        <LedgerTitle size={ledgerEntries} />
      </header>
      <div className={styles.panels}>
        <div className={styles.column}>
          <SoundnessPanel />
          <CheckpointsPanel />
        </div>
        <div className={styles.column}>
          <BackupsPanel />
          <RestorePanel />
        </div>
      </div>
    </div>
  );
}
