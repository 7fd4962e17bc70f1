// Who reviews in an access review, by which rule, who stands in for whom, and how each of them decided.
import type { CampaignDefinition, CampaignStage } from '#shared/model/campaign.ts';
import { assertNever } from '#shared/model/problem.ts';
import type { CampaignRow } from '../collect-campaigns.ts';
import {
  factList,
  given,
  heading,
  paragraph,
  tableOrNone,
  type Block,
  type Phrase,
} from '../document-model.ts';
import { clipped, instantText } from '../visible-text.ts';
import { inDefinition, type State } from './campaign-words.ts';
import { ownersPhrase } from './campaign-population.ts';
import { person } from './decisions.ts';

/** Nobody reads more of them on paper. */
const listedPeople = 200;

function rulePhrase(definition: CampaignDefinition, { reviewer }: CampaignStage): Phrase {
  switch (reviewer.by) {
    case 'person':
      return [inDefinition(definition, reviewer.person)];
    case 'manager':
      return ['the manager the source names'];
    case 'owner':
      return ['the owner the source names'];
    case 'round-robin':
      return [
        'in turn, by the key of the item: ',
        ...reviewer.people.flatMap((one, index) => [
          ...(index === 0 ? [] : [', ']),
          inDefinition(definition, one),
        ]),
      ];
    default:
      return assertNever(reviewer);
  }
}

const policyTexts: Readonly<Record<CampaignDefinition['policy'], string>> = {
  'first-final': 'the first stage with a final decision (certify, revoke, modify) decides',
  'all-agree': 'every stage has to decide, and all to the same',
};

export function peopleBlocks({ line }: CampaignRow, state: State): Block[] {
  const { definition, delegations } = line;
  return [
    heading('Reviewers'),
    factList([
      ['Owner and approver', ownersPhrase(line)],
      ...definition.stages.map((stage, index): readonly [string, Phrase] => [
        `Stage ${index + 1}`,
        [
          given(clipped(stage.name)),
          ': ',
          ...rulePhrase(definition, stage),
          '; else ',
          inDefinition(definition, stage.fallback),
        ],
      ]),
      ['When stages differ', [policyTexts[definition.policy]]],
      ['Decisions instead of the reviewer of record', [state('conduct-standIns')]],
    ]),
    paragraph(
      'Independence: nobody decides about a right of their own, under whatever id, alias or e-mail address of theirs this ledger knows; the item goes to the fallback. Verification compares every decision with its subject. Decisions by the subject of the item: ',
      state('conduct-own'),
      '. They do not count.',
    ),
    tableOrNone(
      'Delegations: who stood in for whom',
      [
        { title: 'For', weight: 20 },
        { title: 'Stands in', weight: 20 },
        { title: 'From and to', weight: 26 },
        { title: 'Delegated by, reason', weight: 34 },
      ],
      delegations
        .slice(0, listedPeople)
        .map(({ from, to, validFrom, validTo, by, reason, ended }) => [
          [inDefinition(definition, from)],
          [inDefinition(definition, to)],
          [`${instantText(validFrom)}\n${instantText(validTo)}`],
          [
            inDefinition(definition, by),
            '\n',
            given(clipped(reason)),
            ...(ended === undefined
              ? []
              : [
                  `\nEnded early, meant until ${instantText(ended.meantTo)}, by `,
                  inDefinition(definition, ended.by),
                  ': ',
                  given(clipped(ended.reason)),
                ]),
          ],
        ]),
    ),
    paragraph('Delegations in all: ', state('delegations'), '.'),
  ];
}

export function indicatorBlocks({ line: { indicators } }: CampaignRow, state: State): Block[] {
  return [
    tableOrNone(
      'How each person decided',
      [
        { title: 'Person', weight: 24 },
        { title: 'Decisions', weight: 12 },
        { title: 'Certified', weight: 13 },
        { title: 'In bulk, most at once', weight: 16 },
        { title: 'Median in view', weight: 13 },
        { title: 'Most in a minute', weight: 11 },
        { title: 'Evidence opened', weight: 13 },
      ],
      indicators.slice(0, listedPeople).map(({ reviewer, name }, index) => {
        const fact = (of: string) => state(`reviewer-${index + 1}-${of}`);
        return [
          [person(reviewer, name)],
          [fact('decisions'), '\nas a file: ', fact('imported')],
          [fact('certifiedShare')],
          [fact('bulkShare'), ', ', fact('largestBulk')],
          [fact('median')],
          [fact('mostInAMinute')],
          [fact('openedShare')],
        ];
      }),
    ),
  ];
}
