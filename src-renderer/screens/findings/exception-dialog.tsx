// Lets findings like one pass for a while: within limits, with an owner and a reason, and not before showing what that would hide.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { Finding } from '#shared/model/finding.ts';
import { hourOfWeekIn, microsecondsPerSlot } from '#shared/time/hour-of-week.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { hourOfWeekWords } from '../../charts/hours-of-week.ts';
import { Button } from '../../components/button.tsx';
import { TextArea, TextField } from '../../components/field.tsx';
import { Modal, ModalActions } from '../../components/modal.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { ActingAs } from '../../domain/acting-as.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { useDetectorTitles } from '../../domain/detector-titles.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useStatus, useZone } from '../../domain/workspace-status.ts';
import { InstantText } from '../../domain/instant.tsx';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
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
import { ExceptionPreview } from './exception-preview.tsx';
import { FindingSubject } from './finding-subject.tsx';

type ExceptionDialogProps = {
  finding: Finding;
  /** Among them are those an exception would hide. */
  findings: readonly Finding[];
  onClose: () => void;
};

export function ExceptionDialog({ finding, findings, onClose }: ExceptionDialogProps) {
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
    <Modal title={text('findings:exception.title')} onClose={onClose}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <Scope
          finding={finding}
          draft={draft}
          set={set}
          hourWords={`${hourOfWeekWords(hourOfWeek)} (${zone})`}
        />
        <Limits draft={draft} errors={errors} set={set} endsAt={scope?.expiresAt ?? null} />
        {deterministicDetectors.includes(finding.detector) && (
          <Acknowledgement draft={draft} errors={errors} set={set} />
        )}
        <ExceptionPreview scope={scope} findings={findings} />
        <ProblemNotice error={grant.error} />
        <ModalActions>
          <ActingAs />
          <Button onClick={onClose}>{text('findings:disposition.cancel')}</Button>
          <Button weight="primary" submits disabled={grant.isPending}>
            {text('findings:exception.letPass')}
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
      <legend>{text('findings:exception.scope')}</legend>
      <p>
        <Rich
          of="findings:exception.about"
          values={{ title: titleOf(finding.detector) }}
          parts={{ subject: <FindingSubject finding={finding} most={60} /> }}
        />
      </p>
      {finding.action !== '' && (
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={draft.onlyAction}
            onChange={(event) => set({ onlyAction: event.target.checked })}
          />
          <span>
            <Rich
              of="findings:exception.onlyAction"
              parts={{ action: <Verbatim value={finding.action} most={80} /> }}
            />
          </span>
        </label>
      )}
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={draft.onlyHour}
          onChange={(event) => set({ onlyHour: event.target.checked })}
        />
        {text('findings:exception.onlyHour', { hour: hourWords })}
      </label>
    </fieldset>
  );
}

type LimitsProps = PartProps & { errors: ExceptionErrors; endsAt: string | null };

function Limits({ draft, errors, set, endsAt }: LimitsProps) {
  return (
    <>
      <div className={styles.pair}>
        <TextField
          label={text('findings:exception.most')}
          inputMode="numeric"
          hint={text('findings:exception.mostHint')}
          value={draft.maximumCount}
          error={errors.maximumCount}
          onChange={(event) => set({ maximumCount: event.target.value })}
        />
        <TextField
          label={text('findings:exception.days')}
          inputMode="numeric"
          hint={<Ends at={endsAt} />}
          value={draft.days}
          error={errors.days}
          onChange={(event) => set({ days: event.target.value })}
        />
      </div>
      <TextField
        label={text('findings:exception.owner')}
        hint={text('findings:exception.ownerHint')}
        value={draft.owner}
        error={errors.owner}
        onChange={(event) => set({ owner: event.target.value })}
      />
      <TextArea
        label={text('findings:exception.reason')}
        hint={text('findings:exception.reasonHint')}
        rows={3}
        value={draft.reason}
        error={errors.reason}
        onChange={(event) => set({ reason: event.target.value })}
      />
    </>
  );
}

/** The day it ends on, as long as the days make one. */
function Ends({ at }: { at: string | null }) {
  if (at === null) return text('findings:exception.daysHint', { count: mostDays });
  return (
    <Rich
      of="findings:exception.endsOn"
      values={{ count: mostDays }}
      parts={{ end: <InstantText instant={at} /> }}
    />
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
        {text('findings:exception.certain')}
      </label>
      {errors.acknowledged !== undefined && <p className={styles.error}>{errors.acknowledged}</p>}
    </div>
  );
}
