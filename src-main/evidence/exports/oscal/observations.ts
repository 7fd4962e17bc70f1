// What was observed, one observation a finding, an anomaly and a review item, and one that sums up each of the two kinds.
import type { ServerAnomaly } from '#shared/model/anomaly.ts';
import type { Finding } from '#shared/model/finding.ts';
import type { Review } from '#shared/model/review.ts';
import type { OscalObservation } from './model.ts';
import { asMarkup, asString } from './text.ts';
import { nameUuid } from './uuid.ts';

export type ObservedIn = {
  readonly workspace: string;
  readonly exportedAt: string;
  /** Of the resource that stands for the ledger. */
  readonly ledger: string;
};

/** `isOpen`: somebody still has to judge it. */
export type Judged = { readonly observation: OscalObservation; readonly isOpen: boolean };

const ns = 'urn:countersign:oscal' as const;

function propsOf(values: Readonly<Record<string, string | null>>) {
  const known = Object.entries(values).flatMap(([name, value]) => {
    const line = asString(value);
    return line === null ? [] : [{ name, ns, value: line }];
  });
  return known.length === 0 ? {} : { props: known };
}

function evidenceIn(ledger: string) {
  return {
    'relevant-evidence': [{ href: `#${ledger}`, description: 'The record of what was decided about it.' }],
  };
}

export function findingObservation(finding: Finding, { workspace, ledger }: ObservedIn): Judged {
  const { id, disposition, suppressedBy } = finding;
  return {
    isOpen: disposition === null && suppressedBy === null,
    observation: {
      uuid: nameUuid(workspace, 'finding', id),
      title: asMarkup(
        `${finding.detector}: ${finding.actorName ?? (finding.actor || 'nobody in particular')}`,
      ),
      description: asMarkup(finding.explanation),
      ...propsOf({
        'finding-id': id,
        detector: `${finding.detector} ${finding.methodVersion}`,
        severity: finding.severity,
        disposition: disposition ?? (suppressedBy === null ? 'open' : 'excepted'),
        note: finding.dispositionNote,
      }),
      methods: ['TEST'],
      types: ['finding'],
      ...(disposition === null ? {} : evidenceIn(ledger)),
      collected: finding.foundAt,
    },
  };
}

export function anomalyObservation(
  anomaly: ServerAnomaly,
  { workspace, exportedAt, ledger }: ObservedIn,
): Judged {
  const { id, anomalyType, status, disposition } = anomaly;
  return {
    isOpen: status === 'open',
    observation: {
      uuid: nameUuid(workspace, 'anomaly', id),
      title: asMarkup(anomalyType || 'Anomaly'),
      description: 'Found by the scorer of the audited system, in its own words.',
      ...propsOf({
        'anomaly-id': id,
        severity: anomaly.severity,
        score: anomaly.score,
        status,
        disposition,
        note: anomaly.note,
      }),
      methods: ['TEST'],
      types: ['finding'],
      ...(disposition === null ? {} : evidenceIn(ledger)),
      collected: anomaly.detectedAt ?? exportedAt,
    },
  };
}

export function reviewObservation(review: Review, { workspace, exportedAt, ledger }: ObservedIn): Judged {
  const { id, status, decision } = review;
  const isFinal = decision === 'certify' || decision === 'revoke' || decision === 'modify';
  return {
    isOpen: status === 'pending' || (status === 'decided' && !isFinal),
    observation: {
      uuid: nameUuid(workspace, 'review', id),
      title: asMarkup(`${review.action}: ${review.actorName ?? (review.actor || 'nobody in particular')}`),
      description: 'A privileged action that a person has to review.',
      ...propsOf({
        'review-id': id,
        status,
        decision,
        'decision-id': review.decisionId,
        'due-at': review.dueText ?? review.dueAt,
        overdue: review.overdue ? 'yes' : 'no',
      }),
      methods: ['EXAMINE'],
      types: ['control-objective'],
      ...(review.decisionId === null ? {} : evidenceIn(ledger)),
      collected: review.createdAt ?? exportedAt,
    },
  };
}

/** How many there are of a kind, and how many of them are open. */
export function summaryObservation(
  kind: 'monitoring' | 'access-review',
  judged: readonly Judged[],
  observedIn: ObservedIn,
): OscalObservation {
  const open = judged.filter(({ isOpen }) => isOpen).length;
  const what = kind === 'monitoring' ? 'findings and anomalies' : 'review items';
  return {
    uuid: nameUuid(observedIn.workspace, 'summary', kind),
    title: kind === 'monitoring' ? 'Unusual activity followed up' : 'Privileged actions reviewed',
    description: `${judged.length} ${what}, ${open} of them open.`,
    ...propsOf({ total: String(judged.length), open: String(open) }),
    methods: [kind === 'monitoring' ? 'TEST' : 'EXAMINE'],
    types: ['control-objective'],
    collected: observedIn.exportedAt,
  };
}
