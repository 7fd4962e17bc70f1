// Whether decisions are final: in sentences for the summary, and as a table by what they say.
import type { DecisionKind } from '#shared/model/review.ts';
import { decisionStandings, type DecisionStanding, type StandingCounts } from '../collect-standing.ts';
import { tableOrNone, type Block, type Phrase } from '../document-model.ts';
import { stateFact, type Facts } from '../facts.ts';

const standingSentences: readonly (readonly [DecisionStanding, label: string, meaning: string])[] = [
  ['awaiting', 'Decisions awaiting a second person', 'They are not final.'],
  ['disagreed', 'Decisions the second person did not agree with', 'They are not final.'],
  [
    'not-independent',
    'Decisions by the person they are about, under another id',
    'Somebody else has to decide anew.',
  ],
  [
    'opposed',
    'Decisions beside somebody else’s review in the audit database',
    'What the database received first stands there.',
  ],
  [
    'not-taken',
    'Decisions the audit database did not take',
    'The row had changed, was not visible, or refused.',
  ],
  ['left-open', 'Items abstained from or escalated', 'They are open until somebody else decides.'],
];

const countOf = (standings: StandingCounts, standing: DecisionStanding): number =>
  [...standings.values()].reduce((sum, ofKind) => sum + (ofKind.get(standing) ?? 0), 0);

/** What is not final, in a sentence each, and whether there is any. */
export const notFinal = (standings: StandingCounts, facts: Facts): [boolean, Phrase][] =>
  standingSentences.map(([standing, label, meaning]) => [
    countOf(standings, standing) > 0,
    [`${label}: `, stateFact(facts, `standing-${standing}`), `. ${meaning}`],
  ]);

const standingTitles: Readonly<Record<DecisionStanding, string>> = {
  final: 'Final',
  awaiting: 'Second person awaited',
  disagreed: 'Second did not agree',
  'not-independent': 'By one’s own alias',
  opposed: 'Other’s stands there',
  'not-taken': 'Not taken there',
  'left-open': 'Left open',
};

const kindTitles: Readonly<Record<DecisionKind, string>> = {
  certify: 'Certified',
  revoke: 'Revoke',
  modify: 'Modify',
  escalate: 'Escalated',
  abstain: 'Abstained',
};

/** Every decision in force by what it says and by whether that is final. */
export function standingTable(facts: Facts): Block {
  const fact = (name: string): Phrase => [stateFact(facts, name)];
  const kinds: readonly DecisionKind[] = ['certify', 'revoke', 'modify', 'escalate', 'abstain'];
  return tableOrNone(
    'Decisions, and whether they are final',
    [
      { title: 'Decision', weight: 16 },
      ...decisionStandings.map((standing) => ({ title: standingTitles[standing], weight: 12 })),
      { title: 'All', weight: 9 },
    ],
    [
      ...kinds.map((kind) => [
        [kindTitles[kind]],
        ...decisionStandings.map((standing) => fact(`standing-${standing}-${kind}`)),
        fact(`count-decisionsByKind-${kind}`),
      ]),
      [
        ['All'],
        ...decisionStandings.map((standing) => fact(`standing-${standing}`)),
        fact('count-decisions'),
      ],
    ],
  );
}
