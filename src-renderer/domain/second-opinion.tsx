// A decision that needs a second person: what that person said so far, and, for one who may, the place to say it.
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { Concurrence, Second } from '#shared/model/concurrence.ts';
import { Button } from '../components/button.tsx';
import { Chip } from '../components/chip.tsx';
import { TextArea } from '../components/field.tsx';
import { Notice } from '../components/notice.tsx';
import { Verbatim } from '../components/verbatim.tsx';
import { text } from '../texts/text.ts';
import { ActingAs } from './acting-as.tsx';
import entries from './entry-list.module.css';
import { InstantText } from './instant.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import styles from './second-opinion.module.css';

type SecondOpinionProps = {
  second: Second;
  /** In words, one a rule. */
  rules: readonly string[];
  /** Absent for those who may not be the second person here. */
  concur?:
    | {
        say: (agree: boolean, reason: string) => void;
        isPending: boolean;
        error: unknown;
        /** What is being written, where somebody keeps it. */
        kept?: { text: string; setText: (text: string) => void };
      }
    | undefined;
};

export function SecondOpinion({ second, rules, concur }: SecondOpinionProps) {
  const isFinal = second.state === 'agreed';
  return (
    <section className={styles.panel} aria-label={text('domain:second.label')}>
      <h3>{text('domain:second.label')}</h3>
      <Notice tone={isFinal ? 'info' : 'warning'} title={text(`domain:second.${second.state}`)}>
        {rules.length > 0 && <p>{text('domain:second.rule', { rules: rules.join('; ') })}</p>}
      </Notice>
      <Concurrences concurrences={second.concurrences} />
      {/* Once said, the next word starts empty. */}
      {concur !== undefined && <ConcurForm key={second.concurrences.length} {...concur} />}
    </section>
  );
}

export function Concurrences({ concurrences }: { concurrences: readonly Concurrence[] }) {
  if (concurrences.length === 0) return null;
  return (
    <ul className={entries.entries} aria-label={text('domain:second.said')}>
      {concurrences.map((said) => (
        <li key={said.id} className={entries.entry}>
          <p>
            <Chip tone={said.agree ? 'good' : 'danger'}>
              {said.agree ? text('domain:second.concurs') : text('domain:second.disagrees')}
            </Chip>{' '}
            <Verbatim value={said.reviewerName} /> · <InstantText instant={said.at} precision="second" />
          </p>
          <p className={entries.reason}>{said.reason}</p>
          {!said.counts && <p className={entries.muted}>{text('domain:second.doesNotCount')}</p>}
        </li>
      ))}
    </ul>
  );
}

function ConcurForm({ say, isPending, error, kept }: NonNullable<SecondOpinionProps['concur']>) {
  const [typed, setTyped] = useState('');
  const { text: reason, setText: setReason } = kept ?? { text: typed, setText: setTyped };
  const canSay = reason.trim() !== '' && !isPending;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (canSay) say(true, reason.trim());
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextArea
        label={text('domain:second.lookedAt')}
        hint={text('domain:second.lookedAtHint')}
        rows={3}
        value={reason}
        maxLength={4000}
        onChange={(event) => setReason(event.target.value)}
      />
      <ProblemNotice error={error} />
      <div className={styles.buttons}>
        <ActingAs />
        <Button disabled={!canSay} onClick={() => say(false, reason.trim())}>
          {text('domain:second.disagree')}
        </Button>
        <Button weight="primary" submits disabled={!canSay}>
          {text('domain:second.concur')}
        </Button>
      </div>
    </form>
  );
}
