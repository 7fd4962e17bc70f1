// What this workspace found and decided, as an OSCAL assessment-results document.
import type { ServerAnomaly } from '#shared/model/anomaly.ts';
import type { Finding } from '#shared/model/finding.ts';
import type { Review } from '#shared/model/review.ts';
import type { Control } from '../../report/controls.ts';
import { canonicalJson } from '../../entry-hash.ts';
import { sha256Hex } from '../../digest.ts';
import { oscalVersion, type OscalDocument, type OscalFinding, type OscalObservation } from './model.ts';
import { objectivesOf, type Objective } from './objectives.ts';
import {
  anomalyObservation,
  findingObservation,
  reviewObservation,
  summaryObservation,
} from './observations.ts';
import { asMarkup, asString } from './text.ts';
import { nameUuid } from './uuid.ts';

export type OscalInput = {
  /** What tells this workspace from another: the hash of its first ledger entry. */
  readonly workspace: string;
  readonly headHash: string;
  readonly toolVersion: string;
  readonly exportedAt: string;
  readonly exportedBy: { readonly id: string; readonly name: string } | null;
  /** Oldest event, and up to when events were looked at; null while nothing was refreshed. */
  readonly from: string | null;
  readonly asOf: string | null;
  readonly controls: readonly Control[];
  readonly findings: readonly Finding[];
  readonly anomalies: readonly ServerAnomaly[];
  readonly reviews: readonly Review[];
};

/** @returns a document that {@link oscalDocument} accepts; equal inputs give equal documents */
export function assessmentResults(input: OscalInput): OscalDocument {
  const { workspace, exportedAt, findings, anomalies, reviews } = input;
  const ids = { workspace, exportedAt, ledger: nameUuid(workspace, 'ledger', input.headHash) };
  const found = [
    ...findings.map((finding) => findingObservation(finding, ids)),
    ...anomalies.map((anomaly) => anomalyObservation(anomaly, ids)),
  ];
  const reviewed = reviews.map((review) => reviewObservation(review, ids));
  const monitoringSummary = summaryObservation('monitoring', found, ids);
  const reviewSummary = summaryObservation('access-review', reviewed, ids);
  const objectives = objectivesOf(input.controls);
  const standing = {
    monitoring: standingOf(found, monitoringSummary, input.asOf),
    'access-review': standingOf(reviewed, reviewSummary, input.asOf),
  };
  const result = {
    ...spanOf(input),
    'reviewed-controls': reviewedControls(objectives),
    observations: [
      monitoringSummary,
      reviewSummary,
      ...[...found, ...reviewed].map(({ observation }) => observation),
    ],
    findings: objectives.map((objective) => objectiveFinding(objective, standing, workspace)),
  };
  const body = {
    'import-ap': {
      href: `#${nameUuid(workspace, 'plan')}`,
      remarks: 'No assessment plan was written in OSCAL; the settings in the ledger take its place.',
    },
    'local-definitions': { 'objectives-and-methods': objectives.map(localObjective) },
    results: [{ uuid: nameUuid(workspace, 'result', sha256Hex(canonicalJson(result))), ...result }],
    'back-matter': { resources: resourcesOf(input, ids.ledger) },
  };
  const uuid = nameUuid(workspace, 'document', sha256Hex(canonicalJson(body)));
  return { 'assessment-results': { uuid, metadata: metadataOf(input), ...body } };
}

type Standing = {
  readonly state: 'satisfied' | 'not-satisfied';
  readonly reason: 'pass' | 'fail' | 'other';
  readonly remarks: string;
  readonly observations: readonly string[];
};

