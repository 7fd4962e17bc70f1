// One conflict: what it is about, every decision in a column of its own, and how it was closed or can be.
import type { ReactNode } from 'react';
import { CircleCheck, Scale } from 'lucide-react';
import type { CampaignConflict } from '#shared/model/campaign-files.ts';
import { nameOf } from '#shared/model/campaign-people.ts';
import type { CampaignStatus } from '#shared/model/campaign-view.ts';
import { Button } from '../../../components/button.tsx';
import { Chip } from '../../../components/chip.tsx';
import { FullValue } from '../../../components/full-value.tsx';
import { Spoken } from '../../../components/spoken.tsx';
import { Verbatim } from '../../../components/verbatim.tsx';
import table from '../../../domain/compared-table.module.css';
import { DecisionMark } from '../../../domain/decision-mark.tsx';
import { durationWords } from '../../../domain/duration-words.ts';
import entries from '../../../domain/entry-list.module.css';
import { InstantText } from '../../../domain/instant.tsx';
import { text } from '../../../texts/text.ts';
import { CloseConflict } from './close-conflict.tsx';
import styles from './conflicts.module.css';
import { evidencePartWords } from './evidence-part-words.ts';

type Opinion = CampaignConflict['opinions'][number];
type CardProps = { campaign: CampaignStatus; conflict: CampaignConflict; onSee: () => void };

export function ConflictCard({ campaign, conflict, onSee }: CardProps) {
  const { subject, entitlement, resource, stage, closing, opinions } = conflict;
  const { stages, meanings } = campaign.definition;
  const meaning = meanings[entitlement];
  return (
    <article className={styles.card} aria-label={`${subject} · ${entitlement}`}>
      <header className={styles.head}>
        <h2 className={styles.title}>
          <Verbatim value={subject} /> · <Verbatim value={entitlement} />
          {resource !== null && (
            <>
              {' · '}
              <Verbatim value={resource} />
            </>
          )}
        </h2>
        {stages.length > 1 && (
          <span className={styles.quiet}>
            {text('campaignFiles:stage', { number: stage + 1 })}: {stages[stage]?.name}
          </span>
        )}
        <span className={styles.see}>
          <Button size="small" onClick={onSee}>
            {text('campaignFiles:conflict.see')}
          </Button>
        </span>
      </header>
      {meaning !== undefined && <p className={styles.quiet}>{meaning}</p>}
      <Opinions campaign={campaign} opinions={opinions} isClosed={closing !== null} />
      {closing === null ? (
        <CloseConflict campaign={campaign} conflict={conflict} />
      ) : (
        <div className={`${entries.entry} ${styles.closing}`}>
          <p>
            <Verbatim value={closing.byName} /> · <InstantText instant={closing.at} withOffset />
          </p>
          <FullValue name={text('campaignFiles:conflict.note')} value={closing.note} />
        </div>
      )}
    </article>
  );
}

type OpinionsProps = { campaign: CampaignStatus; opinions: readonly Opinion[]; isClosed: boolean };

/** Every decision a column, every question a line, so that they can be compared. */
function Opinions({ campaign, opinions, isClosed }: OpinionsProps) {
  const lines: readonly { name: string; renderOf: (opinion: Opinion) => ReactNode }[] = [
    { name: text('campaignFiles:line.decision'), renderOf: ({ kind }) => <DecisionMark decision={kind} /> },
    {
      name: text('campaignFiles:line.by'),
      renderOf: (opinion) => <ByWhom campaign={campaign} opinion={opinion} />,
    },
    {
      name: text('campaignFiles:line.when'),
      renderOf: ({ decidedAt }) => <InstantText instant={decidedAt} precision="second" withOffset />,
    },
    {
      name: text('campaignFiles:line.why'),
      renderOf: ({ reason }) => (
        <FullValue
          name={text('campaignFiles:line.why')}
          value={reason}
          missing={text('campaignFiles:conflict.noReason')}
        />
      ),
    },
    { name: text('campaignFiles:line.looked'), renderOf: (opinion) => <HowLooked opinion={opinion} /> },
    { name: text('campaignFiles:line.came'), renderOf: (opinion) => <WhereFrom opinion={opinion} /> },
  ];
  return (
    <table className={`${table.table} ${styles.table}`} aria-label={text('campaignFiles:conflict.both')}>
      <thead>
        <tr>
          <th scope="col">
            <Spoken>{text('campaignFiles:conflict.compared')}</Spoken>
          </th>
          {opinions.map((opinion) => (
            <th key={opinion.decision} scope="col">
              <ColumnHead opinion={opinion} isClosed={isClosed} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map(({ name, renderOf }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {opinions.map((opinion) => (
              <td key={opinion.decision}>{renderOf(opinion)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ColumnHead({ opinion, isClosed }: { opinion: Opinion; isClosed: boolean }) {
  return (
    <span className={styles.columnHead}>
      <Verbatim value={opinion.reviewerName} />
      {opinion.stands && isClosed && (
        <Chip icon={CircleCheck} tone="good">
          {text('campaignFiles:conflict.stands')}
        </Chip>
      )}
      {opinion.stands && !isClosed && (
        <Chip icon={Scale} tone="info" title={text('campaignFiles:conflict.byPolicyMeaning')}>
          {text('campaignFiles:conflict.byPolicy')}
        </Chip>
      )}
    </span>
  );
}

function ByWhom({ campaign, opinion }: { campaign: CampaignStatus; opinion: Opinion }) {
  const { reviewer, ofRecord } = opinion;
  const owner = nameOf(campaign.definition, ofRecord);
  return (
    <>
      <Verbatim value={reviewer} />
      <span className={`${table.line} ${table.quiet}`}>
        {ofRecord === reviewer
          ? text('campaignFiles:conflict.ofRecord')
          : text('campaignFiles:conflict.standsIn', { name: owner })}
      </span>
    </>
  );
}

function HowLooked({ opinion: { opened, dwellMs } }: { opinion: Opinion }) {
  return (
    <>
      {opened.length === 0
        ? text('campaignFiles:conflict.nothingOpened')
        : opened.map(evidencePartWords).join(' · ')}
      {dwellMs !== null && (
        <span className={`${table.line} ${table.quiet}`}>
          {text('campaignFiles:conflict.inView', { time: durationWords(dwellMs) })}
        </span>
      )}
    </>
  );
}

function WhereFrom({ opinion: { importedFrom } }: { opinion: Opinion }) {
  if (importedFrom === null) return text('campaignFiles:conflict.here');
  return (
    <>
      {text('campaignFiles:conflict.byFile')} <code title={importedFrom}>{importedFrom.slice(0, 16)}…</code>
    </>
  );
}
