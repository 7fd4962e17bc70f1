// How a backup is put in the place of the ledger, which cannot be done while this window holds it open.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { CopyButton } from '../../components/copy-button.tsx';
import { SelectField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { ScrollText } from '../../components/scroll-region.tsx';
import { useApi } from '../../domain/api.ts';
import { useStatus } from '../../domain/workspace-status.ts';
import styles from './checks.module.css';
import { restoreCommand } from './ledger-words.ts';

/** Stands for a backup that lies elsewhere. */
const elsewhere = 'FILE';

export function RestorePanel() {
  const { orpc } = useApi();
  const { workspace } = useStatus();
  const backups = useQuery(orpc.ledger.backups.queryOptions());
  const [chosen, setChosen] = useState<string | null>(null);
  const files = (backups.data ?? []).map(({ file, name }) => ({ file, name }));
  const file = chosen ?? files[0]?.file ?? elsewhere;
  const command = restoreCommand(workspace, file);
  return (
    <Panel title="Restore one">
      <Notice
        tone="info"
        title="Not from this window: it holds the ledger open, and so does every other one."
      >
        <p>Restoring is refused while any program has this workspace open. Nothing can be lost by trying.</p>
      </Notice>
      <SelectField label="Backup" value={file} onChange={(event) => setChosen(event.target.value)}>
        {files.map((one) => (
          <option key={one.file} value={one.file}>
            {one.name}
          </option>
        ))}
        <option value={elsewhere}>Another file</option>
      </SelectField>
      <ol className={styles.steps}>
        <li>Close Countersign, on this computer, everywhere it has this workspace open.</li>
        <li>
          In a terminal:
          <div className={styles.command}>
            <ScrollText label="Command that restores the backup" text={command} />
            <CopyButton text={command} label="Copy the command" />
          </div>
        </li>
        <li>
          If the present ledger has entries that the backup lacks, it says how many and changes nothing. Add{' '}
          <code>--discard-newer</code> to give them up.
        </li>
        <li>
          What was replaced stays beside the restored ledger as <code>ledger.sqlite.replaced-…</code>, and the
          restoring is an entry of its own.
        </li>
      </ol>
    </Panel>
  );
}
