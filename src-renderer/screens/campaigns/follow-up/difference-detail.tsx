// One right of a difference: what it is, and what the campaign before decided about it.
import type { DifferencePage } from '#shared/model/campaign-follow-up.ts';
import { Facts } from '../../../components/facts.tsx';
import { Verbatim } from '../../../components/verbatim.tsx';
import { visibleText } from '../../../components/visible-text.ts';
import { triStateWords } from '../../../domain/campaign-words.ts';
import { InstantText } from '../../../domain/instant.tsx';
import { text } from '../../../texts/text.ts';
import { Earlier } from './difference-columns.tsx';
import { kindWords, rightWords } from './follow-up-words.ts';
import styles from './follow-up.module.css';

type DifferenceDetailProps = { row: DifferencePage['rows'][number]; previousName: string };

export function DifferenceDetail({ row, previousName }: DifferenceDetailProps) {
  const { item, kind, earlier } = row;
  const { subject, subjectName, subjectType, privileged, grantedAt, lastUsedAt } = item;
  return (
    <div className={styles.detailBody}>
      <header className={styles.part}>
        <h2 className={styles.right}>
          <Verbatim value={subjectName ?? subject} />
        </h2>
        {subjectName !== null && subjectName !== subject && (
          <p className={styles.muted}>
            <Verbatim value={subject} />
          </p>
        )}
        <p>{rightWords(item)}</p>
        <p className={styles.muted}>
          {kindWords[kind].label}. {kindWords[kind].meaning}
        </p>
      </header>
      <section className={styles.part} aria-label={text('campaignFollowUp:diff.earlier')}>
        <h3>{text('campaignFollowUp:diff.inCampaign', { name: visibleText(previousName) })}</h3>
        <div className={styles.marks}>
          <Earlier row={row} />
          {earlier !== null && (
            <span className={styles.muted}>
              <bdi>{visibleText(earlier.reviewerName)}</bdi>, <InstantText instant={earlier.decidedAt} />
            </span>
          )}
        </div>
        {earlier !== null && earlier.reason !== null && earlier.reason !== '' && (
          <blockquote className={styles.quote} dir="auto">
            {visibleText(earlier.reason)}
          </blockquote>
        )}
      </section>
      <div className={styles.part}>
        <Facts
          facts={[
            { name: text('campaignFollowUp:diff.account'), value: <Verbatim value={subjectType} /> },
            { name: text('campaignFollowUp:diff.privileged'), value: triStateWords[privileged] },
            { name: text('campaignFollowUp:diff.granted'), value: <Moment value={grantedAt} /> },
            { name: text('campaignFollowUp:diff.used'), value: <Moment value={lastUsedAt} /> },
          ]}
        />
      </div>
    </div>
  );
}

const instantForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

/** A source may say it in any form; what is an instant stands in the zone of the workspace. */
function Moment({ value }: { value: string | null }) {
  return value !== null && instantForm.test(value) ? (
    <InstantText instant={value} />
  ) : (
    <Verbatim value={value} />
  );
}
