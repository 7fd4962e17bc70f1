// What was decided before: on the same right in other campaigns, in earlier stages, and on review items about the subject.
import type { CampaignEvidence } from '#shared/model/campaign-evidence.ts';
import type { DecisionKind } from '#shared/model/review.ts';
import { Chip } from '../../../components/chip.tsx';
import { Verbatim } from '../../../components/verbatim.tsx';
import { visibleText } from '../../../components/visible-text.ts';
import { DecisionMark } from '../../../domain/decision-mark.tsx';
import entries from '../../../domain/entry-list.module.css';
import { InstantText } from '../../../domain/instant.tsx';
import { text } from '../../../texts/text.ts';
import { EvidencePart } from './evidence-part.tsx';
import styles from './items.module.css';

const mostReviews = 10;

export function EarlierPart({ evidence: { earlier, stages } }: { evidence: CampaignEvidence }) {
  return (
    <EvidencePart
      part="earlier"
      known={earlier}
      summary={({ campaigns, reviews }) =>
        campaigns.length + stages.length + reviews.total === 0
          ? text('campaignItems:none')
          : text('campaignItems:earlier.summary', {
              campaigns: campaigns.length + stages.length,
              reviews: reviews.total,
            })
      }
    >
      {({ campaigns, reviews }) => (
        <>
          {campaigns.length + stages.length + reviews.total === 0 && (
            <p className={styles.quiet}>{text('campaignItems:earlier.none')}</p>
          )}
          <ol className={entries.entries} aria-label={text('campaignItems:evidence.part.earlier')}>
            {stages.map((made) => (
              <Made
                key={`stage ${made.stage}`}
                {...made}
                where={text('campaignItems:earlier.inStage', { name: made.name })}
              />
            ))}
            {campaigns.map((made) => (
              <Made
                key={`${made.campaign} ${made.decidedAt}`}
                {...made}
                where={text('campaignItems:earlier.inCampaign', { name: made.name })}
              />
            ))}
            {reviews.decisions.slice(0, mostReviews).map((made) => (
              <Made
                key={`${made.review} ${made.decidedAt} ${made.origin}`}
                decision={made.decision}
                reviewerName={made.reviewerName ?? made.reviewer}
                decidedAt={made.decidedAt}
                reason={made.note}
                where={text('campaignItems:earlier.onItem')}
              />
            ))}
          </ol>
          {reviews.total > mostReviews && (
            <p className={styles.quiet}>
              {text('campaignItems:earlier.capped', { shown: mostReviews, total: reviews.total })}
            </p>
          )}
        </>
      )}
    </EvidencePart>
  );
}

type MadeProps = {
  decision: DecisionKind | null;
  reviewerName: string | null;
  decidedAt: string;
  reason: string | null;
  where: string;
};

function Made({ decision, reviewerName, decidedAt, reason, where }: MadeProps) {
  return (
    <li className={entries.entry}>
      <p className={entries.head}>
        {decision === null ? (
          <Chip>{text('campaignItems:earlier.unnamed')}</Chip>
        ) : (
          <DecisionMark decision={decision} />
        )}
        <span className={styles.quiet}>{where}</span>
      </p>
      <p>
        <Verbatim value={reviewerName} missing={text('campaignItems:nobodyNamed')} most={60} /> ·{' '}
        <InstantText instant={decidedAt} />
      </p>
      {reason !== null && reason !== '' && (
        <p className={entries.reason} dir="auto">
          {visibleText(reason)}
        </p>
      )}
    </li>
  );
}
