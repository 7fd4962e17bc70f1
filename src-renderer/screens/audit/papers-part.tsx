// All work papers, and notes on the pack as a whole or on a number of it.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { EmptyState } from '../../components/empty-state.tsx';
import { TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import styles from './audit-screen.module.css';
import { NoteForm } from './note-form.tsx';
import { PaperList } from './paper-list.tsx';

export function PapersPart({ isLookOnly }: { isLookOnly: boolean }) {
  const { orpc } = useApi();
  const papers = useQuery(orpc.audit.papers.queryOptions());
  return (
    <div className={styles.columns}>
      <Panel title="Work papers">
        <ProblemNotice error={papers.error} />
        {papers.data?.length === 0 && <EmptyState title="No work paper has been written yet." />}
        <PaperList papers={papers.data ?? []} isLookOnly={isLookOnly} />
      </Panel>
      <Panel title="Add a work paper">{isLookOnly ? <LookOnlyNotice /> : <WholeNote />}</Panel>
    </div>
  );
}

export function LookOnlyNotice() {
  return <Notice tone="danger" title="This pack may be looked at, and nothing else." />;
}

const kinds = [
  { value: 'pack', label: 'The pack as a whole' },
  { value: 'number', label: 'A number of it' },
] as const;

function WholeNote() {
  const [kind, setKind] = useState<(typeof kinds)[number]['value']>('pack');
  const [name, setName] = useState('');
  return (
    <>
      <p className={styles.note}>
        Notes on a row are written where the row is: under “Look through”. Whatever is written is appended to
        your own ledger and never changed.
      </p>
      <Segmented label="What it is about" value={kind} choices={kinds} onChange={setKind} />
      {kind === 'number' && (
        <TextField
          label="Which number"
          hint="As it stands in the pack: undecided items in the statement, 14"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      )}
      <NoteForm
        about={kind === 'pack' ? { kind: 'pack' } : { kind: 'number', name: name.trim() }}
        label="Work paper"
        isBlocked={kind === 'number' && name.trim() === ''}
      />
    </>
  );
}
