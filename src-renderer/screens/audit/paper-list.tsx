// Work papers with their status, to be cleared with a conclusion or opened again with a reason.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { WorkPaper } from '#shared/model/work-papers.ts';
import { Button } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import { TextArea } from '../../components/field.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { subjectWords } from '../../domain/audit-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import styles from './audit-screen.module.css';

type PaperListProps = { papers: readonly WorkPaper[]; isLookOnly: boolean };

export function PaperList({ papers, isLookOnly }: PaperListProps) {
  return (
    <ul className={styles.items} aria-label={text('audit:papers.title')}>
      {papers.map((paper) => (
        <li key={paper.id} className={styles.paper}>
          <Paper paper={paper} />
          {!isLookOnly && <StatusForm key={paper.status} paper={paper} />}
        </li>
      ))}
    </ul>
  );
}

function Paper({ paper }: { paper: WorkPaper }) {
  return (
    <>
      <div className={styles.titleLine}>
        <h3>{paper.reference}</h3>
        <Chip tone={paper.status === 'open' ? 'warning' : 'good'}>
          {paper.status === 'open' ? text('audit:papers.open') : text('audit:papers.clearedState')}
        </Chip>
      </div>
      <p className={styles.note}>
        <Verbatim value={subjectWords(paper.about)} /> · <Verbatim value={paper.byName} />,{' '}
        <InstantText instant={paper.at} />
      </p>
      <p className={styles.text} dir="auto">
        {visibleText(paper.text)}
      </p>
      {paper.changes.map((change) => (
        <div key={change.at}>
          <p className={styles.note}>
            <Rich
              of={change.status === 'cleared' ? 'audit:papers.cleared' : 'audit:papers.reopened'}
              parts={{
                name: <Verbatim value={change.byName} />,
                when: <InstantText instant={change.at} />,
              }}
            />
          </p>
          <p className={styles.text} dir="auto">
            {visibleText(change.conclusion)}
          </p>
        </div>
      ))}
    </>
  );
}

function StatusForm({ paper }: { paper: WorkPaper }) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const [conclusion, setConclusion] = useState<string | null>(null);
  const change = useMutation(
    orpc.audit.setPaperStatus.mutationOptions({ onSuccess: () => refetchWorkspace(queryClient) }),
  );
  const isOpen = paper.status === 'open';
  const act = isOpen ? text('audit:papers.clear') : text('audit:papers.openAgain');
  if (conclusion === null)
    return (
      <div>
        <Button
          size="small"
          aria-label={text('audit:papers.actWhat', { act, reference: paper.reference })}
          onClick={() => setConclusion('')}
        >
          {act}
        </Button>
      </div>
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ paper: paper.id, status: isOpen ? 'cleared' : 'open', conclusion });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextArea
        label={isOpen ? text('audit:papers.conclusion') : text('audit:papers.reason')}
        value={conclusion}
        onChange={(event) => setConclusion(event.target.value)}
      />
      <ProblemNotice error={change.error} />
      <div className={styles.actions}>
        <Button size="small" onClick={() => setConclusion(null)}>
          {text('domain:cancel')}
        </Button>
        <Button size="small" weight="primary" submits disabled={conclusion.trim() === '' || change.isPending}>
          {act}
        </Button>
      </div>
    </form>
  );
}
