// The anomalies of the source's own scorer, in its words, and what was made of each of them.
import { anomalyStatuses, type ServerAnomaly } from '#shared/model/anomaly.ts';
import type { ReportRows } from '../collect-rows.ts';
import { code, factList, given, paragraph, tableOrNone, type Block, type Phrase } from '../document-model.ts';
import { anomalyFact, anomalyStatusTexts, stateFact, type Facts } from '../facts.ts';
import { clipped, instantText } from '../visible-text.ts';
import { listedText, secondPhrase } from './decisions.ts';

const said = (text: string | null, unknown: string): Phrase[number] =>
  text === null || text === '' ? unknown : given(clipped(text));

function whatPhrase({ id, anomalyType, user, tenant, detectedAt, detectedText }: ServerAnomaly): Phrase {
  return [
    said(anomalyType, 'of no stated kind'),
    ' by ',
    said(user, 'nobody named'),
    ...(tenant === null ? [] : [', tenant ', given(clipped(tenant))]),
    '\ndetected ',
    detectedAt === null ? said(detectedText, 'at an unknown time') : instantText(detectedAt),
    '\n',
    code(clipped(id)),
  ];
}

const changePhrase = ({ changed, changedAt, vanishedAt, returnedAt }: ServerAnomaly): Phrase => [
  ...(changed.length === 0
    ? []
    : [`\nCHANGED since first read (${changed.join(', ')}), ${instantText(changedAt)}`]),
  ...(vanishedAt === null ? [] : [`\nvanished, ${instantText(vanishedAt)}`]),
  ...(returnedAt === null ? [] : [`\nthere again, ${instantText(returnedAt)}`]),
];

function oursPhrase({ disposition, note, disposedBy, disposedAt, proposal }: ServerAnomaly): Phrase {
  const ours: Phrase =
    disposition === null
      ? ['none']
      : [
          `${disposition}, by `,
          said(disposedBy, 'nobody named'),
          `, ${instantText(disposedAt)} (claimed)`,
          ...(note === null || note === '' ? [] : ['\n', given(clipped(note))]),
        ];
  if (proposal === undefined || proposal.second.state === 'agreed') return ours;
  return [
    ...ours,
    `\nproposed, NOT FINAL: ${proposal.disposition}, by `,
    given(clipped(proposal.byName)),
    `, ${instantText(proposal.at)} (claimed)\n`,
    given(clipped(proposal.note)),
    '\nsecond reviewer: ',
    ...secondPhrase(proposal.second),
  ];
}

function rowOf(anomaly: ServerAnomaly, facts: Facts): Phrase[] {
  const { severity, score, server, publishedFinding } = anomaly;
  return [
    [...whatPhrase(anomaly), ...changePhrase(anomaly)],
    [said(severity, 'none stated'), '\nscore ', said(score, 'none')],
    [stateFact(facts, anomalyFact(anomaly)[0])],
    publishedFinding === null ? oursPhrase(anomaly) : ['see finding ', code(clipped(publishedFinding))],
    server === null
      ? ['no disposition']
      : [
          said(server.disposition, 'no word'),
          '\n',
          said(server.reviewedBy, 'somebody it does not name'),
          `, ${instantText(server.reviewedAt)}`,
        ],
  ];
}

export function anomalyBlocks({ anomalies }: ReportRows, facts: Facts): Block[] {
  if (!facts.has('count-anomalies'))
    return [
      paragraph(
        'This pack has no data/anomalies.jsonl: the source keeps no anomalies of its own, or they were not read.',
      ),
    ];
  return [
    paragraph(
      'What a scorer of the source found, in its own words. Its scores are on a scale of their own and cannot be compared with those of the findings.',
    ),
    factList([
      ['Anomalies', [stateFact(facts, 'count-anomalies')]],
      ...anomalyStatuses.map(
        (status) => [`… ${anomalyStatusTexts[status]}`, [stateFact(facts, `anomalies-${status}`)]] as const,
      ),
    ]),
    ...listedText(anomalies, 'data/anomalies.jsonl'),
    tableOrNone(
      'Anomalies of the source, those nobody judged first',
      [
        { title: 'Anomaly', weight: 31 },
        { title: 'Severity and score there', weight: 13 },
        { title: 'Standing', weight: 13 },
        { title: 'Our disposition', weight: 25 },
        { title: 'In the audit database', weight: 18 },
      ],
      anomalies.rows.map((anomaly) => rowOf(anomaly, facts)),
    ),
  ];
}
