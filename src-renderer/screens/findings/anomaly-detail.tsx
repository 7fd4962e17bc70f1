// One row of the source's own anomalies: its scorer's words, what others and we made of it, and how the row changed.
import type { InferClientOutputs } from '@orpc/client';
import type { AnomalyDisposition, AnomalyVersion, ServerAnomaly } from '#shared/model/anomaly.ts';
import type { Disposition } from '#shared/model/finding.ts';
import { Facts } from '../../components/facts.tsx';
import { FullValue } from '../../components/full-value.tsx';
import { Notice } from '../../components/notice.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { useApi, type WorkstationClient } from '../../domain/api.ts';
import { syncWords } from '../../domain/decision-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { SeverityMark } from '../../domain/severity-mark.tsx';
import { anomalyStatusLabels, canDispose, standingOf } from './anomaly-words.ts';
import { DispositionBar } from './disposition-bar.tsx';
import styles from './finding-detail.module.css';
import { dispositionWords } from './finding-rules.ts';
import tableStyles from './finding-versions.module.css';
import { OwnNotice } from './own-notice.tsx';
import { ProposalPanel } from './proposal-panel.tsx';

export type AnomalyDetails = InferClientOutputs<WorkstationClient>['anomalies']['get'];

const mostInHeading = 70;

type AnomalyDetailProps = { details: AnomalyDetails; onDispose: (disposition: Disposition) => void };

export function AnomalyDetail({ details, onDispose }: AnomalyDetailProps) {
  const { client } = useApi();
  const { anomaly, context, versions, dispositions, independence } = details;
  const standing = standingOf(anomaly);
  return (
    <div className={styles.detail}>
      <header className={styles.head}>
        <h2>
          <Verbatim value={anomaly.anomalyType} most={mostInHeading} />
          <span className={styles.subject}>found by the source’s own scorer, in its words</span>
        </h2>
        {canDispose(anomaly) && <DispositionBar onDispose={onDispose} />}
      </header>
      {independence.isOwnAction && <OwnNotice />}
      {standing !== null && <Notice tone="warning" title={standing} />}
      {anomaly.conflict && (
        <Notice
          tone="warning"
          title="What the database holds and our disposition differ. Both sides are among the conflicts."
        />
      )}
      {anomaly.proposal !== undefined && (
        <ProposalPanel
          proposal={anomaly.proposal}
          canConcur={independence.canConcur}
          record={(agree, reason) =>
            client.anomalies.concur({ id: anomaly.id, agree, reason, shown: anomaly.digest })
          }
        />
      )}
      <Words anomaly={anomaly} context={context} />
      <Theirs anomaly={anomaly} />
      {dispositions.length > 0 && <Ours dispositions={dispositions} />}
      {versions.length > 1 && <Versions versions={versions} />}
    </div>
  );
}

function Words({ anomaly, context }: { anomaly: ServerAnomaly; context: string | null }) {
  const published = anomaly.publishedFinding;
  return (
    <Facts
      facts={[
        { name: 'Severity there', value: <SeverityMark severity={anomaly.severity} /> },
        {
          name: 'Score there',
          value: (
            <>
              <Verbatim value={anomaly.score} missing="none" /> ({anomaly.scoreScale})
            </>
          ),
        },
        { name: 'User', value: <FullValue name="User" value={anomaly.user} missing="nobody named" /> },
        { name: 'Detected', value: <Verbatim value={anomaly.detectedText} /> },
        { name: 'Tenant', value: <Verbatim value={anomaly.tenant} missing="none" /> },
        { name: 'Context', value: <FullValue name="Context" value={context} missing="none" /> },
        { name: 'Row', value: <Verbatim value={anomaly.id} /> },
        { name: 'Standing', value: anomalyStatusLabels[anomaly.status] },
        ...(published === null ? [] : [{ name: 'Finding', value: <Verbatim value={published} /> }]),
      ]}
    />
  );
}

function Theirs({ anomaly: { server } }: { anomaly: ServerAnomaly }) {
  if (server === null) return null;
  return (
    <section>
      <h3>In the database</h3>
      <Facts
        facts={[
          { name: 'Disposition', value: <Verbatim value={server.disposition} missing="none" /> },
          {
            name: 'In our words',
            value:
              server.understoodAs === null
                ? 'none of ours stands for it'
                : anomalyStatusLabels[server.understoodAs],
          },
          { name: 'By', value: <Verbatim value={server.reviewedBy} missing="nobody named" /> },
          { name: 'When', value: <InstantText instant={server.reviewedAt} /> },
        ]}
      />
    </section>
  );
}

function Ours({ dispositions }: { dispositions: readonly AnomalyDisposition[] }) {
  return (
    <section>
      <h3>Made of it here</h3>
      {dispositions.map((made) => (
        <Facts
          key={made.id}
          facts={[
            { name: 'Disposition', value: dispositionWords[made.disposition].label },
            { name: 'Note', value: <FullValue name="Note" value={made.note} /> },
            {
              name: 'Concluded',
              value: (
                <>
                  <InstantText instant={made.at} /> by <Verbatim value={made.reviewerName} />
                </>
              ),
            },
            {
              name: 'Sent',
              value: made.syncDetail ?? syncWords[made.sync].meaning,
            },
          ]}
        />
      ))}
    </section>
  );
}

function Versions({ versions }: { versions: readonly AnomalyVersion[] }) {
  return (
    <section>
      <h3>How the row was</h3>
      <table className={tableStyles.table}>
        <thead>
          <tr>
            <th scope="col">Read</th>
            <th scope="col">Severity</th>
            <th scope="col">Score</th>
            <th scope="col">Disposition</th>
          </tr>
        </thead>
        <tbody>
          {versions.map((version) => (
            <tr key={version.version}>
              <th scope="row">
                <InstantText instant={version.seenAt} />
              </th>
              <td>
                <Verbatim value={version.severity} missing="none" most={24} />
              </td>
              <td>
                <Verbatim value={version.score} missing="none" most={24} />
              </td>
              <td>
                <Verbatim value={version.server?.disposition ?? null} missing="none" most={24} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
