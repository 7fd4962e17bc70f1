// What will be in the pack, in words, before it is written.
import { useQuery } from '@tanstack/react-query';
import { Fragment, type ReactNode } from 'react';
import { usualCampaigns } from '#shared/model/pack-campaigns.ts';
import { useApi } from '../../domain/api.ts';
import { countWords } from '../../domain/count-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { profileWords } from '../../domain/profile-draft.ts';
import type { SamplingWish } from '../../domain/sampling-draft.ts';
import { useStatus } from '../../domain/workspace-status.ts';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import type { ExportWish } from './export-draft.ts';
import styles from './export-panel.module.css';

type ExportOutlookProps = { wish: ExportWish | null; faults: readonly string[] };

export function ExportOutlook({ wish, faults }: ExportOutlookProps) {
  return (
    <section className={styles.outlook} aria-label={text('evidence:outlook.title')}>
      <h3>{text('evidence:outlook.title')}</h3>
      <ul className={styles.words}>
        <Holdings />
        {wish?.sampling === undefined ? (
          <li>{text('evidence:outlook.noSample')}</li>
        ) : (
          <SampleLine wish={wish.sampling} />
        )}
        <CampaignsLine wish={wish} />
        <Naming wish={wish} />
        <TimestampLine />
        {faults.map((fault) => (
          <li key={fault}>{fault}</li>
        ))}
      </ul>
    </section>
  );
}

function Holdings() {
  const { reviews, decisionsInForce, findings, conflicts, closedConflicts, ledgerEntries } = useStatus();
  const { firstEventAt, lastEventAt } = useStatus();
  return (
    <>
      <li>
        {text('evidence:outlook.items', {
          items: countWords(reviews, 'review item'),
          decisions: countWords(decisionsInForce, 'decision'),
        })}
      </li>
      <li>
        {text('evidence:outlook.holdings', {
          findings: countWords(findings, 'finding'),
          conflicts: countWords(conflicts + closedConflicts, 'conflict'),
          entries: countWords(ledgerEntries, 'entry'),
        })}
      </li>
      {firstEventAt !== null && lastEventAt !== null && (
        <li>
          <Rich
            of="evidence:outlook.population"
            parts={{
              from: <InstantText instant={firstEventAt} />,
              to: <InstantText instant={lastEventAt} />,
            }}
          />
        </li>
      )}
    </>
  );
}

function SampleLine({ wish }: { wish: SamplingWish }) {
  const { orpc } = useApi();
  const preview = useQuery(orpc.evidence.previewSample.queryOptions({ input: wish }));
  const says = (words: ReactNode) => <li aria-live="polite">{words}</li>;
  if (preview.isError) return says(<ProblemNotice error={preview.error} />);
  if (preview.data === undefined) return says(text('evidence:outlook.sampleLoading'));
  const { size, populationSize, derivation } = preview.data;
  const gaps = { size, items: countWords(populationSize, 'review item'), derivation };
  return says(
    wish.seed === null ? text('evidence:sample.line', gaps) : text('evidence:sample.lineSeeded', gaps),
  );
}

/** Says nothing where no access review was ever opened, and while the choice is not complete. */
function CampaignsLine({ wish }: { wish: ExportWish | null }) {
  const { orpc } = useApi();
  const input = wish?.campaigns ?? usualCampaigns;
  const preview = useQuery({
    ...orpc.evidence.previewCampaigns.queryOptions({ input }),
    enabled: wish !== null,
  });
  if (preview.isError)
    return (
      <li>
        <ProblemNotice error={preview.error} />
      </li>
    );
  if (wish === null || preview.data === undefined) return null;
  const { packed, leftOut } = preview.data;
  if (packed.length + leftOut.length === 0) return null;
  return (
    <li aria-live="polite">
      {packed.length === 0 ? (
        text('evidence:campaigns.packedNone')
      ) : (
        <Rich
          of="evidence:campaigns.packed"
          values={{ count: packed.length }}
          parts={{ names: <Names campaigns={packed} /> }}
        />
      )}
      {leftOut.length > 0 && (
        <>
          {' '}
          <Rich
            of="evidence:campaigns.leftOut"
            values={{ count: leftOut.length }}
            parts={{ names: <Names campaigns={leftOut} /> }}
          />
        </>
      )}
      {packed.length > 0 && wish.redact !== undefined && ` ${text('evidence:campaigns.notRedacted')}`}
    </li>
  );
}

const namesShown = 5;

/** The first of them by name; of the rest the number. */
function Names({
  campaigns,
}: {
  campaigns: readonly { readonly campaign: string; readonly name: string }[];
}) {
  const rest = campaigns.length - namesShown;
  return (
    <>
      {campaigns.slice(0, namesShown).map(({ campaign, name }, index) => (
        <Fragment key={campaign}>
          {index > 0 && ', '}
          <bdi>{name}</bdi>
        </Fragment>
      ))}
      {rest > 0 && `, ${text('evidence:campaigns.more', { count: rest })}`}
    </>
  );
}

function Naming({ wish }: { wish: ExportWish | null }) {
  const redact = wish?.redact;
  return (
    <>
      <li>{text('evidence:outlook.naming')}</li>
      {redact !== undefined && (
        <li>
          {text('evidence:outlook.redacted', {
            what: profileWords(redact) || text('evidence:outlook.redactedNothing'),
          })}
        </li>
      )}
    </>
  );
}

function TimestampLine() {
  const { orpc } = useApi();
  const trust = useQuery(orpc.trust.get.queryOptions());
  const service = trust.data?.timestamps;
  if (service === undefined || service === null) return <li>{text('evidence:outlook.noTimestamp')}</li>;
  return (
    <li>
      <Rich of="evidence:outlook.timestamp" parts={{ service: <bdi>{service.url}</bdi> }} />
    </li>
  );
}
