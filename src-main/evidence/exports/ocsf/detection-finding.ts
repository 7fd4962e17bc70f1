// Findings, ours and those of the source’s own scorer, as OCSF Detection Findings (class 2004).
import { isIP } from 'node:net';
import type { ServerAnomaly } from '#shared/model/anomaly.ts';
import { hourlyDetectors, type Disposition, type Finding } from '#shared/model/finding.ts';
import { addressType, metadataOf, milliseconds, severityOf, userOf, userUidType } from './common.ts';
import type { OcsfOrigin } from './common.ts';
import type { DetectionFinding } from './model.ts';

const activities = {
  create: { activity_id: 1, activity_name: 'Create', type_uid: 200401, is_alert: true },
  update: { activity_id: 2, activity_name: 'Update', type_uid: 200402, is_alert: false },
  close: { activity_id: 3, activity_name: 'Close', type_uid: 200403, is_alert: false },
} as const;

const statuses = {
  new: { status_id: 1, status: 'New' },
  inProgress: { status_id: 2, status: 'In Progress' },
  suppressed: { status_id: 3, status: 'Suppressed' },
  /** Seen and accepted: OCSF has no word for it, “Resolved” would claim a remediation. */
  acknowledged: { status_id: 99, status: 'Acknowledged' },
  reviewedElsewhere: { status_id: 99, status: 'Reviewed elsewhere' },
  gone: { status_id: 99, status: 'No longer visible' },
} as const;

const fixed = {
  category_uid: 2,
  category_name: 'Findings',
  class_uid: 2004,
  class_name: 'Detection Finding',
} as const;

function standingOf(disposition: Disposition) {
  if (disposition === 'escalated') return { ...activities.update, ...statuses.inProgress };
  if (disposition === 'false-positive') return { ...activities.close, ...statuses.suppressed };
  return { ...activities.close, ...statuses.acknowledged };
}

function findingStanding(finding: Finding) {
  if (finding.disposition !== null) return standingOf(finding.disposition);
  if (finding.proposal !== undefined)
    return {
      ...activities.update,
      ...statuses.inProgress,
      status_detail: 'A disposition awaits a second person.',
    };
  if (finding.suppressedBy !== null)
    return { ...activities.close, ...statuses.suppressed, status_detail: 'An exception lets it pass.' };
  return { ...activities.create, ...statuses.new };
}

/** A finding as it stands: created, updated or closed at the moment that made it so. */
export function findingEvent(finding: Finding, origin: OcsfOrigin): DetectionFinding {
  const { id, version, detector, methodVersion, disposition, dispositionNote, disposedAt } = finding;
  const described = origin.detector(detector);
  return {
    ...fixed,
    ...findingStanding(finding),
    ...severityOf(finding.severity),
    time: milliseconds(disposedAt ?? finding.foundAt),
    start_time: milliseconds(finding.start),
    end_time: milliseconds(finding.end),
    ...(finding.count > 0 ? { count: finding.count } : {}),
    message: finding.explanation || finding.id,
    ...(dispositionNote ? { comment: dispositionNote } : {}),
    metadata: metadataOf(origin, `${id}#${version}`, finding.sourceAccount),
    finding_info: {
      uid: id,
      title: described?.title ?? detector,
      ...(finding.explanationParts.unusual ? { desc: finding.explanationParts.unusual } : {}),
      created_time: milliseconds(finding.foundAt),
      first_seen_time: milliseconds(finding.start),
      last_seen_time: milliseconds(finding.end),
      analytic: {
        uid: detector,
        name: described?.title ?? detector,
        version: methodVersion,
        type_id: described?.isRule === true ? 1 : hourlyDetectors.has(detector) ? 3 : 0,
      },
      ...(finding.eventIds.length > 0 ? { related_events: finding.eventIds.map((uid) => ({ uid })) } : {}),
    },
    ...evidenceOf(finding),
    unmapped: {
      disposition,
      disposed_by: finding.disposedBy,
      disposed_at: disposedAt,
      suppressed_by: finding.suppressedBy,
      score: finding.score,
      threshold: finding.threshold,
      action: finding.action,
      entity: finding.entity,
      evidence: finding.evidence,
    },
  };
}

/** Who and which address it is about, as evidence and, pointing there, as observables. */
function evidenceOf({ actor, actorName, entity }: Pick<Finding, 'actor' | 'actorName' | 'entity'>) {
  const user = userOf(actor, actorName);
  const ip = entity.kind === 'ip' && isIP(entity.value) !== 0 ? entity.value : null;
  if (user === null && ip === null) return {};
  const prefix = 'evidences[0]';
  return {
    evidences: [
      { ...(user === null ? {} : { actor: { user } }), ...(ip === null ? {} : { src_endpoint: { ip } }) },
    ],
    observables: [
      ...(user === null
        ? []
        : [{ name: `${prefix}.actor.user.uid`, type_id: userUidType, value: user.uid ?? actor }]),
      ...(ip === null ? [] : [{ name: `${prefix}.src_endpoint.ip`, type_id: addressType, value: ip }]),
    ],
  };
}

function anomalyStanding({ status, disposition, proposal }: ServerAnomaly) {
  if (disposition !== null) return standingOf(disposition);
  if (status === 'reviewed') return { ...activities.close, ...statuses.reviewedElsewhere };
  if (status === 'gone') return { ...activities.close, ...statuses.gone };
  if (proposal !== undefined) return { ...activities.update, ...statuses.inProgress };
  return { ...activities.create, ...statuses.new };
}

/** A row of the source’s own anomaly table, its scorer’s words verbatim. */
export function anomalyEvent(anomaly: ServerAnomaly, origin: OcsfOrigin): DetectionFinding {
  const { id, anomalyType, detectedAt, disposedAt, note, user, server } = anomaly;
  const known = disposedAt ?? detectedAt ?? server?.reviewedAt ?? null;
  const title = anomalyType || 'Anomaly of the source’s own scorer';
  return {
    ...fixed,
    ...anomalyStanding(anomaly),
    ...severityOf(anomaly.severity),
    time: known === null ? origin.exportedAtMs : milliseconds(known),
    message: title,
    ...(note ? { comment: note } : {}),
    metadata: metadataOf(origin, `anomaly ${id}`, anomaly.tenant),
    finding_info: {
      uid: id,
      title,
      ...(detectedAt === null ? {} : { created_time: milliseconds(detectedAt) }),
      analytic: { name: anomaly.scoreScale || 'The source’s own scorer', type_id: 0 },
    },
    ...evidenceOf({ actor: user ?? '', actorName: null, entity: { kind: 'actor', value: user ?? '' } }),
    unmapped: {
      disposition: anomaly.disposition,
      disposed_by: anomaly.disposedBy,
      disposed_at: disposedAt,
      score: anomaly.score,
      score_scale: anomaly.scoreScale,
      detected_text: anomaly.detectedText,
      source_status: anomaly.status,
      source_disposition: server?.disposition ?? null,
      source_reviewer: server?.reviewedBy ?? null,
      digest: anomaly.digest,
      ...(known === null ? { time_is: 'when it was exported: no time of it is known' } : {}),
    },
  };
}
