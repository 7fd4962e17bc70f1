// Which database this workspace is connected to, what was found in it then, what is there now, and every change of that.
import { useMutation } from '@tanstack/react-query';
import type { RememberedSource } from '#shared/model/source-health.ts';
import { Button } from '../../components/button.tsx';
import { Facts } from '../../components/facts.tsx';
import { Panel } from '../../components/panel.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { useApi } from '../../domain/api.ts';
import { ChangeHistory } from '../../domain/change-history.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { ReportSentences, Sentences } from '../../domain/report-sentences.tsx';
import { useStatus } from '../../domain/workspace-status.ts';
import { text } from '../../texts/text.ts';
import { RememberedTables } from './remembered-tables.tsx';

type ConnectionSectionProps = { source: RememberedSource; onConnect: () => void };

export function ConnectionSection({ source, onConnect }: ConnectionSectionProps) {
  return (
    <>
      <ConnectionFacts source={source} onConnect={onConnect} />
      <Panel title={text('sources:report.title')} note={text('sources:report.note')}>
        <Sentences label={text('sources:report.remembered')} sentences={source.sentences} />
        <RememberedTables source={source} />
      </Panel>
      <PresentReport />
      <ChangeHistory types={['connection-changed']} />
    </>
  );
}

function ConnectionFacts({ source, onConnect }: ConnectionSectionProps) {
  const { connection } = useStatus();
  if (connection === null) return null;
  const { database, host, port, user, sourceAccount, zone, tls, isSample } = connection;
  const on = text('sources:connection.databaseOn', { database, host: `${host}:${port}` });
  return (
    <Panel
      title={text('sources:connection.title')}
      actions={
        <Button size="small" onClick={onConnect}>
          {text('sources:connection.change')}
        </Button>
      }
    >
      <Facts
        facts={[
          { name: text('sources:connection.database'), value: <Verbatim value={on} /> },
          { name: text('sources:connection.role'), value: <Verbatim value={user} /> },
          {
            name: text('sources:connection.table'),
            value: <Verbatim value={`${source.schema}.${source.table}`} />,
          },
          {
            name: text('sources:connection.account'),
            value: <Verbatim value={sourceAccount} missing={text('sources:connection.noAccount')} />,
          },
          { name: text('sources:connection.zone'), value: zone },
          {
            name: text('sources:connection.tls'),
            value: text(tls === 'verify' ? 'sources:connection.tlsVerify' : 'sources:connection.tlsOff'),
          },
          {
            name: text('sources:connection.kind'),
            value: text(isSample ? 'sources:connection.sample' : 'sources:connection.own'),
          },
          {
            name: text('sources:connection.fingerprint'),
            value: source.fingerprint === null ? text('sources:unknown') : <code>{source.fingerprint}</code>,
          },
        ]}
      />
    </Panel>
  );
}

function PresentReport() {
  const { orpc } = useApi();
  const look = useMutation(orpc.source.report.mutationOptions());
  return (
    <Panel
      title={text('sources:report.nowTitle')}
      note={text('sources:report.nowNote')}
      actions={
        <Button size="small" disabled={look.isPending} onClick={() => look.mutate(undefined)}>
          {text(look.isPending ? 'sources:report.looking' : 'sources:report.look')}
        </Button>
      }
    >
      <ProblemNotice error={look.error} />
      {look.data === undefined && !look.error && <p>{text('sources:report.notYet')}</p>}
      {look.data !== undefined && <ReportSentences report={look.data} />}
    </Panel>
  );
}
