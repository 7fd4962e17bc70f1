// Items without a decision here: those nobody reviewed, and, told apart from them, those others reviewed in the database.
import type { Review } from '#shared/model/review.ts';
import type { Listed } from '../collect-first.ts';
import type { ReportRows } from '../collect-rows.ts';
import { code, given, paragraph, tableOrNone, type Block, type Phrase } from '../document-model.ts';
import type { ReportEdition } from '../edition.ts';
import { elsewhereFactName, stateCount, stateFact, type Facts } from '../facts.ts';
import { clipped, instantText } from '../visible-text.ts';
import { listedText, person } from './decisions.ts';

function standsAs(item: Review): Phrase {
  if (item.status === 'gone') return ['no longer visible'];
  if (item.undecidable !== undefined) return [given(clipped(item.undecidable))];
  if (!item.server) return ['open'];
  const { reviewer, reviewedAt } = item.server;
  return [
    'reviewed by ',
    given(clipped(reviewer ?? 'somebody it does not name')),
    `, ${instantText(reviewedAt)}`,
  ];
}

function itemTable(caption: string, listed: Listed<Review>, facts: Facts): Block[] {
  return [
    ...listedText(listed, 'data/decisions.jsonl and population.csv'),
    tableOrNone(
      caption,
      [
        { title: 'Item', weight: 35 },
        { title: 'By', weight: 24 },
        { title: 'Due', weight: 21 },
        { title: 'Decision', weight: 11 },
        { title: 'In the database', weight: 11 },
      ],
      listed.rows.map((item) => [
        [given(clipped(item.action)), '\n', code(clipped(item.id))],
        [person(item.actor, item.actorName)],
        [item.dueText ?? instantText(item.dueAt), item.overdue ? '\nOVERDUE' : ''],
        [stateFact(facts, `decision-${item.id}`)],
        standsAs(item),
      ]),
    ),
  ];
}

const meaning = 'An item without a decision is neither certified nor revoked.';

/** Editions before the third listed all of them in order of due time, whoever reviewed them. */
export function undecidedBlocks(rows: ReportRows, facts: Facts, edition: ReportEdition): Block[] {
  if (edition < 3)
    return [paragraph(meaning), ...itemTable('Items without a decision here', rows.undecidedInOrder, facts)];
  return [
    paragraph(
      `${meaning} Nobody has reviewed `,
      ...stateCount(facts, 'undecided-open', 'item', 'items'),
      ', as far as this workstation knows; ',
      stateFact(facts, 'count-undecidedOverdue'),
      ' of these overdue. The overdue ones come first; those that are no longer visible in the database come last. Items that others reviewed in the database are counted in the next chapter.',
    ),
    ...itemTable('Items nobody reviewed, overdue first', rows.undecided.open, facts),
  ];
}

export function elsewhereBlocks({ undecided }: ReportRows, facts: Facts): Block[] {
  const { elsewhere, byUnlisted } = undecided;
  if (elsewhere.total === 0)
    return [paragraph('Every review in the audit database is of an item that has a decision here as well.')];
  return [
    paragraph(
      stateFact(facts, 'count-reviewedElsewhere'),
      ' of the items without a decision here were reviewed in the audit database itself, by somebody else or in another way than through this workspace. What was decided there is not judged here. Each of them is in data/population.jsonl, with who reviewed it and when.',
    ),
    tableOrNone(
      'Items reviewed in the database, by reviewer',
      [
        { title: 'Reviewer', weight: 40 },
        { title: 'Items', weight: 16 },
        { title: 'First reviewed (clock of the server)', weight: 22 },
        { title: 'Last reviewed', weight: 22 },
      ],
      elsewhere.rows.map(({ reviewer, first, last }) => [
        [reviewer === null ? 'not named there' : given(clipped(reviewer))],
        [stateFact(facts, elsewhereFactName(reviewer))],
        [instantText(first)],
        [instantText(last)],
      ]),
    ),
    ...(byUnlisted === 0
      ? []
      : [
          paragraph(
            'The table has those with the most items. Items of reviewers it leaves out: ',
            stateFact(facts, 'elsewhere-byUnlisted'),
            '.',
          ),
        ]),
  ];
}
