// Asks for the reason of a decision, and for several items shows exactly which ones it will cover.
import type { FormEvent } from 'react';
import type { DecisionKind, Review } from '#shared/model/review.ts';
import { Button } from '../../components/button.tsx';
import { TextArea } from '../../components/field.tsx';
import { Modal, ModalActions } from '../../components/modal.tsx';
import { Notice } from '../../components/notice.tsx';
import { ScrollRegion } from '../../components/scroll-region.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { ActingAs } from '../../domain/acting-as.tsx';
import { ActorText } from '../../domain/actor-text.tsx';
import { countWords } from '../../domain/count-words.ts';
import { DecisionMark } from '../../domain/decision-mark.tsx';
import { decisionWords, needsReason } from '../../domain/decision-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import styles from './decision-dialog.module.css';
import { useDraft } from '../../domain/use-draft.ts';

/** The queue shows each of the items in full. */
const mostInList = 80;

type DecisionDialogProps = {
  decision: DecisionKind;
  reviews: readonly Review[];
  isPending: boolean;
  error: unknown;
  onDecide: (reason: string, forget: () => void) => void;
  onClose: () => void;
};

export function DecisionDialog({
  decision,
  reviews,
  isPending,
  error,
  onDecide,
  onClose,
}: DecisionDialogProps) {
  const words = decisionWords[decision];
  const subject = `${decision}.${reviews.length === 1 ? reviews[0]?.id : 'together'}`;
  const [reason, setReason, forget] = useDraft(subject);
  const isNeeded = needsReason(decision, reviews.length);
  const canSave = !isPending && (!isNeeded || reason.trim() !== '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (canSave) onDecide(reason, forget);
  };
  const what = reviews.length === 1 ? 'one item' : countWords(reviews.length, 'item');
  return (
    <Modal title={`${words.label} ${what}`} onClose={onClose} width={reviews.length > 1 ? 'wide' : 'normal'}>
      <form className={styles.form} onSubmit={submit}>
        <p>{words.meaning}</p>
        <Covered reviews={reviews} />
        {reviews.some((review) => review.decision !== null) && (
          <Notice tone="info" title="This corrects the decision that stands. Both stay in the ledger." />
        )}
        <TextArea
          label={isNeeded ? 'Reason' : 'Reason (optional)'}
          hint="It is kept with the decision in the ledger and shown to whoever reads the evidence. Ctrl+Enter saves."
          value={reason}
          maxLength={4000}
          onChange={(event) => setReason(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
              event.preventDefault();
              event.currentTarget.form?.requestSubmit();
            }
          }}
        />
        <ProblemNotice error={error} />
        <ModalActions>
          <ActingAs />
          <Button onClick={onClose}>Cancel</Button>
          <Button weight={decision === 'revoke' ? 'danger' : 'primary'} submits disabled={!canSave}>
            {`${words.label} ${what}`}
          </Button>
        </ModalActions>
      </form>
    </Modal>
  );
}

function Covered({ reviews }: { reviews: readonly Review[] }) {
  return (
    <ScrollRegion label="Items this decision covers" height="small">
      <ul>
        {reviews.map((review) => (
          <li key={review.id} className={styles.item}>
            <Verbatim value={review.action} most={mostInList} />
            <span>
              <ActorText actor={review.actor} name={review.actorName} most={mostInList} />
            </span>
            <InstantText instant={review.createdAt} />
            {review.decision !== null && <DecisionMark decision={review.decision} />}
          </li>
        ))}
      </ul>
    </ScrollRegion>
  );
}
