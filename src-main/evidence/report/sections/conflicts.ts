// Where the audit database holds another decision than ours: both, and what somebody noted about it.
import type { AnomalyConflictCause } from '#shared/model/anomaly-conflict.ts';
import type { Disposition } from '#shared/model/finding.ts';
import {
  isAboutAnomaly,
  type AnomalyConflictLine,
  type Conflict,
  type ReviewConflictLine,
} from '../../pack-input.ts';
import type { ReportRows } from '../collect-rows.ts';
import { code, given, paragraph, strong, tableOrNone, type Block, type Phrase } from '../document-model.ts';
import { decisionTexts } from '../facts.ts';
import { clipped, instantText } from '../visible-text.ts';
import { listedText, person } from './decisions.ts';

const causeTexts: Readonly<Record<AnomalyConflictCause, string>> = {
  'decided-first': 'The database had a decision before ours arrived.',
  'row-altered': 'Ours was written, and the row was changed afterwards.',
  'late-correction': 'We changed our decision after the row was closed.',
  'row-changed': 'What the row says is no longer what ours is about.',
  vanished: 'The row was gone before ours was written.',
};

function oursPhrase({ ours }: ReviewConflictLine): Phrase {
  return [
    strong(decisionTexts[ours.decision]),
    '\n',
    person(ours.reviewer, ours.reviewerName),
    `, ${instantText(ours.decidedAt)} (claimed)`,
    ...(ours.reason === null || ours.reason === '' ? [] : ['\n', given(clipped(ours.reason))]),
  ];
}

function theirsPhrase({ server }: ReviewConflictLine): Phrase {
  if (server === null) return ['The row is open again: what was written is gone.'];
  return [
    given(clipped(server.reviewer ?? 'somebody it does not name')),
    `, ${server.reviewedText ?? instantText(server.reviewedAt)}`,
    ...(server.notes === null || server.notes === '' ? [] : ['\n', given(clipped(server.notes))]),
  ];
}

function standingPhrase({ standing, outcome, cause, closings = [] }: Conflict): Phrase {
  return [
    strong(standing ?? 'not recorded'),
    `\noutcome: ${outcome ?? 'not sent'}`,
    ...(cause === null || cause === undefined ? [] : [`\n${causeTexts[cause]}`]),
    ...closings
      .slice(-3)
      .flatMap(({ by, byName, at, note }) => [
        '\nclosed by ',
        person(by, byName),
        `, ${instantText(at)} (claimed): `,
        given(clipped(note)),
      ]),
  ];
}

const dispositionTexts: Readonly<Record<Disposition, string>> = {
  acknowledged: 'Acknowledged',
  'false-positive': 'False positive',
  escalated: 'Escalated',
};

function ourDisposition({ ours }: AnomalyConflictLine): Phrase {
  return [
    strong(dispositionTexts[ours.disposition]),
    '\n',
    person(ours.reviewer, ours.reviewerName),
    `, ${instantText(ours.at)} (claimed)`,
    '\n',
    given(clipped(ours.note)),
  ];
}

function theirDisposition({ server, row }: AnomalyConflictLine): Phrase {
  const absent = row === null ? 'The row was not visible any more.' : 'No disposition stands there.';
  if (server === null) return [absent];
  return [
    given(clipped(server.disposition ?? 'no word')),
    '\n',
    given(clipped(server.reviewedBy ?? 'somebody it does not name')),
    `, ${instantText(server.reviewedAt)}`,
  ];
}

export function conflictBlocks({ conflicts }: ReportRows): Block[] {
  const aboutReviews = conflicts.rows.filter((one): one is ReviewConflictLine => !isAboutAnomaly(one));
  const aboutAnomalies = conflicts.rows.filter(isAboutAnomaly);
  return [
    paragraph(
      'The first decision the audit database received stands there; ours is kept here beside it. Where somebody else decided the same, it is a corroboration and counts as no conflict. Closing a conflict changes nothing in the database.',
    ),
    ...listedText(conflicts, 'data/conflicts.jsonl'),
    tableOrNone(
      'Decisions the audit database did not take',
      [
        { title: 'Item', weight: 22 },
        { title: 'Our decision', weight: 25 },
        { title: 'In the audit database', weight: 25 },
        { title: 'Standing', weight: 28 },
      ],
      aboutReviews.map((conflict) => [
        [code(clipped(conflict.review))],
        oursPhrase(conflict),
        theirsPhrase(conflict),
        standingPhrase(conflict),
      ]),
    ),
    ...(aboutAnomalies.length === 0 ? [] : [anomalyTable(aboutAnomalies)]),
  ];
}

function anomalyTable(conflicts: readonly AnomalyConflictLine[]): Block {
  return tableOrNone(
    'Dispositions of the source’s own anomalies the audit database holds otherwise',
    [
      { title: 'Anomaly', weight: 22 },
      { title: 'Our disposition', weight: 25 },
      { title: 'In the audit database', weight: 25 },
      { title: 'Standing', weight: 28 },
    ],
    conflicts.map((conflict) => [
      [code(clipped(conflict.anomaly))],
      ourDisposition(conflict),
      theirDisposition(conflict),
      standingPhrase(conflict),
    ]),
  );
}
