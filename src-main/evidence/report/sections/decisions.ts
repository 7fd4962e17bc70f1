// The decisions in force, what took rights away or stays open first, with both reviewers where two were needed.
import type { Concurrence, Second } from '#shared/model/concurrence.ts';
import type { Decision, DecisionKind, Review } from '#shared/model/review.ts';
import type { Listed } from '../collect-first.ts';
import type { DecidedRow, ReportRows } from '../collect-rows.ts';
import {
  code,
  given,
  paragraph,
  tableOrNone,
  type Block,
  type Column,
  type Phrase,
} from '../document-model.ts';
import { stateFact, type Facts } from '../facts.ts';
import { clipped, countText, instantText, personText } from '../visible-text.ts';

export const person = (id: string | null, name: string | null): Phrase[number] =>
  given(clipped(personText(id, name)));

/** Says that more exists than is listed, and where. */
export const listedText = (
  listed: { readonly rows: readonly unknown[]; readonly total: number },
  file: string,
): Block[] =>
  listed.rows.length === listed.total
    ? []
    : [
        paragraph(
          `Listed here are ${countText(listed.rows.length)} of ${countText(listed.total)}; all of them are in ${file}.`,
        ),
      ];

const kindTitles: Readonly<Record<DecisionKind, string>> = {
  revoke: 'Revoke',
  modify: 'Modify',
  escalate: 'Escalated to somebody else; open',
  abstain: 'Abstained; open',
  certify: 'Certified',
};

const secondStateTexts: Readonly<Record<Second['state'], string>> = {
  'not-needed': 'not needed',
  awaiting: 'AWAITED; not final',
  agreed: 'agreed',
  disagreed: 'DID NOT AGREE; not final',
};

const said = ({ reviewer, reviewerName, agree, reason, at, counts }: Concurrence): Phrase => [
  '\n',
  person(reviewer, reviewerName),
  `: ${agree ? 'agrees' : 'disagrees'}, ${instantText(at)}`,
  ...(counts ? [] : [' (does not count: the same person under another id)']),
  ...(reason === '' ? [] : ['. ', given(clipped(reason))]),
];

export function secondPhrase(second: Second | undefined): Phrase {
  if (second === undefined) return ['not needed'];
  return [
    secondStateTexts[second.state],
    ` (${clipped(second.rules.join(', '))})`,
    ...second.concurrences.slice(0, 10).flatMap(said),
  ];
}

function notePhrase({ reason, supersedes, batch }: Decision): Phrase {
  return [
    reason === null || reason === '' ? '–' : given(clipped(reason)),
    ...(supersedes === null ? [] : ['\ncorrects ', code(supersedes)]),
    ...(batch === null ? [] : ['\nin bulk, batch ', code(batch)]),
  ];
}

export const itemPhrase = (item: Review): Phrase => [
  given(clipped(item.action)),
  ' by ',
  person(item.actor, item.actorName),
  `\ndue ${item.dueText ?? instantText(item.dueAt)}${item.overdue ? ', OVERDUE' : ''}\n`,
  code(clipped(item.id)),
];

const rowOf = ({ item, made }: DecidedRow, facts: Facts, hasSecond: boolean): Phrase[] => [
  itemPhrase(item),
  [stateFact(facts, `decision-${made.review}`), `\n${made.sync}`],
  [person(made.reviewer, made.reviewerName), `\n${instantText(made.decidedAt)}`],
  ...(hasSecond ? [secondPhrase(made.second)] : []),
  notePhrase(made),
  [code(made.hash)],
];

function columnsOf(hasSecond: boolean): Column[] {
  return [
    { title: 'Item', weight: 27 },
    { title: 'Decision, in the database', weight: 13 },
    { title: 'Reviewer, decided (claimed)', weight: 17 },
    ...(hasSecond ? [{ title: 'Second reviewer', weight: 17 }] : []),
    { title: 'Reason', weight: 22 },
    { title: 'Ledger hash', weight: 17 },
  ];
}

function kindBlocks(kind: DecisionKind, listed: Listed<DecidedRow>, facts: Facts): Block[] {
  if (listed.total === 0) return [];
  const hasSecond = listed.rows.some(({ made }) => made.second !== undefined);
  const rows = listed.rows.map((row) => rowOf(row, facts, hasSecond));
  const caption = `${kindTitles[kind]}: ${countText(listed.total)} in force`;
  return [
    ...(rows.length === 0 ? [paragraph(`${caption}.`)] : []),
    ...listedText(listed, 'data/decisions.jsonl and decisions.csv'),
    ...(rows.length === 0 ? [] : [tableOrNone(caption, columnsOf(hasSecond), rows)]),
  ];
}

export function decisionBlocks({ decided }: ReportRows, facts: Facts): Block[] {
  const blocks = [...decided].flatMap(([kind, listed]) => kindBlocks(kind, listed, facts));
  if (blocks.length === 0) return [paragraph('No decision is in force.')];
  return [
    paragraph(
      'The time of a decision is the clock of the reviewer’s computer, and therefore a claim. The word below a decision says how far it came in the audit database.',
    ),
    ...blocks,
  ];
}

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

export function undecidedBlocks({ undecided }: ReportRows, facts: Facts): Block[] {
  return [
    paragraph('An item without a decision is neither certified nor revoked.'),
    ...listedText(undecided, 'data/decisions.jsonl and population.csv'),
    tableOrNone(
      'Items without a decision here',
      [
        { title: 'Item', weight: 50 },
        { title: 'Decision', weight: 18 },
        { title: 'In the audit database', weight: 32 },
      ],
      undecided.rows.map((item) => [
        itemPhrase(item),
        [stateFact(facts, `decision-${item.id}`)],
        standsAs(item),
      ]),
    ),
  ];
}
