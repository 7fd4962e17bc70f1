// One drawn item: what testing it showed, and the form to say so.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { testResults, type AuditSample, type TestResult } from '#shared/model/work-papers.ts';
import { Button } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import type { ChipTone } from '../../components/chip.tsx';
import { TextField } from '../../components/field.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { resultNames } from '../../domain/audit-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useAuditView } from '../../state/audit-view.ts';
import { text } from '../../texts/text.ts';
import styles from './audit-screen.module.css';

type SampleItemProps = {
  sample: AuditSample;
  item: AuditSample['items'][number];
  isLookOnly: boolean;
};

const tones: Readonly<Record<TestResult, ChipTone>> = {
  pass: 'good',
  deviation: 'danger',
  'not-testable': 'warning',
};

export function SampleItem({ sample, item, isLookOnly }: SampleItemProps) {
  const showRow = useAuditView((state) => state.showRow);
  const last = item.results.at(-1);
  return (
    <li className={styles.item}>
      <div className={styles.titleLine}>
        <code className={styles.hash}>{visibleText(item.key)}</code>
        {last === undefined ? (
          <Chip>{text('audit:sample.untested')}</Chip>
        ) : (
          <Chip tone={tones[last.result]}>{resultNames[last.result]}</Chip>
        )}
      </div>
      {item.results.map(({ at, byName, result, note }) => (
        <p key={at} className={styles.note}>
          {resultNames[result]}, <Verbatim value={byName} />, <InstantText instant={at} />
          {note !== '' && <>: {visibleText(note)}</>}
        </p>
      ))}
      <div className={styles.results}>
        <Button
          size="small"
          aria-label={text('audit:sample.lookWhat', { key: item.key })}
          onClick={() => showRow(sample.section, item.key)}
        >
          {text('audit:sample.look')}
        </Button>
        {!isLookOnly && <TestForm sample={sample.id} itemKey={item.key} />}
      </div>
    </li>
  );
}

function TestForm({ sample, itemKey }: { sample: string; itemKey: string }) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const [note, setNote] = useState('');
  const test = useMutation(
    orpc.audit.testItem.mutationOptions({ onSuccess: () => refetchWorkspace(queryClient) }),
  );
  return (
    <fieldset className={styles.test}>
      <legend className={styles.legend}>{text('audit:sample.result')}</legend>
      <TextField
        label={text('audit:sample.note')}
        hint={text('audit:sample.noteHint')}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <div className={styles.results}>
        {testResults.map((result) => (
          <Button
            key={result}
            size="small"
            disabled={test.isPending || (result !== 'pass' && note.trim() === '')}
            aria-label={text('audit:sample.resultWhat', { result: resultNames[result], key: itemKey })}
            onClick={() => test.mutate({ sample, key: itemKey, result, note })}
          >
            {resultNames[result]}
          </Button>
        ))}
      </div>
      <ProblemNotice error={test.error} />
    </fieldset>
  );
}
