// Which rights the review takes in the database: the SQL for the DBA, and whether the database guards decisions as it is now.
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { GrantScripts } from '#shared/contract/grants.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { TextField } from '../../components/field.tsx';
import { Panel } from '../../components/panel.tsx';
import { ScrollText } from '../../components/scroll-region.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useStatus } from '../../domain/workspace-status.ts';
import { text } from '../../texts/text.ts';
import { emptyRightsDraft, readRightsDraft } from './rights-draft.ts';
import type { RightsDraft } from './rights-draft.ts';
import { GuardReport } from './guard-report.tsx';
import styles from './rights-panel.module.css';

export function RightsPanel() {
  const { orpc } = useApi();
  const { connection } = useStatus();
  const [draft, setDraft] = useState<RightsDraft>(emptyRightsDraft);
  const print = useMutation(orpc.grants.print.mutationOptions());
  const request = readRightsDraft(draft, connection !== null);
  const set = (part: Partial<RightsDraft>) => {
    setDraft((before) => ({ ...before, ...part }));
    print.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (request !== null) print.mutate(request);
  };
  return (
    <Panel title={text('settings:rights.title')} note={text('settings:rights.note')}>
      {connection !== null && <GuardReport />}
      <form className={styles.form} onSubmit={submit}>
        <RoleFields draft={draft} set={set} asksTable={connection === null} />
        <div className={styles.buttons}>
          <Button submits disabled={request === null || print.isPending}>
            {text('settings:rights.print')}
          </Button>
        </div>
      </form>
      <ProblemNotice error={print.error} />
      {print.data !== undefined && <Scripts scripts={print.data} />}
    </Panel>
  );
}

type RoleFieldsProps = {
  draft: RightsDraft;
  set: (part: Partial<RightsDraft>) => void;
  /** Without a connection no table is known. */
  asksTable: boolean;
};

function RoleFields({ draft, set, asksTable }: RoleFieldsProps) {
  return (
    <>
      <div className={styles.roles}>
        <TextField
          label={text('settings:rights.reviewers')}
          hint={text('settings:rights.reviewersHint')}
          maxLength={63}
          value={draft.reviewerRole}
          onChange={(event) => set({ reviewerRole: event.target.value })}
        />
        <TextField
          label={text('settings:rights.readers')}
          hint={text('settings:rights.readersHint')}
          maxLength={63}
          value={draft.readerRole}
          onChange={(event) => set({ readerRole: event.target.value })}
        />
      </div>
      {asksTable && (
        <TextField
          label={text('settings:rights.table')}
          hint={text('settings:rights.tableHint')}
          value={draft.table}
          onChange={(event) => set({ table: event.target.value })}
        />
      )}
      <label className={styles.choice}>
        <input
          type="checkbox"
          checked={draft.withInsert}
          onChange={(event) => set({ withInsert: event.target.checked })}
        />
        {text('settings:rights.withInsert')}
      </label>
      <label className={styles.choice}>
        <input
          type="checkbox"
          checked={draft.withAnomalies}
          onChange={(event) => set({ withAnomalies: event.target.checked })}
        />
        {text('settings:rights.withAnomalies')}
      </label>
    </>
  );
}

type Part = keyof GrantScripts;

const parts = ['file', 'apply', 'verify', 'rollback'] as const satisfies readonly Part[];

function Scripts({ scripts }: { scripts: GrantScripts }) {
  const [part, setPart] = useState<Part>('file');
  const choices = parts.map((value) => ({ value, label: text(`settings:rights.parts.${value}`) }));
  return (
    <section className={styles.scripts} aria-label={text('settings:rights.scripts')}>
      <div className={styles.line}>
        <Segmented label={text('settings:rights.part')} value={part} choices={choices} onChange={setPart} />
        <CopyButton text={scripts[part]} label={text('settings:rights.copy')} />
      </div>
      <p className={styles.note}>{text(`settings:rights.meanings.${part}`)}</p>
      <ScrollText label={text('settings:rights.sql')} text={scripts[part]} />
    </section>
  );
}
