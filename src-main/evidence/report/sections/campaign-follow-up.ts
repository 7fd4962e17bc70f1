// What followed the decisions of an access review: samples that were tested, remediation, and its re-check against later populations.
import { remediationStates } from '#shared/model/campaign.ts';
import type { SamplingMethod } from '#shared/model/sampling.ts';
import type { CampaignLine } from '../../parts/campaign-lines.ts';
import { drawnToTell, type CampaignRow } from '../collect-campaigns.ts';
import { remediationTexts } from '../campaign-facts.ts';
import {
  code,
  factList,
  given,
  heading,
  paragraph,
  strong,
  tableOrNone,
  type Block,
  type Phrase,
} from '../document-model.ts';
import { clipped, instantText, numberOf } from '../visible-text.ts';
import { reasonPhrase, rightPhrase, saidBy, type State } from './campaign-words.ts';
import { person } from './decisions.ts';

type Sample = CampaignLine['samples'][number];
const listedRows = 200;

const percentText = (rate: number): string => `${Number((100 * rate).toFixed(2))} %`;

function methodText(method: SamplingMethod): string {
  if (method.kind === 'judgemental')
    return `judgemental, for a control performed ${method.frequency.replaceAll('-', ' ')}`;
  const { confidence, tolerableRate, allowedDeviations, model } = method;
  return `attribute, ${model}: ${percentText(confidence)} confidence, tolerable rate ${percentText(tolerableRate)}, deviations expected at most: ${allowedDeviations}`;
}

function conclusionOf(
  { plan: { method, drawn }, results, assessment }: Sample,
  state: State,
  name: string,
): Phrase {
  if (results.length < drawn.length)
    return ['Nothing follows yet. Items not tested: ', state(`${name}-untested`), '.'];
  if (method.kind === 'judgemental' || assessment === null)
    return ['A judgemental sample says nothing about a rate in the population.'];
  return [
    `With ${percentText(method.confidence)} confidence at most `,
    state(`${name}-upperLimit`),
    ' of the population deviate. ',
    strong(
      assessment.isSupported
        ? `That is within the tolerable rate of ${percentText(method.tolerableRate)}.`
        : `That is NOT within the tolerable rate of ${percentText(method.tolerableRate)}.`,
    ),
  ];
}

function materialityPhrase({ definition: { materiality } }: CampaignLine, { results }: Sample): Phrase {
  if (materiality === null) return [];
  const deviations = results.filter(({ result }) => result !== 'pass').length;
  return [
    ` The materiality is ${numberOf(materiality.deviations, 'deviation', 'deviations')}, set by `,
    given(clipped(materiality.setBy)),
    ' because: ',
    given(clipped(materiality.reason)),
    `. It is ${deviations > materiality.deviations ? 'EXCEEDED' : 'not exceeded'}.`,
  ];
}

function sampleBlocks({ line, drawn }: CampaignRow, sample: Sample, number: number, state: State): Block[] {
  const name = `sample-${number}`;
  const { plan, purpose, results } = sample;
  const byItem = new Map(results.map((one) => [one.item, one]));
  return [
    paragraph(strong(`Sample ${number}: `), given(clipped(purpose))),
    factList([
      ['Method', [methodText(plan.method)]],
      ['Items in the population', [state(`${name}-populationSize`)]],
      ['Items drawn', [state(`${name}-size`)]],
      [
        plan.seedSource === 'population' ? 'Seed, which nobody could choose' : 'Seed an auditor gave',
        [state(`${name}-seed`)],
      ],
      ['Passed', [state(`${name}-pass`)]],
      ['Deviations', [state(`${name}-deviation`)]],
      ['Not testable; they count as deviations', [state(`${name}-not-testable`)]],
      ['Not tested yet', [state(`${name}-untested`)]],
    ]),
    paragraph(...conclusionOf(sample, state, name), ...materialityPhrase(line, sample)),
    tableOrNone(
      `Items drawn as sample ${number} that did not pass, or were not tested`,
      [
        { title: 'Right', weight: 46 },
        { title: 'Result', weight: 20 },
        { title: 'Tested by, note', weight: 34 },
      ],
      drawnToTell(sample).map((item) => {
        const [tested, right] = [byItem.get(item), drawn.get(item)];
        return [
          right === undefined ? [code(clipped(item))] : rightPhrase(right, item, right.subjectName),
          [tested === undefined ? 'not tested' : tested.result.replaceAll('-', ' ')],
          tested === undefined
            ? ['–']
            : [...saidBy(tested.by, tested.byName, tested.at), '. ', ...reasonPhrase(tested.note)],
        ];
      }),
    ),
  ];
}

export function samplingBlocks(row: CampaignRow, state: State): Block[] {
  const { samples } = row.line;
  return [
    heading('Samples'),
    ...(samples.length === 0
      ? [paragraph('No sample was drawn. All items are in this pack all the same.')]
      : []),
    ...samples.flatMap((sample, index) => sampleBlocks(row, sample, index + 1, state)),
  ];
}

export function remediationBlocks({ line, taken }: CampaignRow, state: State): Block[] {
  if (taken.total === 0)
    return [
      heading('Remediation'),
      paragraph('No right is to be revoked or modified, so there is nothing to remedy.'),
    ];
  return [
    heading('Remediation'),
    paragraph(
      'Only a later population shows that a right is gone; that somebody says so, or closed a ticket, does not. Each right is in the table of what is to be revoked or modified.',
    ),
    factList(remediationStates.map((one) => [remediationTexts[one], [state(`remediation-${one}`)]])),
    tableOrNone(
      'Re-checks against later populations',
      [
        { title: 'Re-check', weight: 30 },
        { title: 'Population', weight: 34 },
        { title: 'What it found', weight: 36 },
      ],
      line.rechecks.slice(0, listedRows).map(({ number, at, by, byName, sha256 }, index) => {
        const fact = (of: string) => state(`recheck-${index + 1}-${of}`);
        return [
          [`${number}, ${instantText(at)}\nby `, person(by, byName)],
          ['items: ', fact('items'), '\n', code(sha256)],
          [
            'verified removed: ',
            fact('verified-removed'),
            '\nstill present: ',
            fact('still-present'),
            '\ngranted again: ',
            fact('re-granted'),
            '\nit cannot show: ',
            fact('unknown'),
          ],
        ];
      }),
    ),
  ];
}
