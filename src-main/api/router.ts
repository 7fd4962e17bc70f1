// The contract, implemented: every door talks to this router.
import { activityProcedures, actorProcedures, detectorProcedures, findingProcedures } from './analytics.ts';
import { detectionProcedures } from './detection.ts';
import { evidenceProcedures } from './evidence.ts';
import { procedures } from './procedures.ts';
import { refreshProcedures, syncProcedures } from './refresh.ts';
import { reviewProcedures } from './review.ts';
import { sourceProcedures } from './source.ts';
import type { Workstation } from '../workstation.ts';
import { jobProcedures, workspaceProcedures } from './workspace.ts';

export function createRouter(workstation: Workstation) {
  return procedures.router({
    workspace: workspaceProcedures(workstation),
    jobs: jobProcedures(workstation),
    source: sourceProcedures(workstation),
    refresh: refreshProcedures(workstation),
    findings: findingProcedures(workstation),
    detectors: detectorProcedures(workstation),
    actors: actorProcedures(workstation),
    detection: detectionProcedures(workstation),
    activity: activityProcedures(workstation),
    reviews: reviewProcedures(workstation),
    sync: syncProcedures(workstation),
    evidence: evidenceProcedures(workstation),
  });
}
