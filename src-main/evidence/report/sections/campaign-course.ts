// How an access review went: corrections, conflicts, files that came back, and how quickly people decided.
import type { CampaignLine } from '../../parts/campaign-lines.ts';
import type { CampaignRow } from '../collect-campaigns.ts';
import { code, factList, given, heading, paragraph, type Block, type Phrase } from '../document-model.ts';
import { decisionTexts } from '../facts.ts';
import { clipped, instantText, numberOf } from '../visible-text.ts';
import { reasonPhrase, rightPhrase, saidBy, type State } from './campaign-words.ts';
import { indicatorBlocks } from './campaign-people.ts';
import { person } from './decisions.ts';
import { firstOf, listedTable } from './listed-table.ts';

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
    ...listedTable(
      {
        caption: 'Corrections, in the order in which they were made',
        columns: [
          { title: 'Right', weight: 32 },
          { title: 'Superseded', weight: 34 },
          { title: 'By', weight: 34 },
        ],
        rows: corrections.first,
        total: corrections.total,
        file: 'data/ledger.jsonl',
      },
      (one) => [rightPhrase(one, one.item), opinionPhrase(one.corrected), opinionPhrase(one.by)],
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
    ...listedTable(
      {
        caption: 'Decided differently; both stay in the ledger',
        columns: [
          { title: 'Right', weight: 30 },
          { title: 'Decisions', weight: 42 },
          { title: 'Closed by, when, why', weight: 28 },
        ],
        rows: conflicts.first,
        total: conflicts.total,
        file: 'data/ledger.jsonl',
      },
      (one) => [
        [...rightPhrase(one, one.item), `\nstage ${one.stage + 1}`],
        one.opinions.flatMap((opinion, index) => [
          ...(index === 0 ? [] : ['\n']),
          ...(opinion.stands && one.closing !== null ? ['STANDS. '] : []),
          ...opinionPhrase(opinion),
        ]),
        closingPhrase(one),
      ],
    ),
  ];
}

const listedImports = 200;

const namedReviewers = 20;

/** Nothing is said where no file was kept: reports of such packs stay as they were. */
function returnedBlocks({ imports }: CampaignLine, state: State): Block[] {
  const kept = new Map(imports.flatMap((one) => (one.kept === undefined ? [] : [[one.fileSha256, one]])));
  if (kept.size === 0) return [];
  const names = [...new Map([...kept.values()].map((one) => [one.reviewer, one.reviewerName]))];
  const earlier = new Set(imports.map(({ fileSha256 }) => fileSha256)).size - kept.size;
  return [
    paragraph(
      'Decisions that came by file: ',
      state('conduct-imported'),
      '. Signatures in the pack (data/returned), which verification compares with every decision: of ',
      ...names
        .slice(0, namedReviewers)
        .flatMap(([id, name], index) => [...(index === 0 ? [] : [', ']), person(id, name)]),
      names.length > namedReviewers ? ` and ${names.length - namedReviewers} more` : '',
      earlier === 0
        ? '.'
        : `. Not in the pack: ${numberOf(earlier, 'file', 'files')} that an earlier release took in, and did not keep.`,
    ),
  ];
}

function importBlocks(line: CampaignLine, state: State): Block[] {
  const { imports } = line;
  if (imports.length === 0) return [];
  return [
    ...returnedBlocks(line, state),
    ...listedTable(
      {
        caption: 'Files of decisions that came back',
        columns: [
          { title: 'From, taken in', weight: 26 },
          { title: 'File', weight: 32 },
          { title: 'Signed with', weight: 24 },
          { title: 'Decisions', weight: 18 },
        ],
        ...firstOf(imports, listedImports),
        file: 'data/campaigns.jsonl',
      },
      (file) => [
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
      ],
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
    ...importBlocks(line, state),
  ];
}
