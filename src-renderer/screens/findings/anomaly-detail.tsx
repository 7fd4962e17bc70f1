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
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
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
          <span className={styles.subject}>{text('findings:anomaly.foundBy')}</span>
        </h2>
        {canDispose(anomaly) && <DispositionBar onDispose={onDispose} />}
      </header>
      {independence.isOwnAction && <OwnNotice />}
      {standing !== null && <Notice tone="warning" title={standing} />}
      {anomaly.conflict && <Notice tone="warning" title={text('findings:anomaly.differs')} />}
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
        { name: text('findings:anomaly.severityThere'), value: <SeverityMark severity={anomaly.severity} /> },
        {
          name: text('findings:anomaly.scoreThere'),
          value: (
            <>
              <Verbatim value={anomaly.score} missing={text('findings:number.none')} /> ({anomaly.scoreScale})
            </>
          ),
        },
        {
          name: text('findings:anomaly.user'),
          value: (
            <FullValue
              name={text('findings:anomaly.user')}
              value={anomaly.user}
              missing={text('findings:anomaly.nobody')}
            />
          ),
        },
        { name: text('findings:anomaly.detected'), value: <Verbatim value={anomaly.detectedText} /> },
        {
          name: text('findings:anomaly.tenant'),
          value: <Verbatim value={anomaly.tenant} missing={text('findings:number.none')} />,
        },
        {
          name: text('findings:anomaly.context'),
          value: (
            <FullValue
              name={text('findings:anomaly.context')}
              value={context}
              missing={text('findings:number.none')}
            />
          ),
        },
        { name: text('findings:anomaly.row'), value: <Verbatim value={anomaly.id} /> },
        { name: text('findings:anomaly.standing'), value: anomalyStatusLabels[anomaly.status] },
        ...(published === null
          ? []
          : [{ name: text('findings:anomaly.finding'), value: <Verbatim value={published} /> }]),
      ]}
    />
  );
}

function Theirs({ anomaly: { server } }: { anomaly: ServerAnomaly }) {
  if (server === null) return null;
  return (
    <section>
      <h3>{text('findings:anomaly.there')}</h3>
      <Facts
        facts={[
          {
            name: text('findings:detail.disposition'),
            value: <Verbatim value={server.disposition} missing={text('findings:number.none')} />,
          },
          {
            name: text('findings:anomaly.inOurWords'),
            value:
              server.understoodAs === null
                ? text('findings:anomaly.noneOfOurs')
                : anomalyStatusLabels[server.understoodAs],
          },
          {
            name: text('findings:anomaly.by'),
            value: <Verbatim value={server.reviewedBy} missing={text('findings:anomaly.nobody')} />,
          },
          { name: text('findings:anomaly.when'), value: <InstantText instant={server.reviewedAt} /> },
        ]}
      />
    </section>
  );
}

function Ours({ dispositions }: { dispositions: readonly AnomalyDisposition[] }) {
  return (
    <section>
      <h3>{text('findings:anomaly.here')}</h3>
      {dispositions.map((made) => (
        <Facts
          key={made.id}
          facts={[
            { name: text('findings:detail.disposition'), value: dispositionWords[made.disposition].label },
            {
              name: text('findings:detail.note'),
              value: <FullValue name={text('findings:detail.note')} value={made.note} />,
            },
            {
              name: text('findings:detail.concluded'),
              value: (
                <Rich
                  of="findings:detail.by"
                  parts={{
                    at: <InstantText instant={made.at} />,
                    who: <Verbatim value={made.reviewerName} />,
                  }}
                />
              ),
            },
            {
              name: text('findings:anomaly.sent'),
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
      <h3>{text('findings:anomaly.versions')}</h3>
      <table className={tableStyles.table}>
        <thead>
          <tr>
            <th scope="col">{text('findings:anomaly.read')}</th>
            <th scope="col">{text('findings:column.severity')}</th>
            <th scope="col">{text('findings:anomaly.scoreColumn')}</th>
            <th scope="col">{text('findings:column.disposition')}</th>
          </tr>
        </thead>
        <tbody>
          {versions.map((version) => (
            <tr key={version.version}>
              <th scope="row">
                <InstantText instant={version.seenAt} />
              </th>
              <td>
                <Verbatim value={version.severity} missing={text('findings:number.none')} most={24} />
              </td>
              <td>
                <Verbatim value={version.score} missing={text('findings:number.none')} most={24} />
              </td>
              <td>
                <Verbatim
                  value={version.server?.disposition ?? null}
                  missing={text('findings:number.none')}
                  most={24}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
