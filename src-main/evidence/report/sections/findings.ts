// What stood out: each finding in words, as a figure, with the numbers behind it and what was made of it.
import { z3EvidenceOf, type Explanation, type Finding } from '#shared/model/finding.ts';
import type { ReportRows } from '../collect-rows.ts';
import {
  code,
  factList,
  given,
  heading,
  paragraph,
  tableOrNone,
  type Block,
  type FactList,
  type Phrase,
} from '../document-model.ts';
import { numberLineFigure } from '../figures/number-line.ts';
import { scoreBarFigure } from '../figures/score-bar.ts';
import { stateFact, type Facts } from '../facts.ts';
import { clipped, instantText, nameInWords } from '../visible-text.ts';
import { listedText, secondPhrase } from './decisions.ts';

type Terms = FactList['terms'];
type StateFact = (name: string) => Phrase[number];

/** Name and action apart from each other, so that the direction of one does not turn the other. */
function titleOf({ actorName, actor, entity, action }: Finding): Phrase {
  const who = given(clipped(actorName ?? (actor === '' ? entity.value : actor)));
  return action === '' ? [who] : [who, ': ', given(clipped(action))];
}

const questions: readonly (readonly [label: string, part: keyof Explanation])[] = [
  ['What was seen', 'what'],
  ['What was expected', 'expected'],
  ['How unusual', 'unusual'],
  ['Compared with', 'comparedWith'],
  ['Also seen', 'alsoSeen'],
  ['Confidence', 'confidence'],
  ['Method', 'method'],
  ['What would change it', 'wouldChange'],
];

function explanationTerms({ explanationParts }: Finding): Terms {
  return questions.flatMap(([label, part]) => {
    const text = explanationParts[part];
    return text === null || text === '' ? [] : [[label, [given(clipped(text))]] as const];
  });
}

function numberTerms(finding: Finding, fact: StateFact): Terms {
  const z3 = z3EvidenceOf(finding);
  if (z3 === null) return [['Score', [fact('score'), ', listed above ', fact('threshold')]]];
  return [
    [
      'Score',
      [
        fact('score'),
        ' = (',
        fact('count'),
        ' − ',
        fact('mean'),
        ') ÷ ',
        fact('deviationUsed'),
        ', listed above ',
        fact('threshold'),
      ],
    ],
    ['Standard deviation', [fact('sd'), z3.sdFloorUsed ? ', raised to the floor of the method' : '']],
    [
      'Baseline',
      [
        fact('n'),
        ` hours from ${instantText(z3.baselineStart)} to ${instantText(z3.baselineEnd)}; `,
        fact('activeHours'),
        ' of them with events, the highest with ',
        fact('highest'),
      ],
    ],
  ];
}

/** Every other number and word by the name the method gives it, two a row; what is nested stands in the data only. */
function otherNumbers(finding: Finding, fact: StateFact): Block[] {
  if (z3EvidenceOf(finding) !== null) return [];
  // In the order of the data file, in which whoever verifies the report meets them.
  const cells = Object.entries(finding.evidence)
    .filter(([, value]) => value !== null && typeof value !== 'object')
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]): [Phrase, Phrase] => [
      [clipped(nameInWords(name))],
      [
        typeof value === 'number'
          ? fact(name)
          : given(clipped(typeof value === 'string' ? value : JSON.stringify(value))),
      ],
    ]);
  if (cells.length === 0) return [];
  const none: [Phrase, Phrase] = [['–'], ['–']];
  const rows = cells.flatMap((pair, index) =>
    index % 2 > 0 ? [] : [[...pair, ...(cells[index + 1] ?? none)]],
  );
  const columns = [
    { title: 'Number', weight: 28 },
    { title: 'Value', weight: 22 },
  ];
  return [tableOrNone('Numbers of the method', [...columns, ...columns], rows)];
}

function dispositionTerms({
  disposition,
  dispositionNote,
  disposedBy,
  disposedAt,
  proposal,
}: Finding): Terms {
  return [
    [
      'Disposition',
      disposition === null
        ? ['open']
        : [
            `${disposition}, by `,
            given(clipped(disposedBy ?? 'nobody')),
            `, ${instantText(disposedAt)}`,
            ...(dispositionNote === null || dispositionNote === ''
              ? []
              : ['. ', given(clipped(dispositionNote))]),
          ],
    ],
    ...(proposal === undefined
      ? []
      : [
          [
            'Proposed, not final',
            [
              `${proposal.disposition}, by `,
              given(clipped(proposal.byName)),
              `, ${instantText(proposal.at)}. `,
              given(clipped(proposal.note)),
              '\nSecond reviewer: ',
              ...secondPhrase(proposal.second),
            ],
          ] as const,
        ]),
  ];
}

function suppressionTerms({ suppressedBy, blindCheck }: Finding): Terms {
  if (suppressedBy === null) return [];
  return [[blindCheck ? 'Blind check of exception' : 'Hidden by exception', [code(clipped(suppressedBy))]]];
}

/** Most methods name their detector in their version. */
const methodName = ({ detector, methodVersion }: Finding): string =>
  methodVersion.startsWith(`${detector}/`) ? methodVersion : `${detector} ${methodVersion}`;

function findingBlocks(finding: Finding, facts: Facts): Block[] {
  const fact = (name: string) => stateFact(facts, `finding-${finding.id}-${name}`);
  return [
    heading(...titleOf(finding), `, ${instantText(finding.start)} (${finding.severity})`),
    factList([...dispositionTerms(finding), ...suppressionTerms(finding)]),
    numberLineFigure(finding) ?? scoreBarFigure(finding),
    factList([
      ...explanationTerms(finding),
      ['Events', [fact('count')]],
      ...numberTerms(finding, fact),
      [
        'Found by',
        [
          given(clipped(methodName(finding))),
          `, ${instantText(finding.foundAt)}, result ${finding.version}; finding `,
          code(clipped(finding.id)),
        ],
      ],
    ]),
    ...otherNumbers(finding, fact),
  ];
}

export function findingsBlocks({ findings }: ReportRows, facts: Facts): Block[] {
  if (findings.total === 0) return [paragraph('Nothing stood out. That is no proof that nothing happened.')];
  return [
    paragraph(
      'A finding is a reason to look, and no proof of wrongdoing. It keeps the numbers it was found with. The most severe come first.',
    ),
    ...listedText(findings, 'data/findings.jsonl and findings.csv'),
    ...findings.rows.flatMap((finding) => findingBlocks(finding, facts)),
  ];
}
