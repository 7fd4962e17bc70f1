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
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
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
    <Panel title={text('ledger:restore.title')}>
      <Notice tone="info" title={text('ledger:restore.notHere')}>
        <p>{text('ledger:restore.refused')}</p>
      </Notice>
      <SelectField
        label={text('ledger:restore.backup')}
        value={file}
        onChange={(event) => setChosen(event.target.value)}
      >
        {files.map((one) => (
          <option key={one.file} value={one.file}>
            {one.name}
          </option>
        ))}
        <option value={elsewhere}>{text('ledger:restore.otherFile')}</option>
      </SelectField>
      <ol className={styles.steps}>
        <li>{text('ledger:restore.close')}</li>
        <li>
          <Rich
            of="ledger:restore.terminal"
            parts={{
              command: (
                <div className={styles.command}>
                  <ScrollText label={text('ledger:restore.command')} text={command} />
                  <CopyButton text={command} label={text('ledger:restore.copy')} />
                </div>
              ),
            }}
          />
        </li>
        <li>
          <Rich of="ledger:restore.newer" parts={{ code: <code>{'--discard-newer'}</code> }} />
        </li>
        <li>
          <Rich of="ledger:restore.replaced" parts={{ code: <code>{'ledger.sqlite.replaced-…'}</code> }} />
        </li>
      </ol>
    </Panel>
  );
}
