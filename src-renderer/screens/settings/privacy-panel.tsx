// Whether actors are shown as pseudonyms, looking behind them for a time, and erasing a person; each with a reason on record.
import type { InferClientOutputs } from '@orpc/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { refetchWorkspace, useApi, type WorkstationClient } from '../../domain/api.ts';
import { InstantText } from '../../domain/instant.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useStatus } from '../../domain/workspace-status.ts';
import styles from './independence-panel.module.css';

type Privacy = InferClientOutputs<WorkstationClient>['privacy']['get'];
type ErasureReport = InferClientOutputs<WorkstationClient>['privacy']['erase'];
type Act = 'mask' | 'unmask' | 'erase';

const noteOf =
  'pseudonyms in the place of names, on every screen and in exported lists; evidence packs name people';

export function PrivacyPanel() {
  const { orpc } = useApi();
  const { reviewer } = useStatus();
  const privacy = useQuery(orpc.privacy.get.queryOptions());
  const [act, setAct] = useState<Act | null>(null);
  const [report, setReport] = useState<ErasureReport | null>(null);
  const { data } = privacy;
  const close = () => setAct(null);
  return (
    <Panel
      title="People in the data"
      note={noteOf}
      actions={
        reviewer !== null && act === null && data !== undefined && <Acts privacy={data} onChoose={setAct} />
      }
    >
      <ProblemNotice error={privacy.error} />
      {data !== undefined && <Standing privacy={data} />}
      {act === 'mask' && data !== undefined && <MaskForm isMasked={data.isMasked} onClose={close} />}
      {act === 'unmask' && <UnmaskForm onClose={close} />}
      {act === 'erase' && (
        <EraseForm
          onClose={close}
          onErased={(done) => {
            setReport(done);
            close();
          }}
        />
      )}
      {report !== null && <Erased report={report} />}
    </Panel>
  );
}

function Acts({ privacy, onChoose }: { privacy: Privacy; onChoose: (act: Act) => void }) {
  return (
    <>
      <Button size="small" onClick={() => onChoose('mask')}>
        {privacy.isMasked ? 'Show names' : 'Mask names'}
      </Button>
      {privacy.isMasked && (
        <Button size="small" onClick={() => onChoose('unmask')}>
          Look behind
        </Button>
      )}
      <Button size="small" onClick={() => onChoose('erase')}>
        Erase a person
      </Button>
    </>
  );
}

function Standing({ privacy }: { privacy: Privacy }) {
  const { isMasked, purpose, unmaskings, erased } = privacy;
  return (
    <>
      <p>{isMasked ? 'Actors are shown as pseudonyms.' : 'Actors are shown by name.'}</p>
      {purpose !== null && (
        <p>
          Purpose: <Verbatim value={purpose} />
        </p>
      )}
      {unmaskings.length > 0 && (
        <ul className={styles.list} aria-label="Unmasked now">
          {unmaskings.map((one) => (
            <li key={`${one.at} ${one.pseudonym ?? ''}`}>
              {one.pseudonym ?? 'Everybody'} is shown by name until <InstantText instant={one.until} />:{' '}
              <Verbatim value={one.reason} />
            </li>
          ))}
        </ul>
      )}
      {erased.length > 0 && (
        <ul className={styles.list} aria-label="Erased people">
          {erased.map((person) => (
            <li key={person.pseudonym}>
              {person.pseudonym} was erased <InstantText instant={person.at} />:{' '}
              <Verbatim value={person.reason} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function MaskForm({ isMasked, onClose }: { isMasked: boolean; onClose: () => void }) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const [purpose, setPurpose] = useState('');
  const save = useMutation(
    orpc.privacy.setMask.mutationOptions({
      onSuccess: async () => {
        await refetchWorkspace(queryClient);
        onClose();
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ isMasked: !isMasked, purpose: purpose.trim() });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextField
        label={isMasked ? 'What the names are needed for' : 'What the data are looked at for'}
        hint="It is shown here and goes into the ledger."
        value={purpose}
        onChange={(event) => setPurpose(event.target.value)}
      />
      <ProblemNotice error={save.error} />
      <FormButtons
        label={isMasked ? 'Show names' : 'Mask names'}
        canSave={purpose.trim() !== '' && !save.isPending}
        onClose={onClose}
      />
    </form>
  );
}

function UnmaskForm({ onClose }: { onClose: () => void }) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const [actor, setActor] = useState('');
  const [reason, setReason] = useState('');
  const [minutes, setMinutes] = useState('15');
  const save = useMutation(
    orpc.privacy.unmask.mutationOptions({
      onSuccess: async () => {
        await refetchWorkspace(queryClient);
        onClose();
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const whom = actor.trim() === '' ? null : actor.trim();
    save.mutate({ actor: whom, reason: reason.trim(), minutes: Number(minutes) });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextField
        label="Pseudonym"
        hint="As a list shows it; empty is everybody."
        value={actor}
        onChange={(event) => setActor(event.target.value)}
      />
      <TextField
        label="For how many minutes"
        hint="480 at most."
        inputMode="numeric"
        value={minutes}
        onChange={(event) => setMinutes(event.target.value)}
      />
      <TextField
        label="Reason for looking"
        hint="Who looked, behind which pseudonym, why and until when goes into the ledger."
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <ProblemNotice error={save.error} />
      <FormButtons
        label="Look behind"
        canSave={reason.trim() !== '' && /^[1-9]\d*$/.test(minutes) && !save.isPending}
        onClose={onClose}
      />
    </form>
  );
}

function EraseForm({
  onClose,
  onErased,
}: {
  onClose: () => void;
  onErased: (report: ErasureReport) => void;
}) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const [actor, setActor] = useState('');
  const [reason, setReason] = useState('');
  const save = useMutation(
    orpc.privacy.erase.mutationOptions({
      onSuccess: async (report) => {
        await refetchWorkspace(queryClient);
        onErased(report);
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ actor: actor.trim(), reason: reason.trim() });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextField
        label="Actor to erase"
        hint="The id as the audit events have it, or the pseudonym. It cannot be undone here."
        spellCheck={false}
        value={actor}
        onChange={(event) => setActor(event.target.value)}
      />
      <TextField
        label="Reason for the erasure"
        hint="It goes into the ledger for good: do not name the person in it."
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <ProblemNotice error={save.error} />
      <FormButtons
        label="Erase for good"
        canSave={actor.trim() !== '' && reason.trim() !== '' && !save.isPending}
        onClose={onClose}
      />
    </form>
  );
}

function FormButtons({ label, canSave, onClose }: { label: string; canSave: boolean; onClose: () => void }) {
  return (
    <div className={styles.buttons}>
      <Button onClick={onClose}>Cancel</Button>
      <Button weight="primary" submits disabled={!canSave}>
        {label}
      </Button>
    </div>
  );
}

function Erased({ report }: { report: ErasureReport }) {
  const { pseudonym, erased, kept, copies } = report;
  return (
    <Notice tone="info" title={`Erased; the person is counted as ${pseudonym}.`}>
      <ul>
        {erased.map(({ what, count, why }) => (
          <li key={what}>{`${count} ${what}: ${why}`}</li>
        ))}
      </ul>
      {kept.length > 0 && <p>What had to stay:</p>}
      <ul>
        {kept.map(({ what, count, why }) => (
          <li key={what}>{`${count} ${what}: ${why}`}</li>
        ))}
      </ul>
      {copies.length > 0 && <p>{`Copies made before, which are yours to delete: ${copies.join(', ')}`}</p>}
    </Notice>
  );
}
