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
import { text } from '../../texts/text.ts';
import styles from './audit-screen.module.css';
import { NoteForm } from './note-form.tsx';
import { PaperList } from './paper-list.tsx';

export function PapersPart({ isLookOnly }: { isLookOnly: boolean }) {
  const { orpc } = useApi();
  const papers = useQuery(orpc.audit.papers.queryOptions());
  return (
    <div className={styles.columns}>
      <Panel title={text('audit:papers.title')}>
        <ProblemNotice error={papers.error} />
        {papers.data?.length === 0 && <EmptyState title={text('audit:papers.none')} />}
        <PaperList papers={papers.data ?? []} isLookOnly={isLookOnly} />
      </Panel>
      <Panel title={text('audit:papers.add')}>{isLookOnly ? <LookOnlyNotice /> : <WholeNote />}</Panel>
    </div>
  );
}

export function LookOnlyNotice() {
  return <Notice tone="danger" title={text('audit:lookOnly')} />;
}

const kinds = ['pack', 'number'] as const;

function WholeNote() {
  const [kind, setKind] = useState<(typeof kinds)[number]>('pack');
  const [name, setName] = useState('');
  return (
    <>
      <p className={styles.note}>{text('audit:papers.where')}</p>
      <Segmented
        label={text('audit:about.label')}
        value={kind}
        choices={kinds.map((one) => ({ value: one, label: text(`audit:about.${one}`) }))}
        onChange={setKind}
      />
      {kind === 'number' && (
        <TextField
          label={text('audit:about.which')}
          hint={text('audit:about.whichHint')}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      )}
      <NoteForm
        about={kind === 'pack' ? { kind: 'pack' } : { kind: 'number', name: name.trim() }}
        label={text('audit:papers.paper')}
        isBlocked={kind === 'number' && name.trim() === ''}
      />
    </>
  );
}
