// The test of one drawn item: what was decided, and what testing it showed.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { SampleItem } from '#shared/model/campaign-follow-up.ts';
import { sampleResults } from '#shared/model/campaign-sample.ts';
import { Button } from '../../../components/button.tsx';
import { TextArea } from '../../../components/field.tsx';
import { useShortcuts } from '../../../components/keyboard.tsx';
import { Notice } from '../../../components/notice.tsx';
import { Verbatim } from '../../../components/verbatim.tsx';
import { visibleText } from '../../../components/visible-text.ts';
import { refetchWorkspace, useApi } from '../../../domain/api.ts';
import { DecisionMark } from '../../../domain/decision-mark.tsx';
import { InstantText } from '../../../domain/instant.tsx';
import { ProblemNotice } from '../../../domain/problem-notice.tsx';
import { useReviewerGate } from '../../../domain/reviewer-gate.ts';
import { useStatus } from '../../../domain/workspace-status.ts';
import { text } from '../../../texts/text.ts';
import { rightWords, testWords } from './follow-up-words.ts';
import styles from './follow-up.module.css';
import { ResultMark } from './result-mark.tsx';

type SampleTestProps = { campaign: string; sample: string; item: SampleItem; onTested: () => void };
type Result = (typeof sampleResults)[number];

/** The same in every language: hands learn them. */
const keys: Readonly<Record<Result, string>> = { pass: '1', deviation: '2', 'not-testable': '3' };

export function SampleTest({ campaign, sample, item, onTested }: SampleTestProps) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const gate = useReviewerGate();
  const { reviewer } = useStatus();
  const [note, setNote] = useState('');
  const [isNoteMissing, setNoteMissing] = useState(false);
  const form = useRef<HTMLDivElement>(null);
  const test = useMutation(
    orpc.campaignOversight.testSample.mutationOptions({
      onSuccess: onTested,
      onSettled: () => refetchWorkspace(queryClient),
    }),
  );
  const isBarred = reviewer !== null && !item.mayTest;
  const say = (result: Result) => {
    if (isBarred || test.isPending) return;
    const lacksNote = result !== 'pass' && note.trim() === '';
    setNoteMissing(lacksNote);
    if (lacksNote) form.current?.querySelector('textarea')?.focus();
    else gate(() => test.mutate({ id: campaign, sample, item: item.key, result, note: note.trim() }));
  };
  useShortcuts(
    sampleResults.map((result) => ({
      keys: keys[result],
      label: testWords[result],
      group: text('campaignFollowUp:samples'),
      run: () => say(result),
    })),
  );
  const what = { right: rightWords(item), subject: visibleText(item.subject) };
  return (
    <section className={styles.detail} aria-label={text('campaignFollowUp:sample.test', what)}>
      <div ref={form} className={styles.detailBody}>
        <Decided item={item} />
        {isBarred ? (
          <Notice tone="info" title={text('campaignFollowUp:sample.barred')} />
        ) : (
          <>
            <TextArea
              label={text('campaignFollowUp:sample.note')}
              hint={text('campaignFollowUp:sample.noteHint')}
              error={isNoteMissing && note.trim() === '' ? text('campaignFollowUp:sample.noteFirst') : null}
              rows={2}
              maxLength={4000}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
            <div className={styles.marks}>
              {sampleResults.map((result) => (
                <Button
                  key={result}
                  keyHint={keys[result]}
                  weight={result === 'pass' ? 'primary' : 'secondary'}
                  disabled={test.isPending}
                  onClick={() => say(result)}
                >
                  {testWords[result]}
                </Button>
              ))}
            </div>
          </>
        )}
        <ProblemNotice error={test.error} />
      </div>
    </section>
  );
}

function Decided({ item }: { item: SampleItem }) {
  const { subject, subjectName, outcome, decidedBy, reason, result, by, at, note } = item;
  return (
    <>
      <div className={styles.part}>
        <h4 className={styles.right}>
          <Verbatim value={subjectName ?? subject} />
        </h4>
        <p>{rightWords(item)}</p>
        <div className={styles.marks}>
          {outcome === null ? (
            <span className={styles.muted}>{text('campaignFollowUp:sample.undecided')}</span>
          ) : (
            <DecisionMark decision={outcome} />
          )}
          {decidedBy !== null && <bdi className={styles.muted}>{visibleText(decidedBy)}</bdi>}
        </div>
        {reason !== null && reason !== '' && (
          <blockquote className={styles.quote} dir="auto">
            {visibleText(reason)}
          </blockquote>
        )}
      </div>
      {result !== null && (
        <div className={styles.part}>
          <div className={styles.marks}>
            <ResultMark result={result} />
            <span className={styles.muted}>
              <bdi>{visibleText(by ?? '')}</bdi>, <InstantText instant={at} />
            </span>
          </div>
          {note !== '' && <p dir="auto">{visibleText(note)}</p>}
          <p className={styles.muted}>{text('campaignFollowUp:sample.again')}</p>
        </div>
      )}
    </>
  );
}
