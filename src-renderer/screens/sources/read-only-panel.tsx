// Why nothing is sent: every difference of the database, and confirming exactly these without asking for its password again.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { SourceHealth } from '#shared/model/source-health.ts';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { InstantText } from '../../domain/instant.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { Sentences } from '../../domain/report-sentences.tsx';
import { announce } from '../../state/dialogs.ts';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import styles from './sources-screen.module.css';

export function ReadOnlyPanel({ readOnly }: { readOnly: NonNullable<SourceHealth['readOnly']> }) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const look = useMutation(orpc.source.report.mutationOptions());
  const reconnect = useMutation(
    orpc.source.reconnect.mutationOptions({
      onSuccess: async (_report, { confirmed = [] }) => {
        await refetchWorkspace(queryClient);
        const message = text(confirmed.length > 0 ? 'sources:readOnly.done' : 'sources:readOnly.doneAgain');
        announce({ id: 'confirmed', tone: 'good', message, next: null });
      },
    }),
  );
  const changes = look.data?.changes ?? null;
  return (
    <Panel
      title={text('sources:readOnly.title')}
      note={<Rich of="sources:readOnly.since" parts={{ since: <InstantText instant={readOnly.since} /> }} />}
    >
      <Notice tone="warning" title={text('sources:readOnly.why')}>
        <p>{text('sources:readOnly.meaning')}</p>
      </Notice>
      {changes === null && (
        <Differences label={text('sources:readOnly.differences')} differences={readOnly.differences} />
      )}
      <ProblemNotice error={look.error} />
      {changes !== null && (
        <>
          <p>
            {changes.length === 0
              ? text('sources:readOnly.foundNone')
              : text('sources:readOnly.found', { count: changes.length })}
          </p>
          <Differences label={text('sources:readOnly.now')} differences={changes} />
        </>
      )}
      <ProblemNotice error={reconnect.error} />
      <div className={styles.buttons}>
        <Button
          weight={changes === null ? 'primary' : 'secondary'}
          disabled={look.isPending || reconnect.isPending}
          onClick={() => {
            reconnect.reset();
            look.mutate(undefined);
          }}
        >
          {text(look.isPending ? 'sources:readOnly.looking' : 'sources:readOnly.look')}
        </Button>
        {changes !== null && (
          <Button
            weight="primary"
            disabled={look.isPending || reconnect.isPending}
            onClick={() => reconnect.mutate({ confirmed: changes })}
          >
            {confirmText(changes.length, reconnect.isPending)}
          </Button>
        )}
      </div>
      <p className={styles.note}>{text('sources:readOnly.password')}</p>
    </Panel>
  );
}

function confirmText(differences: number, isConfirming: boolean): string {
  if (isConfirming) return text('sources:readOnly.confirming');
  return differences === 0
    ? text('sources:readOnly.connectAgain')
    : text('sources:readOnly.confirm', { count: differences });
}

function Differences({ label, differences }: { label: string; differences: readonly string[] }) {
  return differences.length === 0 ? null : <Sentences label={label} sentences={differences} />;
}
