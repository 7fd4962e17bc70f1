// The summary: the outcome in sentences, then every count.
import { factList, heading, paragraph, strong, type Block, type Phrase } from '../document-model.ts';
import type { ReportEdition } from '../edition.ts';
import { stateFact, type Facts } from '../facts.ts';
import type { ReportInput } from '../report-input.ts';

type Labels = readonly (readonly [label: string, name: string])[];

const itemLabels: Labels = [
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

const findingLabels: Labels = [
  ['Findings', 'findings'],
  ['Critical', 'findingsBySeverity-critical'],
  ['High', 'findingsBySeverity-high'],
  ['Medium', 'findingsBySeverity-medium'],
  ['Low', 'findingsBySeverity-low'],
  ['Open', 'findingsByDisposition-open'],
  ['Acknowledged', 'findingsByDisposition-acknowledged'],
  ['False positive', 'findingsByDisposition-false-positive'],
  ['Escalated', 'findingsByDisposition-escalated'],
  ['Suppressed by exceptions', 'suppressed'],
  ['Blind checks of suppressed findings', 'blindChecks'],
  ['Of these escalated', 'blindChecksEscalated'],
  ['Miss rate of the exceptions', 'blindCheckMissRate'],
];

/** Named in the report since its third edition. */
const furtherLabels: Labels = [
  ['Items new since the review began', 'populationNew'],
  ['Items gone since then', 'populationRemoved'],
  ['Items changed since then', 'populationChanged'],
  ['Items drawn as a sample', 'sampled'],
  ['Exceptions in the period', 'exceptions'],
  ['… of these in force when the pack was made', 'exceptionsInForce'],
  ['Changes to the configuration', 'configurationChanges'],
  ['Inclusion proofs of decisions', 'proofs'],
  ['Controls named', 'controls'],
];

const listOf = (labels: Labels, facts: Facts): Block =>
  factList(
    labels
      .filter(([, name]) => facts.has(`count-${name}`))
      .map(([label, name]) => [label, [stateFact(facts, `count-${name}`)]]),
  );

const completenessTexts = {
  complete: 'The population is complete: two independent counts agree.',
  incomplete: 'THE POPULATION IS INCOMPLETE: do not rely on it as the whole.',
  unknown: 'WHETHER THE POPULATION IS COMPLETE IS UNKNOWN: it could not be checked.',
} as const;

/** What is not as it should be at the end, in a sentence each. */
function reservations({ predicate: { counts } }: ReportInput, facts: Facts): Phrase[] {
  const fact = (name: string) => stateFact(facts, `count-${name}`);
  const open = counts.findingsByDisposition.open ?? 0;
  const sentences: [boolean, Phrase][] = [
    [
      counts.undecided > 0,
      ['Items without a decision here: ', fact('undecided'), '. They are neither certified nor revoked.'],
    ],
    [counts.undecidedOverdue > 0, ['Undecided items that are overdue: ', fact('undecidedOverdue'), '.']],
    [open > 0, ['Findings without a disposition: ', fact('findingsByDisposition-open'), '.']],
    [
      counts.conflicts > (counts.closedConflicts ?? 0),
      ['Conflicts with the audit database: ', fact('conflicts'), '. Not all were closed by somebody.'],
    ],
    [
      counts.changedSinceDecision > 0,
      ['Items not any more as they were when they were decided: ', fact('changedSinceDecision'), '.'],
    ],
    [
      counts.decisionsOutsidePopulation > 0,
      ['Decisions on items that this population does not have: ', fact('decisionsOutsidePopulation'), '.'],
    ],
    [
      counts.suppressed > 0,
      ['Findings hidden by exceptions: ', fact('suppressed'), '. They are counted and listed all the same.'],
    ],
    [
      counts.selfReviewsRefused > 0,
      ['Attempts of a person to review their own action, refused: ', fact('selfReviewsRefused'), '.'],
    ],
  ];
  return sentences.flatMap(([applies, phrase]) => (applies ? [phrase] : []));
}

export function summaryBlocks(input: ReportInput, facts: Facts, edition: ReportEdition): Block[] {
  const fact = (name: string) => stateFact(facts, `count-${name}`);
  const reserved = reservations(input, facts);
  return [
    paragraph(
      'Of ',
      fact('population'),
      ' review items, ',
      fact('decisions'),
      ' were decided: ',
      fact('decisionsByKind-certify'),
      ' certified, ',
      fact('decisionsByKind-revoke'),
      ' to revoke, ',
      fact('decisionsByKind-modify'),
      ' to modify, ',
      fact('decisionsByKind-escalate'),
      ' escalated and ',
      fact('decisionsByKind-abstain'),
      ' abstained. Among ',
      stateFact(facts, 'ipe-rows'),
      ' audit events, ',
      fact('findings'),
      ' findings stood out, ',
      fact('findingsBySeverity-critical'),
      ' of them critical and ',
      fact('findingsBySeverity-high'),
      ' high.',
    ),
    paragraph(strong(completenessTexts[input.ipe.completeness])),
    ...(reserved.length === 0
      ? [paragraph('Nothing was left open.')]
      : [paragraph('To be aware of:'), { kind: 'list', items: reserved } as const]),
    heading('Review items in numbers'),
    listOf(itemLabels, facts),
    heading('Findings in numbers'),
    listOf(findingLabels, facts),
    ...(edition < 3 ? [] : [heading('Further files in numbers'), listOf(furtherLabels, facts)]),
  ];
}
