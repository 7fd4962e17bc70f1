// The sample: by which method, how many, by what seed, which items, and what was decided about them.
import type { SamplingMethod } from '#shared/model/sampling.ts';
import type { ReportRows } from '../collect-rows.ts';
import type { SampleRows } from '../collect-sample.ts';
import {
  code,
  factList,
  given,
  paragraph,
  strong,
  tableOrNone,
  type Block,
  type FactList,
  type Phrase,
} from '../document-model.ts';
import { stateFact, type Facts } from '../facts.ts';
import { clipped } from '../visible-text.ts';
import { listedText } from './decisions.ts';

const percentText = (share: number): string => `${Number((100 * share).toFixed(2))} %`;

function methodPhrase(method: SamplingMethod): Phrase {
  if (method.kind === 'judgemental')
    return [
      `judgemental, for a control performed ${method.frequency.replaceAll('-', ' ')}`,
      ...(method.reason === null
        ? []
        : ['; another size than the usual one: ', given(clipped(method.reason))]),
    ];
  const { confidence, tolerableRate, allowedDeviations, model } = method;
  return [
    `attribute sampling, ${model}: ${percentText(confidence)} confidence, tolerable rate ${percentText(tolerableRate)}, deviations allowed: ${allowedDeviations}`,
  ];
}

function planTerms({ plan }: SampleRows, facts: Facts): FactList['terms'] {
  const fact = (name: string) => stateFact(facts, `sample-${name}`);
  return [
    ['Method', methodPhrase(plan.method)],
    ['Items in the population', [fact('populationSize')]],
    ['SHA-256 of the ids of the population', [fact('populationSha256')]],
    ['Sample size', [fact('size')]],
    ['Seed', [fact('seed')]],
    [
      'Where the seed is from',
      [
        plan.seedSource === 'population'
          ? 'the SHA-256 of the population, which nobody could choose'
          : 'an auditor gave it',
      ],
    ],
    ['Items drawn', [fact('drawn')]],
  ];
}

const decisionLabels = [
  ['Certified', 'certify'],
  ['Revoke', 'revoke'],
  ['Modify', 'modify'],
  ['Escalated', 'escalate'],
  ['Abstained', 'abstain'],
  ['No decision', 'none'],
] as const;

/** What follows from the decisions, as far as anything does. */
function resultBlock({ plan, unsettled, assessment }: SampleRows, facts: Facts): Block {
  const fact = (name: string) => stateFact(facts, `sample-${name}`);
  if (plan.method.kind === 'judgemental')
    return paragraph('A judgemental sample says nothing about a rate in the population.');
  if (unsettled > 0)
    return paragraph(
      'Nothing is said about the population. Items drawn that have no result yet: ',
      fact('unsettled'),
      '.',
    );
  if (assessment === null) return paragraph('Nothing is said about the population.');
  const confidence = percentText(plan.method.confidence);
  return paragraph(
    `With ${confidence} confidence at most `,
    fact('upperLimit'),
    ' of the population deviate. ',
    strong(
      assessment.isSupported
        ? `That is within the tolerable rate of ${percentText(plan.method.tolerableRate)}.`
        : `That is NOT within the tolerable rate of ${percentText(plan.method.tolerableRate)}.`,
    ),
  );
}

export function samplingBlocks({ sample }: ReportRows, facts: Facts): Block[] {
  if (sample === null)
    return [
      paragraph(
        'No sample was drawn. Every item of the population is in this pack with its decision, or marked as undecided.',
      ),
    ];
  const fact = (name: string) => stateFact(facts, `sample-${name}`);
  return [
    paragraph(
      'Drawn are the items whose SHA-256 of seed and id is smallest. Anyone can draw the same again with sha256sum and sort. Every item of the population is in this pack all the same.',
    ),
    factList([
      ...planTerms(sample, facts),
      ...decisionLabels.map(([label, name]) => [`… ${label}`, [fact(`by-${name}`)]] as const),
      ['Deviations: revoke or modify', [fact('deviations')]],
    ]),
    resultBlock(sample, facts),
    paragraph(
      'A deviation here is an item that its reviewer did not leave as it was. What an auditor finds who tests the sample stands in the auditor’s own work papers, and not in this pack.',
    ),
    ...listedText(sample.drawn, 'data/sampling.json'),
    tableOrNone(
      'Items drawn, in the order of their hashes',
      [
        { title: 'Item', weight: 60 },
        { title: 'Decision', weight: 40 },
      ],
      sample.drawn.rows.map(({ review }) => [
        [code(clipped(review))],
        [stateFact(facts, `decision-${review}`)],
      ]),
    ),
  ];
}