/** Satisfied when something was looked at and nothing in it is left open; what is open is what it rests on. */
function standingOf(
  judged: readonly { readonly observation: OscalObservation; readonly isOpen: boolean }[],
  summary: OscalObservation,
  asOf: string | null,
): Standing {
  const open = judged.filter(({ isOpen }) => isOpen).map(({ observation }) => observation.uuid);
  const observations = [summary.uuid, ...open];
  if (asOf === null)
    return {
      state: 'not-satisfied',
      reason: 'other',
      remarks: 'Nothing was refreshed yet, so nothing was looked at.',
      observations,
    };
  return open.length === 0
    ? { state: 'satisfied', reason: 'pass', remarks: summary.description, observations }
    : { state: 'not-satisfied', reason: 'fail', remarks: summary.description, observations };
}

function objectiveFinding(
  objective: Objective,
  standing: Readonly<Record<'monitoring' | 'access-review', Standing>>,
  workspace: string,
): OscalFinding {
  const parts =
    objective.kind === 'both' ? [standing.monitoring, standing['access-review']] : [standing[objective.kind]];
  const weakest = parts.find(({ state }) => state === 'not-satisfied') ?? parts[0]!;
  const name = `${objective.framework} ${objective.control}`;
  return {
    uuid: nameUuid(workspace, 'objective', objective.objectiveId),
    title: asMarkup(name),
    description: asMarkup(
      `${objective.title} Computed from what is recorded; whether it suffices is for the assessor to judge.`,
    ),
    target: {
      type: 'objective-id',
      'target-id': objective.objectiveId,
      status: { state: weakest.state, reason: weakest.reason, remarks: weakest.remarks },
    },
    'related-observations': [...new Set(parts.flatMap(({ observations }) => observations))].map((uuid) => ({
      'observation-uuid': uuid,
    })),
  };
}

function spanOf({ from, asOf, exportedAt }: OscalInput) {
  return {
    title: 'Review of privileged actions and of unusual activity',
    description: 'What detectors found in the audit events, and what people decided about it.',
    start: from ?? exportedAt,
    ...(asOf === null ? {} : { end: asOf }),
  };
}

function reviewedControls(objectives: readonly Objective[]) {
  return {
    'control-selections': [
      { 'include-controls': objectives.map(({ controlId }) => ({ 'control-id': controlId })) },
    ],
    'control-objective-selections': [
      { 'include-objectives': objectives.map(({ objectiveId }) => ({ 'objective-id': objectiveId })) },
    ],
  };
}

function localObjective({ controlId, objectiveId, framework, control, title }: Objective) {
  return {
    'control-id': controlId,
    description: asMarkup(title),
    parts: [
      {
        id: objectiveId,
        name: 'assessment-objective',
        title: asMarkup(`${framework} ${control}`),
        prose: asMarkup(title),
      },
    ],
  };
}

function resourcesOf({ workspace, headHash }: OscalInput, ledger: string) {
  return [
    {
      uuid: nameUuid(workspace, 'plan'),
      title: 'Settings in place of an assessment plan',
      description:
        'Detectors with their parameters, privileged actions and rules of independence, as recorded in the ledger.',
    },
    {
      uuid: ledger,
      title: 'Ledger',
      description: 'The hash-chained record this document was made from, up to the entry named here.',
      props: [{ name: 'head-hash', ns: 'urn:countersign:oscal' as const, value: headHash }],
    },
  ];
}

function metadataOf({ workspace, exportedAt, exportedBy, toolVersion }: OscalInput) {
  const name = asString(exportedBy?.name ?? null);
  const party = nameUuid(workspace, 'person', exportedBy?.id ?? '');
  return {
    title: 'Countersign assessment results',
    'last-modified': exportedAt,
    version: exportedAt,
    'oscal-version': oscalVersion as typeof oscalVersion,
    props: [{ name: 'tool-version', ns: 'urn:countersign:oscal' as const, value: toolVersion }],
    ...(name === null
      ? {}
      : {
          roles: [{ id: 'assessor', title: 'Reviewer' }],
          parties: [{ uuid: party, type: 'person' as const, name }],
          'responsible-parties': [{ 'role-id': 'assessor', 'party-uuids': [party] }],
        }),
    remarks: 'Not signed: the signed form of the same evidence is the evidence pack.',
  };
}
