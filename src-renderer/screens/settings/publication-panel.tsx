// Whether our findings are published in the source’s own table of anomalies, what would be, and what was.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { PublicationState } from '#shared/model/anomaly.ts';
import { Button } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import { Facts } from '../../components/facts.tsx';
import { TextField } from '../../components/field.tsx';
import { Panel } from '../../components/panel.tsx';
import { ScrollRegion } from '../../components/scroll-region.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { formatCount } from '../../domain/count-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useReviewerGate } from '../../domain/reviewer-gate.ts';
import { SeverityMark } from '../../domain/severity-mark.tsx';
import { openSending } from '../../state/dialogs.ts';
import { text } from '../../texts/text.ts';
import { publicationSentence } from './publication-words.ts';
import styles from './publication-panel.module.css';

export function PublicationPanel() {
  const { orpc } = useApi();
  const publication = useQuery(orpc.anomalies.publication.queryOptions());
  const [isEditing, setIsEditing] = useState(false);
  const gate = useReviewerGate();
  const { data } = publication;
  return (
    <Panel
      title={text('settings:publication.title')}
      note={text('settings:publication.note')}
      actions={
        data !== undefined &&
        !isEditing && (
          <Button size="small" onClick={() => gate(() => setIsEditing(true))}>
            {text(data.isOn ? 'settings:publication.turnOff' : 'settings:publication.turnOn')}
          </Button>
        )
      }
    >
      <ProblemNotice error={publication.error} />
      {data !== undefined && <Standing state={data} />}
      {data !== undefined && isEditing && <SwitchForm isOn={data.isOn} onClose={() => setIsEditing(false)} />}
      {data !== undefined && <Waiting state={data} />}
    </Panel>
  );
}

function Standing({ state }: { state: PublicationState }) {
  return (
    <>
      <p>
        <Chip tone={state.isOn ? 'good' : 'neutral'}>
          {text(state.isOn ? 'settings:publication.on' : 'settings:publication.off')}
        </Chip>{' '}
        {publicationSentence(state)}
      </p>
      <Facts
        columns={2}
        facts={[
          {
            name: text(state.isOn ? 'settings:publication.waiting' : 'settings:publication.would'),
            value: formatCount(state.waiting),
          },
          { name: text('settings:publication.wordless'), value: formatCount(state.notExpressible) },
          {
            name: text('settings:publication.there'),
            value: formatCount(countOf(state, 'published', 'already-there')),
          },
          {
            name: text('settings:publication.notTaken'),
            value: formatCount(countOf(state, 'taken', 'rejected')),
          },
        ]}
      />
    </>
  );
}

type Outcome = PublicationState['published'][number]['outcome'];

const countOf = ({ published }: PublicationState, ...outcomes: readonly Outcome[]): number =>
  published.filter(({ outcome }) => outcomes.includes(outcome)).length;

function Waiting({ state: { isOn, waiting, preview = [] } }: { state: PublicationState }) {
  if (waiting === 0) return null;
  return (
    <>
      <details className={styles.preview}>
        <summary>
          {text(isOn ? 'settings:publication.next' : 'settings:publication.wouldPublish')}
          {waiting > preview.length &&
            text('settings:publication.first', { shown: preview.length, count: waiting })}
        </summary>
        <ScrollRegion label={text('settings:publication.table')}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{text('settings:publication.type')}</th>
                <th scope="col">{text('settings:publication.severity')}</th>
                <th scope="col">{text('settings:publication.user')}</th>
                <th scope="col">{text('settings:publication.detected')}</th>
              </tr>
            </thead>
            <tbody>
              {preview.map(({ finding, anomalyType, severity, user, detectedAt }) => (
                <tr key={finding}>
                  <td>
                    <code>{anomalyType}</code>
                  </td>
                  <td>
                    <SeverityMark severity={severity} />
                  </td>
                  <td>
                    <Verbatim value={user} missing={text('settings:publication.noUser')} most={40} />
                  </td>
                  <td>
                    <InstantText instant={detectedAt} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      </details>
      {isOn && (
        <div>
          <Button size="small" onClick={openSending}>
            {text('settings:publication.send')}
          </Button>
        </div>
      )}
    </>
  );
}

function SwitchForm({ isOn, onClose }: { isOn: boolean; onClose: () => void }) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const [reason, setReason] = useState('');
  const save = useMutation(
    orpc.anomalies.setPublication.mutationOptions({
      onSuccess: async () => {
        await refetchWorkspace(queryClient);
        onClose();
      },
    }),
  );
  const canSave = reason.trim() !== '' && !save.isPending;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (canSave) save.mutate({ isOn: !isOn, reason: reason.trim() });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextField
        label={text(isOn ? 'settings:publication.reasonOff' : 'settings:publication.reasonOn')}
        hint={text('settings:intoLedger')}
        maxLength={4000}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <ProblemNotice error={save.error} />
      <div className={styles.buttons}>
        <Button onClick={onClose}>{text('settings:cancel')}</Button>
        <Button weight="primary" submits disabled={!canSave}>
          {text(isOn ? 'settings:publication.saveOff' : 'settings:publication.saveOn')}
        </Button>
      </div>
    </form>
  );
}
