// The decisions of the report: made, not made, and in conflict with the audit database.
import type { Decision, Review } from '#shared/model/review.ts';
import type { PackContents } from '../pack-contents.ts';
import { isDecided } from '../pack-counts.ts';
import { stateFact, type Facts } from './facts.ts';
import { html, instantText, tableOf, termsOf, type Content, type Markup } from './markup.ts';

const personText = (id: string | null, name: string | null): string =>
  id === null || id === '' ? 'unknown' : name === null || name === id ? id : `${name} (${id})`;

function serverText(item: Review | undefined): string {
  if (!item?.server) return 'open';
  const { reviewer, reviewedAt } = item.server;
  return `reviewed by ${reviewer ?? 'somebody it does not name'}, ${instantText(reviewedAt)}`;
}

const countLabels: readonly (readonly [label: string, name: string])[] = [
  ['Review items', 'population'],
  ['Decided', 'decisions'],
  ['Certified', 'decisionsByKind-certify'],
  ['Revoke', 'decisionsByKind-revoke'],
  ['Modify', 'decisionsByKind-modify'],
  ['Abstained', 'decisionsByKind-abstain'],
  ['Escalated', 'decisionsByKind-escalate'],
  ['Without a decision here', 'undecided'],
  ['… of these reviewed by somebody else in the database', 'reviewedElsewhere'],
  ['… of these open and overdue', 'undecidedOverdue'],
  ['Decisions that correct an earlier one', 'corrections'],
  ['Decisions taken back', 'withdrawn'],
  ['Decisions made in bulk', 'bulkDecisions'],
  ['Items that changed after their decision', 'changedSinceDecision'],
  ['Decisions on items outside this population', 'decisionsOutsidePopulation'],
  ['Attempts to review oneself, refused', 'selfReviewsRefused'],
  ['Median time an item was in view, in milliseconds', 'medianDwellMs'],
  ['Conflicts with the audit database', 'conflicts'],
  ['… of these closed by somebody, with a note', 'closedConflicts'],
  ['Decisions somebody else corroborated', 'corroborations'],
  ['Ledger entries', 'ledgerEntries'],
];

export function renderNumbers(facts: Facts): Markup {
  return html`<h2 id="numbers">In numbers</h2>
    ${termsOf(
      countLabels
        .filter(([, name]) => facts.has(`count-${name}`))
        .map(([label, name]) => [label, stateFact(facts, `count-${name}`)]),
    )}`;
}

function decisionRow(made: Decision, item: Review | undefined, facts: Facts): Content[] {
  return [
    item?.action ?? 'unknown',
    personText(item?.actor ?? null, item?.actorName ?? null),
    instantText(item?.dueAt ?? null),
    stateFact(facts, `decision-${made.review}`),
    made.reason ?? '',
    personText(made.reviewer, made.reviewerName),
    instantText(made.decidedAt),
    made.sync,
    html`<code>${made.review}</code> <code>${made.hash}</code>`,
  ];
}

const decisionHeads = [
  'Action',
  'Actor',
  'Due',
  'Decision',
  'Reason',
  'Reviewer',
  'Decided (claimed)',
  'Database',
  'Item, ledger hash',
];

export function renderDecisions({ population, decisions, conflicts }: PackContents, facts: Facts): Markup {
  const items = new Map(population.map((item) => [item.id, item]));
  const open = decisions.filter((line) => !isDecided(line)).map((line) => items.get(line.review));
  return html`<h2 id="decisions">Decisions</h2>
    ${tableOf(
      'Decisions in force',
      decisionHeads,
      decisions.filter(isDecided).map((made) => decisionRow(made, items.get(made.review), facts)),
    )}
    <h2 id="undecided">Items without a decision</h2>
    <p>An item without a decision is neither certified nor revoked.</p>
    ${tableOf(
      'Items without a decision here',
      ['Action', 'Actor', 'Due', 'Decision', 'In the database', 'Item'],
      open.flatMap((item) => (item ? [openRow(item, facts)] : [])),
    )}
    <h2 id="conflicts">Conflicts</h2>
    <p>
      The first decision the audit database received stands there; ours is kept here beside it. Where somebody
      else decided the same, it is a corroboration and counts as no conflict.
    </p>
    ${tableOf(
      'Decisions the audit database did not take',
      [
        'Item',
        'Our decision',
        'Our reason',
        'Reviewer',
        'Outcome',
        'In the database',
        'Its notes',
        'Standing',
      ],
      conflicts.map(({ review, ours, server, outcome, standing, closings }) => [
        html`<code>${review}</code>`,
        ours.decision,
        ours.reason ?? '',
        personText(ours.reviewer, ours.reviewerName),
        outcome,
        `${server.reviewer ?? 'unknown'}, ${instantText(server.reviewedAt)}`,
        server.notes ?? '',
        standingText(standing, closings),
      ]),
    )}`;
}

function standingText(
  standing: PackContents['conflicts'][number]['standing'],
  closings: PackContents['conflicts'][number]['closings'],
): string {
  const last = closings?.at(-1);
  if (standing === 'closed' && last)
    return `closed by ${personText(last.by, last.byName)}, ${instantText(last.at)} (claimed): ${last.note}`;
  return standing ?? 'not recorded';
}

function openRow(item: Review, facts: Facts): Content[] {
  return [
    item.action,
    personText(item.actor, item.actorName),
    `${instantText(item.dueAt)}${item.overdue ? ' (overdue)' : ''}`,
    stateFact(facts, `decision-${item.id}`),
    item.status === 'gone' ? 'no longer visible' : serverText(item),
    html`<code>${item.id}</code>`,
  ];
}
