// Lets findings like one pass for a while: within limits, with an owner and a reason, and not before showing what that would hide.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { ExceptionScope } from '#shared/contract/detection.ts';
import type { Finding } from '#shared/model/finding.ts';
import { hourOfWeekIn, microsecondsPerSlot } from '#shared/time/hour-of-week.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { hourOfWeekWords } from '../../charts/hours-of-week.ts';
import { Button } from '../../components/button.tsx';
import { TextArea, TextField } from '../../components/field.tsx';
import { Modal, ModalActions } from '../../components/modal.tsx';
import { Notice } from '../../components/notice.tsx';
import { ActingAs } from '../../domain/acting-as.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { countWords } from '../../domain/count-words.ts';
import { useDetectorTitles } from '../../domain/detector-titles.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useStatus, useZone } from '../../domain/workspace-status.ts';
import styles from './exception-dialog.module.css';
import {
  deterministicDetectors,
  emptyDraft,
  exceptionErrors,
  mostDays,
  requestOf,
  scopeOf,
  type ExceptionDraft,
  type ExceptionErrors,
} from './exception-form.ts';
import { FindingSubject } from './finding-subject.tsx';

export function ExceptionDialog({ finding, onClose }: { finding: Finding; onClose: () => void }) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const { reviewer } = useStatus();
  const zone = useZone();
  const [draft, setDraft] = useState(() => emptyDraft(finding, reviewer?.name ?? ''));
  const [errors, setErrors] = useState<ExceptionErrors>({});
  const [openedMs] = useState(() => Date.now());
  const hourOfWeek = hourOfWeekIn(zone)(Math.floor(parseInstant(finding.start) / microsecondsPerSlot));
  const scope = scopeOf(finding, draft, hourOfWeek, openedMs);
  const grant = useMutation(
    orpc.detection.grantException.mutationOptions({
      onSuccess: onClose,
      onSettled: () => refetchWorkspace(queryClient),
    }),
  );
  const set = (part: Partial<ExceptionDraft>) => setDraft((before) => ({ ...before, ...part }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = exceptionErrors(draft, finding.detector);
    setErrors(found);
    if (scope !== null && Object.keys(found).length === 0) grant.mutate(requestOf(scope, finding, draft));
  };
  return (
    <Modal title="Let pass for a while" onClose={onClose}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <Scope
          finding={finding}
          draft={draft}
          set={set}
          hourWords={`${hourOfWeekWords(hourOfWeek)} (${zone})`}
        />
        <Limits draft={draft} errors={errors} set={set} />
        {deterministicDetectors.includes(finding.detector) && (
          <Acknowledgement draft={draft} errors={errors} set={set} />
        )}
        <Preview scope={scope} />
        <ProblemNotice error={grant.error} />
        <ModalActions>
          <ActingAs />
          <Button onClick={onClose}>Cancel</Button>
          <Button weight="primary" submits disabled={grant.isPending}>
            Let pass
          </Button>
        </ModalActions>
      </form>
    </Modal>
  );
}

type PartProps = {
  draft: ExceptionDraft;
  set: (part: Partial<ExceptionDraft>) => void;
};

function Scope({ finding, draft, set, hourWords }: PartProps & { finding: Finding; hourWords: string }) {
  const titleOf = useDetectorTitles();
  return (
    <fieldset className={styles.scope}>
      <legend>What may pass</legend>
      <p>
        “{titleOf(finding.detector)}” about <FindingSubject finding={finding} most={60} />
      </p>
      {finding.action !== '' && (
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={draft.onlyAction}
            onChange={(event) => set({ onlyAction: event.target.checked })}
          />
          only the action <bdi>{finding.action.slice(0, 80)}</bdi>
        </label>
      )}
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={draft.onlyHour}
          onChange={(event) => set({ onlyHour: event.target.checked })}
        />
        only {hourWords}
      </label>
    </fieldset>
  );
}

function Limits({ draft, errors, set }: PartProps & { errors: ExceptionErrors }) {
  return (
    <>
      <div className={styles.pair}>
        <TextField
          label="Up to this many events"
          inputMode="numeric"
          hint="Findings with more still show."
          value={draft.maximumCount}
          error={errors.maximumCount}
          onChange={(event) => set({ maximumCount: event.target.value })}
        />
        <TextField
          label="For this many days"
          inputMode="numeric"
          hint={`At most ${mostDays}; then it ends by itself.`}
          value={draft.days}
          error={errors.days}
          onChange={(event) => set({ days: event.target.value })}
        />
      </div>
      <TextField
        label="Owner"
        hint="Who answers for letting it pass."
        value={draft.owner}
        error={errors.owner}
        onChange={(event) => set({ owner: event.target.value })}
      />
      <TextArea
        label="Reason"
        hint="It goes into the ledger with the exception."
        rows={3}
        value={draft.reason}
        error={errors.reason}
        onChange={(event) => set({ reason: event.target.value })}
      />
    </>
  );
}

function Acknowledgement({ draft, errors, set }: PartProps & { errors: ExceptionErrors }) {
  return (
    <div className={styles.scope}>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={draft.acknowledged}
          aria-invalid={errors.acknowledged === undefined ? undefined : true}
          onChange={(event) => set({ acknowledged: event.target.checked })}
        />
        This rule is certain, not a matter of degree. I let it pass all the same.
      </label>
      {errors.acknowledged !== undefined && <p className={styles.error}>{errors.acknowledged}</p>}
    </div>
  );
}

/** Counted anew whenever the limits change. */
function Preview({ scope }: { scope: ExceptionScope | null }) {
  const { orpc } = useApi();
  const preview = useQuery(
    orpc.detection.previewException.queryOptions({
      input: scope!,
      enabled: scope !== null,
      placeholderData: (before) => before,
    }),
  );
  if (scope === null) return null;
  if (preview.isError) return <ProblemNotice error={preview.error} />;
  if (preview.data === undefined) return <p className={styles.preview}>Counting what it would hide…</p>;
  const { wouldHide, confirmed } = preview.data;
  if (confirmed.length > 0) {
    return (
      <Notice tone="danger" title={`It would hide ${countWords(confirmed.length, 'confirmed finding')}.`}>
        <p>Somebody escalated what it would hide, so it cannot be granted. Narrow it.</p>
      </Notice>
    );
  }
  if (wouldHide.length === 0) {
    return (
      <Notice tone="info" title="It would hide nothing that shows now.">
        <p>What is very unusual always shows, and so does what exceeds the limit.</p>
      </Notice>
    );
  }
  return (
    <Notice tone="info" title={`It would hide ${countWords(wouldHide.length, 'finding')} now.`}>
      <p>They stay on record under “Let pass”, and some come back unannounced as a check.</p>
    </Notice>
  );
}
