// What an access review is about, and why its population is believed to be all there was.
import type { CampaignDefinition, ScopeFilter } from '#shared/model/campaign.ts';
import { assertNever } from '#shared/model/problem.ts';
import type { CampaignLine } from '../../parts/campaign-lines.ts';
import type { CampaignRow } from '../collect-campaigns.ts';
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
import { clipped, countText, instantText, numberOf } from '../visible-text.ts';
import { inDefinition, type State } from './campaign-words.ts';
import { person } from './decisions.ts';

type Scope = CampaignDefinition['scope'];

export function scopePhrase({ scope, period }: CampaignDefinition): Phrase {
  const days = `${period.from} to ${period.to}`;
  switch (scope.from) {
    case 'activity':
      return [
        `everybody who did anything from ${days}, each action they performed a right they use`,
        ...(scope.actorTypes.length === 0
          ? []
          : ['; only actors of the type ', given(clipped(scope.actorTypes.join(', ')))]),
      ];
    case 'table':
      return ['every row of ', given(clipped(`${scope.schema}.${scope.table}`)), ', who holds which right'];
    case 'file':
      return [
        'every row of the file ',
        given(clipped(scope.name)),
        ' that was handed over, who holds which right; SHA-256 ',
        code(scope.sha256),
      ];
    default:
      return assertNever(scope);
  }
}

const comparisons: Readonly<Record<ScopeFilter['is'], string>> = {
  equal: 'is',
  'not-equal': 'is not',
  'one-of': 'is one of',
  empty: 'is empty',
  'not-empty': 'is not empty',
};

const filterPhrase = ({ column, is, values, reason }: ScopeFilter): Phrase => [
  'Only where ',
  given(clipped(column)),
  ` ${comparisons[is]}`,
  ...(values.length === 0 ? [] : [' ', given(clipped(values.join(', ')))]),
  ', because: ',
  given(clipped(reason)),
];

const filtersOf = (scope: Scope): readonly ScopeFilter[] => (scope.from === 'activity' ? [] : scope.filters);

export function scopeBlocks({ line }: CampaignRow): Block[] {
  const { definition, openedAt, openedBy, openedByName, dueOn, campaign } = line;
  const { objective, controls, period, zone, scope, recurrence } = definition;
  const filters = filtersOf(scope);
  return [
    factList([
      ['Name', [given(clipped(definition.name))]],
      ['Campaign', [code(campaign)]],
      ['Objective', objective === '' ? ['not stated'] : [given(clipped(objective))]],
      [
        'Controls it is meant for (claimed)',
        controls.length === 0 ? ['none named'] : [given(clipped(controls.join(', ')))],
      ],
      ['Scope', scopePhrase(definition)],
      ['Observation period', [`${period.from} to ${period.to}, days in `, given(clipped(zone))]],
      ['Opened', [`${instantText(openedAt)}, by `, person(openedBy, openedByName)]],
      ['Every decision due', [`${dueOn}, a day in `, given(clipped(zone))]],
      [
        'Repeated',
        [recurrence === null ? 'no' : `every ${recurrence.every.replace('-', ' ')} from ${recurrence.first}`],
      ],
    ]),
    ...(filters.length === 0
      ? []
      : [
          paragraph('Restrictions of the scope:'),
          { kind: 'list', items: filters.map(filterPhrase) } as const,
        ]),
  ];
}

const agreement = ({ rows, countedRows }: CampaignLine['ipe']): Phrase =>
  rows === countedRows
    ? [strong('The two counts agree.')]
    : [strong('THE TWO COUNTS DO NOT AGREE: the population is not shown to be complete.')];

