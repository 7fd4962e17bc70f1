// Every decision about an item, oldest first; corrections stand after what they correct.
import type { CampaignItemDetail, CampaignStatus } from '#shared/model/campaign-view.ts';
import { nameOf } from '#shared/model/campaign-people.ts';
import { Chip } from '../../../components/chip.tsx';
import { Verbatim } from '../../../components/verbatim.tsx';
import { visibleText } from '../../../components/visible-text.ts';
import { DecisionMark } from '../../../domain/decision-mark.tsx';
import { decisionWords } from '../../../domain/decision-words.ts';
import { durationWords } from '../../../domain/duration-words.ts';
import entries from '../../../domain/entry-list.module.css';
import { InstantText } from '../../../domain/instant.tsx';
import { text } from '../../../texts/text.ts';
import styles from './items.module.css';

type ItemDecisionsProps = { detail: CampaignItemDetail; campaign: CampaignStatus };

export function ItemDecisions({ detail: { decisions }, campaign }: ItemDecisionsProps) {
  const { stages, people } = campaign.definition;
  const title = text('campaignItems:decisions.title');
  if (decisions.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <ol className={entries.entries}>
        {decisions.map((made) => (
          <li key={made.id} className={entries.entry}>
            <p className={entries.head}>
              {made.stands ? (
                <DecisionMark decision={made.decision} />
              ) : (
                <Chip>{decisionWords[made.decision].past}</Chip>
              )}
              {notesOf(made).map((note) => (
                <span key={note} className={styles.quiet}>
                  {note}
                </span>
              ))}
            </p>
            <p>
              <Verbatim value={made.reviewerName} />
              {made.ofRecord !== made.reviewer && (
                <span className={styles.quiet}>
                  {' '}
                  {text('campaignItems:decisions.for', {
                    name: visibleText(nameOf({ people }, made.ofRecord)),
                  })}
                </span>
              )}{' '}
              · <InstantText instant={made.decidedAt} precision="second" />
              {stages.length > 1 && ` · ${visibleText(stages[made.stage]?.name ?? '')}`}
            </p>
            {made.reason !== null && (
              <p className={entries.reason} dir="auto">
                {visibleText(made.reason)}
              </p>
            )}
            <p className={styles.quiet}>
              {made.dwellMs === null
                ? text('campaignItems:decisions.noDwell')
                : text('campaignItems:decisions.dwell', { time: durationWords(made.dwellMs) })}{' '}
              {text(
                made.opened.length === 0
                  ? 'campaignItems:decisions.openedNone'
                  : 'campaignItems:decisions.opened',
                {
                  count: made.opened.length,
                },
              )}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function notesOf(made: CampaignItemDetail['decisions'][number]): string[] {
  return [
    ...(made.isOwn ? [text('campaignItems:decisions.own')] : []),
    ...(made.stands || made.isOwn ? [] : [text('campaignItems:decisions.standsNot')]),
    ...(made.supersedes === null ? [] : [text('campaignItems:decisions.corrects')]),
    ...(made.batch === null ? [] : [text('campaignItems:decisions.together')]),
    ...(made.importedFrom === null ? [] : [text('campaignItems:decisions.fromFile')]),
  ];
}
