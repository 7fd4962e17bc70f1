// The decisions in force, what took rights away or stays open first, with both reviewers where two were needed.
import type { Concurrence, Second } from '#shared/model/concurrence.ts';
import type { Decision, DecisionKind, Review } from '#shared/model/review.ts';
import type { Listed } from '../collect-first.ts';
import type { DecisionStanding, StandingCounts } from '../collect-standing.ts';
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
          `Listed here: ${countText(listed.rows.length)} of ${countText(listed.total)}. All of them are in ${file}.`,
        ),
      ];

const standingTexts: Readonly<Record<DecisionStanding, string>> = {
  final: 'final',
  awaiting: 'awaiting a second person',
  disagreed: 'the second person did not agree',
  'not-independent': 'by the person it is about, under another id',
  opposed: 'somebody else’s stands in the audit database',
  'not-taken': 'not taken by the audit database',
  'left-open': 'left open for somebody else',
};

/** “4, of these 2 final, 1 awaiting a second person”. */
function kindText(kind: DecisionKind, total: number, standings: StandingCounts): string {
  const counts = [...(standings.get(kind) ?? [])].filter(([, count]) => count > 0);
  const [only] = counts;
  if (counts.length === 1 && only)
    return `${kindTitles[kind]}: ${countText(total)}, ${standingTexts[only[0]]}`;
  const parts = counts.map(([standing, count]) => `${countText(count)} ${standingTexts[standing]}`);
  return `${kindTitles[kind]}: ${countText(total)}, of these ${parts.join(', ')}`;
}

const syncTexts: Readonly<Record<Decision['sync'], string>> = {
  unsent: 'not sent yet',
  unknown: 'sent; the answer was lost',
  applied: 'in the audit database',
  'already-mine': 'in the audit database',
  superseded: 'SOMEBODY ELSE’S STANDS in the audit database',
  changed: 'NOT TAKEN: the row had changed',
  'not-visible': 'NOT TAKEN: the row was not visible',
  rejected: 'NOT TAKEN: refused by the audit database',
  local: 'not meant for the audit database',
  'awaiting-second': 'not sent: a second person is awaited',
  disagreed: 'not sent: the second person did not agree',
};

const kindTitles: Readonly<Record<DecisionKind, string>> = {
  revoke: 'Revoke',
  modify: 'Modify',
  escalate: 'Escalated to somebody else',
  abstain: 'Abstained',
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

const itemPhrase = (item: Review): Phrase => [
  given(clipped(item.action)),
  ' by ',
  person(item.actor, item.actorName),
  `\ndue ${item.dueText ?? instantText(item.dueAt)}${item.overdue ? ', OVERDUE' : ''}\n`,
  code(clipped(item.id)),
];

const rowOf = ({ item, made }: DecidedRow, facts: Facts, hasSecond: boolean): Phrase[] => [
  itemPhrase(item),
  [
    stateFact(facts, `decision-${made.review}`),
    `\n${syncTexts[made.sync]}`,
    ...(item.ownByAlias === true ? ['\nBY THE PERSON IT IS ABOUT, under another id'] : []),
  ],
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

function kindBlocks(
  kind: DecisionKind,
  listed: Listed<DecidedRow>,
  standings: StandingCounts,
  facts: Facts,
): Block[] {
  if (listed.total === 0) return [];
  const hasSecond = listed.rows.some(({ made }) => made.second !== undefined);
  const rows = listed.rows.map((row) => rowOf(row, facts, hasSecond));
  const caption = kindText(kind, listed.total, standings);
  return [
    ...(rows.length === 0 ? [paragraph(`${caption}.`)] : []),
    ...listedText(listed, 'data/decisions.jsonl and decisions.csv'),
    ...(rows.length === 0 ? [] : [tableOrNone(caption, columnsOf(hasSecond), rows)]),
  ];
}

export function decisionBlocks({ decided, standings }: ReportRows, facts: Facts): Block[] {
  const blocks = [...decided].flatMap(([kind, listed]) => kindBlocks(kind, listed, standings, facts));
  if (blocks.length === 0) return [paragraph('No decision is in force.')];
  return [
    paragraph(
      'The time of a decision is the clock of the reviewer’s computer, and therefore a claim. What stands below a decision says how far it came in the audit database. One that is not final may still change, or count for nothing.',
    ),
    ...blocks,
  ];
}
