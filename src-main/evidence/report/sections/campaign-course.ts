// How an access review went: corrections, conflicts, files that came back, and how quickly people decided.
import type { CampaignLine } from '../../parts/campaign-lines.ts';
import type { CampaignRow } from '../collect-campaigns.ts';
import {
  code,
  factList,
  given,
  heading,
  paragraph,
  tableOrNone,
  type Block,
  type Phrase,
} from '../document-model.ts';
import { decisionTexts } from '../facts.ts';
import { clipped, instantText, numberOf } from '../visible-text.ts';
import { moreText, reasonPhrase, rightPhrase, saidBy, type State } from './campaign-words.ts';
import { indicatorBlocks } from './campaign-people.ts';
import { person } from './decisions.ts';

type Opinion = CampaignLine['corrections']['first'][number]['by'];

const opinionPhrase = ({ decision, reviewer, reviewerName, decidedAt, reason }: Opinion): Phrase => [
  `${decisionTexts[decision]}: `,
  ...saidBy(reviewer, reviewerName, decidedAt),
  '. ',
  ...reasonPhrase(reason),
];

function correctionBlocks({ corrections }: CampaignLine, state: State): Block[] {
  if (corrections.total === 0)
    return [paragraph('Decisions that were corrected: ', state('corrections'), '.')];
  return [
    paragraph('Decisions that were corrected: ', state('corrections'), '. Both stay in the ledger.'),
    ...moreText(corrections.first.length, corrections.total, 'data/ledger.jsonl'),
    tableOrNone(
      'Corrections, in the order in which they were made',
      [
        { title: 'Right', weight: 32 },
        { title: 'Superseded', weight: 34 },
        { title: 'By', weight: 34 },
      ],
      corrections.first.map((one) => [
        rightPhrase(one, one.item),
        opinionPhrase(one.corrected),
        opinionPhrase(one.by),
      ]),
    ),
  ];
}

type Conflict = CampaignLine['conflicts']['first'][number];

const closingPhrase = ({ closing }: Conflict): Phrase =>
  closing === null
    ? ['OPEN: nobody said which decision stands']
    : [...saidBy(closing.by, closing.byName, closing.at), '. ', given(clipped(closing.note))];

function conflictBlocks({ conflicts }: CampaignLine, state: State): Block[] {
  const counted = paragraph(
    'Items of a stage that people decided differently: ',
    state('conflicts'),
    ', of these nobody said yet which decision stands: ',
    state('conflicts-open'),
    '.',
  );
  if (conflicts.total === 0) return [counted];
  return [
    counted,
    ...moreText(conflicts.first.length, conflicts.total, 'data/ledger.jsonl'),
    tableOrNone(
      'Decided differently; both stay in the ledger',
      [
        { title: 'Right', weight: 30 },
        { title: 'Decisions', weight: 42 },
        { title: 'Closed by, when, why', weight: 28 },
      ],
      conflicts.first.map((one) => [
        [...rightPhrase(one, one.item), `\nstage ${one.stage + 1}`],
        one.opinions.flatMap((opinion, index) => [
          ...(index === 0 ? [] : ['\n']),
          ...(opinion.stands && one.closing !== null ? ['STANDS. '] : []),
          ...opinionPhrase(opinion),
        ]),
        closingPhrase(one),
      ]),
    ),
  ];
}

const listedImports = 200;

function importBlocks({ imports }: CampaignLine): Block[] {
  if (imports.length === 0) return [];
  return [
    ...moreText(Math.min(imports.length, listedImports), imports.length, 'data/campaigns.jsonl'),
    tableOrNone(
      'Files of decisions that came back',
      [
        { title: 'From, taken in', weight: 26 },
        { title: 'File', weight: 32 },
        { title: 'Signed with', weight: 24 },
        { title: 'Decisions', weight: 18 },
      ],
      imports
        .slice(0, listedImports)
        .map((file) => [
          [person(file.reviewer, file.reviewerName), `\n${instantText(file.at)}`],
          [given(clipped(file.fileName)), '\n', code(file.fileSha256)],
          [
            code(file.signer.fingerprint),
            ...(file.accepted === null
              ? []
              : ['\nunknown key, believed because: ', given(clipped(file.accepted))]),
          ],
          [
            `${numberOf(file.added, 'added', 'added')}, ${file.known} known, ${file.refused} refused, ${file.conflicts} in conflict`,
          ],
        ]),
    ),
  ];
}

export function courseBlocks(row: CampaignRow, state: State): Block[] {
  const { line } = row;
  return [
    heading('How it was decided'),
    paragraph(
      'Many decisions in a short time, or in bulk, can mean that nobody looked. They can also mean that items were alike. Counted are all decisions ever recorded, those corrected later included; the median is of those made one by one with a known time in view.',
    ),
    factList([
      ['Decisions recorded', [state('conduct-decisions')]],
      ['… made in bulk', [state('conduct-bulk'), ' (', state('conduct-bulkShare'), ')']],
      ['… made one by one with a known time in view', [state('conduct-timed')]],
      ['… corrected later', [state('conduct-corrected')]],
      ['… made in another workspace', [state('conduct-imported')]],
      ['Median time in view', [state('conduct-median')]],
    ]),
    ...indicatorBlocks(row, state),
    ...correctionBlocks(line, state),
    ...conflictBlocks(line, state),
    ...importBlocks(line),
  ];
}
