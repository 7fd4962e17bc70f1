// The chapters about access reviews: which are in the pack and which are not, then one chapter for each.
import type { CampaignChoice, CampaignsSaid } from '#shared/model/pack-campaigns.ts';
import type { CampaignRow } from '../collect-campaigns.ts';
import { campaignFact } from '../campaign-facts.ts';
import { code, given, paragraph, tableOrNone, type Block, type Section } from '../document-model.ts';
import { stateFact, type Facts } from '../facts.ts';
import type { ReportInput } from '../report-input.ts';
import { clipped, countText, visibleText } from '../visible-text.ts';
import { closingBlocks } from './campaign-closing.ts';
import { courseBlocks } from './campaign-course.ts';
import { remediationBlocks, samplingBlocks } from './campaign-follow-up.ts';
import { decisionBlocks } from './campaign-items.ts';
import { peopleBlocks } from './campaign-people.ts';
import { meaningBlocks, populationBlocks, scopeBlocks } from './campaign-population.ts';
import { statesOf } from './campaign-words.ts';
import { moreText } from './listed-table.ts';

const choiceTexts: Readonly<Record<CampaignChoice, string>> = {
  overlapping:
    'In this pack are the access reviews whose observed days, or whose time from opening to closing, touch the time from its first event until it was made (compared as days of UTC, with a day of leeway).',
  all: 'In this pack are all access reviews this workspace opened.',
  chosen: 'In this pack are the access reviews that somebody chose for it.',
  none: 'This pack leaves out the access reviews of this workspace; somebody chose so.',
};

const listedLeftOut = 200;

function choiceBlocks({ choice, leftOut }: CampaignsSaid): Block[] {
  return [
    paragraph(
      choiceTexts[choice],
      leftOut.length === 0
        ? ' None is left out.'
        : ` Left out: ${countText(leftOut.length)}. Their entries are in data/ledger.jsonl all the same; their populations are not.`,
    ),
    ...(leftOut.length === 0
      ? []
      : [
          {
            kind: 'list',
            items: leftOut
              .slice(0, listedLeftOut)
              .map(({ campaign, name }) => [given(clipped(name)), ' ', code(clipped(campaign))]),
          } as const,
        ]),
  ];
}

const overviewOf = (rows: readonly CampaignRow[], facts: Facts): Block =>
  tableOrNone(
    'Access reviews in this pack',
    [
      { title: 'Campaign', weight: 26 },
      { title: 'Period', weight: 18 },
      { title: 'State', weight: 16 },
      { title: 'Items', weight: 10 },
      { title: 'Certified', weight: 10 },
      { title: 'Revoke, modify', weight: 10 },
      { title: 'Open', weight: 10 },
    ],
    rows.map(({ line: { campaign, definition } }) => {
      const fact = (name: string) => stateFact(facts, campaignFact(campaign, name));
      return [
        [given(clipped(definition.name))],
        [`${definition.period.from}\n${definition.period.to}`],
        [fact('state')],
        [fact('items')],
        [fact('certified')],
        [fact('revoked'), ', ', fact('modified')],
        [fact('open')],
      ];
    }),
  );

function chapterOf(row: CampaignRow, place: number, facts: Facts): Section {
  const { campaign, definition } = row.line;
  const state = statesOf(campaign, facts);
  return {
    id: `campaign-${place}`,
    title: `Access review ${place}: ${visibleText(definition.name)}`,
    blocks: [
      ...scopeBlocks(row),
      ...populationBlocks(row, state),
      ...peopleBlocks(row, state),
      ...meaningBlocks(row, state),
      ...decisionBlocks(row, state),
      ...courseBlocks(row, state),
      ...samplingBlocks(row, state),
      ...remediationBlocks(row, state),
      ...closingBlocks(row, state),
    ],
  };
}

/** None where the workspace opened no campaign: such a report is as it was before there were any. */
export function campaignChapters({ predicate, rows }: ReportInput, facts: Facts): Section[] {
  const { campaigns } = rows;
  if (predicate.campaigns === undefined) return [];
  return [
    {
      id: 'campaigns',
      title: 'Access review campaigns',
      blocks: [
        ...choiceBlocks(predicate.campaigns),
        ...moreText(campaigns.rows.length, campaigns.total, 'data/campaigns.jsonl'),
        overviewOf(campaigns.rows, facts),
      ],
    },
    ...campaigns.rows.map((row, index) => chapterOf(row, index + 1, facts)),
  ];
}
