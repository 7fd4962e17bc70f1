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
    <Panel title="Rights in the database" note="printed for the DBA, never applied from here">
      {connection !== null && <GuardReport />}
      <form className={styles.form} onSubmit={submit}>
        <RoleFields draft={draft} set={set} asksTable={connection === null} />
        <div className={styles.buttons}>
          <Button submits disabled={request === null || print.isPending}>
            Print the SQL
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
          label="Role of the reviewers"
          hint="Their logins are members of it."
          maxLength={63}
          value={draft.reviewerRole}
          onChange={(event) => set({ reviewerRole: event.target.value })}
        />
        <TextField
          label="Role of readers (optional)"
          hint="It changes nothing."
          maxLength={63}
          value={draft.readerRole}
          onChange={(event) => set({ readerRole: event.target.value })}
        />
      </div>
      {asksTable && (
        <TextField
          label="Table of the events"
          hint="schema.table; without a schema it is public."
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
        Reviewers may add review rows that are missing, and publish findings
      </label>
      <label className={styles.choice}>
        <input
          type="checkbox"
          checked={draft.withAnomalies}
          onChange={(event) => set({ withAnomalies: event.target.checked })}
        />
        The same rights and guard for the source’s table of anomalies
      </label>
    </>
  );
}

type Part = keyof GrantScripts;

const parts: readonly { value: Part; label: string; meaning: string }[] = [
  {
    value: 'file',
    label: 'All',
    meaning: 'Run as a whole, it applies and then verifies; the way back stands in comments at its end.',
  },
  { value: 'apply', label: 'Apply', meaning: 'Grants and guards, in one transaction.' },
  {
    value: 'verify',
    label: 'Verify',
    meaning: 'A query that anybody may run: one row a promise, and whether it is kept.',
  },
  {
    value: 'rollback',
    label: 'Take back',
    meaning: 'Back to the rights there were before, in one transaction.',
  },
];

function Scripts({ scripts }: { scripts: GrantScripts }) {
  const [part, setPart] = useState<Part>('file');
  const chosen = parts.find(({ value }) => value === part) ?? parts[0]!;
  return (
    <section className={styles.scripts} aria-label="SQL for the DBA">
      <div className={styles.line}>
        <Segmented label="Part of the SQL" value={part} choices={parts} onChange={setPart} />
        <CopyButton text={scripts[part]} label="Copy the SQL" />
      </div>
      <p className={styles.note}>{chosen.meaning}</p>
      <ScrollText label="SQL" text={scripts[part]} />
    </section>
  );
}
