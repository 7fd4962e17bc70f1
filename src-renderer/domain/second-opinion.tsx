// A decision that needs a second person: what that person said so far, and, for one who may, the place to say it.
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { Concurrence, Second, SecondState } from '#shared/model/concurrence.ts';
import { Button } from '../components/button.tsx';
import { Chip } from '../components/chip.tsx';
import { TextArea } from '../components/field.tsx';
import { Notice } from '../components/notice.tsx';
import { Verbatim } from '../components/verbatim.tsx';
import { ActingAs } from './acting-as.tsx';
import { InstantText } from './instant.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import styles from './second-opinion.module.css';

const titles: Record<SecondState, string> = {
  'not-needed': 'No second person is needed.',
  awaiting: 'This awaits a second person. Until somebody else concurs, it is not final.',
  agreed: 'A second person concurred.',
  disagreed: 'The second person disagrees. It is not final; the first may correct it.',
};

type SecondOpinionProps = {
  second: Second;
  /** In words, one a rule. */
  rules: readonly string[];
  /** Absent for those who may not be the second person here. */
  concur?: { say: (agree: boolean, reason: string) => void; isPending: boolean; error: unknown } | undefined;
};

export function SecondOpinion({ second, rules, concur }: SecondOpinionProps) {
  const isFinal = second.state === 'agreed';
  return (
    <section className={styles.panel} aria-label="Second person">
      <h3>Second person</h3>
      <Notice tone={isFinal ? 'info' : 'warning'} title={titles[second.state]}>
        {rules.length > 0 && <p>{`The rule: ${rules.join('; ')}.`}</p>}
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
    <ul className={styles.words} aria-label="What second persons said">
      {concurrences.map((said) => (
        <li key={said.id} className={styles.word}>
          <p>
            <Chip tone={said.agree ? 'good' : 'danger'}>{said.agree ? 'Concurs' : 'Disagrees'}</Chip>{' '}
            <Verbatim value={said.reviewerName} /> · <InstantText instant={said.at} precision="second" />
          </p>
          <p className={styles.reason}>{said.reason}</p>
          {!said.counts && (
            <p className={styles.muted}>
              Does not count: this is the first reviewer, or the actor, under another id.
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

function ConcurForm({ say, isPending, error }: NonNullable<SecondOpinionProps['concur']>) {
  const [reason, setReason] = useState('');
  const canSay = reason.trim() !== '' && !isPending;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (canSay) say(true, reason.trim());
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextArea
        label="What you looked at"
        hint="It goes into the ledger with your name."
        rows={3}
        value={reason}
        maxLength={4000}
        onChange={(event) => setReason(event.target.value)}
      />
      <ProblemNotice error={error} />
      <div className={styles.buttons}>
        <ActingAs />
        <Button disabled={!canSay} onClick={() => say(false, reason.trim())}>
          Disagree
        </Button>
        <Button weight="primary" submits disabled={!canSay}>
          Concur
        </Button>
      </div>
    </form>
  );
}