export function populationBlocks({ line }: CampaignRow, state: State): Block[] {
  const { ipe, source, emptyBecause } = line;
  return [
    heading('Population'),
    paragraph(
      source === null
        ? 'Frozen when the campaign was opened, from the file that was handed over; '
        : 'Frozen when the campaign was opened, in one read-only transaction; ',
      'nobody has added, removed or changed an item since: every item is in data/campaign-items.jsonl, and their hash is the one in the ledger. ',
      ...agreement(ipe),
    ),
    ...(emptyBecause === undefined
      ? []
      : [
          paragraph(
            strong('The population is empty.'),
            ' It was opened all the same, because: ',
            given(clipped(emptyBecause)),
          ),
        ]),
    factList([
      ['Items', [state('items')]],
      ['Rows that arrived', [state('rows')]],
      [source === null ? 'Rows counted in the file' : 'Rows a second query counted', [state('countedRows')]],
      ['Rows the restrictions left out', [state('excluded')]],
      ['SHA-256 of the frozen items', [state('sha256')]],
      ['SHA-256 of their keys', [state('keysSha256')]],
      ['First and last key', [code(ipe.minKey ?? 'none'), '\n', code(ipe.maxKey ?? 'none')]],
      ['Source', [source === null ? 'a file that was handed over' : given(clipped(source))]],
      ['Read as role', [given(clipped(ipe.role ?? 'none: it was a file'))]],
      ['Time of the server', [ipe.serverTime === null ? 'none' : instantText(ipe.serverTime)]],
      ['Snapshot', [given(clipped(ipe.snapshot ?? 'none'))]],
    ]),
    paragraph('Query, and its parameters:'),
    {
      kind: 'verbatim',
      text: clipped([ipe.query, ...ipe.parameters.map((one, index) => `$${index + 1} = ${one}`)].join('\n')),
    },
    exclusionTable(line, state),
    ...(ipe.reservations === undefined || ipe.reservations.length === 0
      ? []
      : [
          paragraph('What this population may not show:'),
          { kind: 'list', items: ipe.reservations.map((one) => [given(clipped(one))]) } as const,
        ]),
    ...differenceBlocks(line, state),
    flagTable(line, state),
  ];
}

const exclusionTable = ({ ipe }: CampaignLine, state: State): Block =>
  tableOrNone(
    'Groups the restrictions left out, empty ones too',
    [
      { title: 'What', weight: 42 },
      { title: 'Reason', weight: 42 },
      { title: 'Rows', weight: 16 },
    ],
    ipe.excluded.map(({ what, reason }, index) => [
      [given(clipped(what))],
      [given(clipped(reason))],
      [state(`excluded-${index + 1}`)],
    ]),
  );

function differenceBlocks({ previous, difference }: CampaignLine, state: State): Block[] {
  if (previous === null || difference === null)
    return [paragraph('It was compared with no earlier campaign, so what is new in it is not known.')];
  return [
    paragraph(
      'Compared with the campaign ',
      code(previous.campaign),
      ' (SHA-256 of its population ',
      code(previous.sha256),
      '), items that are new: ',
      state('difference-added'),
      ', gone: ',
      state('difference-removed'),
      ', unchanged: ',
      state('difference-unchanged'),
      '. That an item is unchanged is information and no decision.',
    ),
  ];
}

function flagTable({ flags, definition }: CampaignLine, state: State): Block {
  const names = [
    ...flags.map(({ flag }) => [flag, flag.replaceAll('-', ' ')] as const),
    ['rights-privileged', 'privileged, by the source'] as const,
  ];
  return {
    kind: 'table',
    caption: `What the rules came to; dormant means unused for ${numberOf(definition.dormantDays, 'day', 'days')}`,
    columns: [
      { title: 'Rule', weight: 50 },
      { title: 'Items: yes', weight: 25 },
      { title: 'Items: unknown', weight: 25 },
    ],
    rows: names.map(([flag, text]) => [[text], [state(`flag-${flag}-yes`)], [state(`flag-${flag}-unknown`)]]),
  };
}

export function meaningBlocks({ line: { definition, withoutMeanings } }: CampaignRow, state: State): Block[] {
  const meanings = Object.keys(definition.meanings).length;
  return [
    paragraph(
      `Meanings of entitlements in plain words that the reviewers were shown: ${countText(meanings)}. Items whose entitlement nobody explained: `,
      state('withoutMeaning'),
      '.',
      ...(withoutMeanings === null
        ? []
        : [
            ' It was opened all the same, because: ',
            given(clipped(withoutMeanings.reason)),
            `\nNot explained: ${numberOf(withoutMeanings.entitlements, 'entitlement', 'entitlements')}, among them `,
            given(clipped(withoutMeanings.named.join(', '))),
          ]),
    ),
  ];
}

export const ownersPhrase = ({ definition }: CampaignLine): Phrase => [
  inDefinition(definition, definition.owner),
  ' attests; ',
  inDefinition(definition, definition.approver),
  ' approves',
];
