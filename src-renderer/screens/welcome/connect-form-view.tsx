// Connecting in two steps: look at the database and read the report, then remember it and refresh.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { ConnectRequest } from '#shared/model/connection.ts';
import type { RememberedSource } from '#shared/model/source-health.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { useWatchJob } from '../../domain/jobs.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useStatus } from '../../domain/workspace-status.ts';
import { text } from '../../texts/text.ts';
import type { ConnectDraft, ConnectErrors } from './connect-form.ts';
import {
  customMappingText,
  draftFromConnection,
  emptyConnectDraft,
  readConnectDraft,
} from './connect-form.ts';
import styles from './connect-form-view.module.css';
import { AddressFields, ScopeFields } from './connect-fields.tsx';
import { InspectionView } from './inspection-view.tsx';
import { MappingFields } from './mapping-fields.tsx';
import { MirrorFields } from './mirror-fields.tsx';
import { partPassword } from './url-password.ts';

type ConnectFormProps = { onReady: () => void; onBack: () => void };

/** Waits until it is known how the source is read: connecting again must not lose a mapping of its own. */
export function ConnectForm(props: ConnectFormProps) {
  const { orpc } = useApi();
  const { connection } = useStatus();
  const health = useQuery(orpc.sources.health.queryOptions({ enabled: connection !== null }));
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <Button weight="quiet" icon={ArrowLeft} onClick={props.onBack}>
          {text('welcome:connect.back')}
        </Button>
        <h1>{text('welcome:connect.title')}</h1>
      </header>
      {connection !== null && health.isPending ? (
        <EmptyState title={text('welcome:connect.reading')} />
      ) : (
        <FilledForm {...props} source={health.data?.source ?? null} />
      )}
    </div>
  );
}

function FilledForm({ onReady, source }: ConnectFormProps & { source: RememberedSource | null }) {
  const { orpc } = useApi();
  const { connection } = useStatus();
  const [draft, setDraft] = useState<ConnectDraft>(() =>
    connection === null
      ? emptyConnectDraft(Intl.DateTimeFormat().resolvedOptions().timeZone)
      : draftFromConnection(connection, customMappingText(source)),
  );
  const [errors, setErrors] = useState<ConnectErrors>({});
  const inspect = useMutation(orpc.source.inspect.mutationOptions());
  const preview = useMutation(orpc.source.preview.mutationOptions());
  const connect = useConnectAndRefresh(onReady);
  const withRequest = (use: (request: ConnectRequest) => void) => {
    // Enter sends the form without leaving the field.
    const complete = draft.way === 'url' ? { ...draft, ...partPassword(draft.url) } : draft;
    const reading = readConnectDraft(complete);
    setDraft(complete);
    setErrors(reading.errors);
    if (Object.keys(reading.errors).length === 0) use(reading.request);
  };
  const set = (part: Partial<ConnectDraft>) => {
    setDraft((before) => ({ ...before, ...part }));
    inspect.reset();
    connect.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    withRequest((request) => inspect.mutate(request));
  };
  return (
    <div className={styles.columns}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <AddressFields draft={draft} errors={errors} set={set} isKnown={connection !== null} />
        <ScopeFields draft={draft} errors={errors} set={set} />
        <MirrorFields draft={draft} errors={errors} set={set} />
        <MappingFields
          draft={draft}
          errors={errors}
          set={set}
          preview={preview.data ?? null}
          onPreview={() => withRequest((request) => preview.mutate(request))}
        />
        <ProblemNotice error={preview.error} />
        <div className={styles.buttons}>
          <Button
            weight={inspect.data === undefined ? 'primary' : 'secondary'}
            submits
            disabled={inspect.isPending}
          >
            {text(inspect.isPending ? 'welcome:connect.looking' : 'welcome:connect.look')}
          </Button>
          <p className={styles.note}>{text('welcome:connect.lookNote')}</p>
        </div>
      </form>
      <InspectionView
        report={inspect.data ?? null}
        error={inspect.error ?? connect.error}
        isConnecting={connect.isPending}
        onConnect={(confirmed) => withRequest((request) => connect.mutate({ ...request, ...confirmed }))}
      />
    </div>
  );
}

function useConnectAndRefresh(onReady: () => void) {
  const { client } = useApi();
  const watch = useWatchJob();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (request: ConnectRequest) => {
      await client.source.connect(request);
      return client.refresh.start({});
    },
    onSuccess: async (started) => {
      watch(started);
      await refetchWorkspace(queryClient);
      onReady();
    },
  });
}
