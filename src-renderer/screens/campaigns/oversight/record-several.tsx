// Puts several covered days on record one after the other, each with an entry of its own; stops at the first that is refused.
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type FormEvent } from 'react';
import type { StandingDay } from '#shared/model/daily-review.ts';
import { Button } from '../../../components/button.tsx';
import { Chip } from '../../../components/chip.tsx';
import { Modal, ModalActions } from '../../../components/modal.tsx';
import { Notice } from '../../../components/notice.tsx';
import { ProgressBar } from '../../../components/progress-bar.tsx';
import { ScrollRegion } from '../../../components/scroll-region.tsx';
import { ActingAs } from '../../../domain/acting-as.tsx';
import { refetchWorkspace, useApi } from '../../../domain/api.ts';
import { useAsksPassphrase } from '../../../domain/key-session.ts';
import { PassphraseField } from '../../../domain/passphrase-field.tsx';
import { ProblemNotice } from '../../../domain/problem-notice.tsx';
import { useReviewerGate } from '../../../domain/reviewer-gate.ts';
import { useZone } from '../../../domain/workspace-status.ts';
import { text } from '../../../texts/text.ts';
import styles from './daily-section.module.css';
import { weekdayName } from './local-date.ts';
import { standingLooks } from './standing-looks.ts';

/** @param days covered ones, oldest first; with fewer than two there is nothing to put together */
export function RecordSeveral({ days }: { days: readonly StandingDay[] }) {
  const gate = useReviewerGate();
  const [chosen, setChosen] = useState<readonly StandingDay[] | null>(null);
  return (
    <>
      {days.length > 1 && (
        <Button size="small" onClick={() => gate(() => setChosen(days))}>
          {text('campaignOversight:daily.several', { count: days.length })}
        </Button>
      )}
      {chosen !== null && <SeveralDialog days={chosen} onClose={() => setChosen(null)} />}
    </>
  );
}

type Course = { readonly done: number; readonly isRunning: boolean; readonly error: unknown };

/** The days one after the other, until one is refused or somebody stops it. */
function useRecording(days: readonly StandingDay[]) {
  const { client } = useApi();
  const queryClient = useQueryClient();
  const zone = useZone();
  const [course, setCourse] = useState<Course>({ done: 0, isRunning: false, error: null });
  const isStopped = useRef(false);
  const start = async (passphrase: string | null) => {
    isStopped.current = false;
    let done = course.done;
    setCourse({ done, isRunning: true, error: null });
    try {
      for (const { date } of days.slice(done)) {
        if (isStopped.current) break;
        await client.campaignOversight.recordDay({ date, zone, ...(passphrase !== null && { passphrase }) });
        done += 1;
        setCourse({ done, isRunning: true, error: null });
      }
      setCourse({ done, isRunning: false, error: null });
    } catch (error) {
      setCourse({ done, isRunning: false, error });
    }
    await refetchWorkspace(queryClient);
  };
  return { course, start, stop: () => (isStopped.current = true) };
}

type SeveralDialogProps = { days: readonly StandingDay[]; onClose: () => void };

function SeveralDialog({ days, onClose }: SeveralDialogProps) {
  const asksPassphrase = useAsksPassphrase();
  const [passphrase, setPassphrase] = useState('');
  const { course, start, stop } = useRecording(days);
  const { done, isRunning, error } = course;
  const left = days.length - done;
  const canStart = !isRunning && left > 0 && (!asksPassphrase || passphrase !== '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (canStart) void start(asksPassphrase ? passphrase : null);
  };
  const close = () => {
    stop();
    onClose();
  };
  const progress = text('campaignOversight:daily.severalProgress', { done, all: days.length });
  return (
    <Modal title={text('campaignOversight:daily.severalTitle')} onClose={close}>
      <form className={styles.form} onSubmit={submit}>
        <p>{text('campaignOversight:daily.severalMeaning')}</p>
        <ScrollRegion label={text('campaignOversight:daily.severalList')} height="small">
          <ul className={styles.dates}>
            {days.map(({ date, events, findings }, place) => (
              <li key={date}>
                {weekdayName(date)} {date}
                <span className={styles.note}>
                  {text('campaignOversight:daily.events', { count: events })},{' '}
                  {text('campaignOversight:daily.findings', { count: findings })}
                </span>
                {place < done && (
                  <Chip {...standingLooks['on-record']}>
                    {text('campaignOversight:daily.standing.on-record')}
                  </Chip>
                )}
              </li>
            ))}
          </ul>
        </ScrollRegion>
        {asksPassphrase && left > 0 && <PassphraseField value={passphrase} onChange={setPassphrase} />}
        {(isRunning || done > 0) && (
          <ProgressBar
            label={text('campaignOversight:daily.severalTitle')}
            share={done / days.length}
            text={progress}
          />
        )}
        {isRunning && <output>{progress}</output>}
        {!isRunning && done > 0 && (
          <Notice tone="good" title={text('campaignOversight:daily.severalDone', { count: done })} />
        )}
        <ProblemNotice error={error} />
        <ActingAs />
        <ModalActions>
          {isRunning && <Button onClick={stop}>{text('campaignOversight:daily.severalStop')}</Button>}
          {left === 0 && !isRunning ? (
            <Button weight="primary" onClick={close}>
              {text('campaignOversight:daily.close')}
            </Button>
          ) : (
            <Button weight="primary" submits disabled={!canStart}>
              {text('campaignOversight:daily.severalStart', { count: left })}
            </Button>
          )}
        </ModalActions>
      </form>
    </Modal>
  );
}
