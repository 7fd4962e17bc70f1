// The contract, implemented: every door talks to this router.
import type { Router } from '@orpc/server';
import type { contract } from '#shared/contract/contract.ts';
import { anomalyProcedures } from './anomalies.ts';
import { activityProcedures, actorProcedures, detectorProcedures, findingProcedures } from './analytics.ts';
import { conflictProcedures } from './conflicts.ts';
import { detectionProcedures } from './detection.ts';
import { evidenceProcedures } from './evidence.ts';
import { grantProcedures } from './grants.ts';
import { independenceProcedures } from './independence.ts';
import { ledgerProcedures } from './ledger.ts';
import { procedures } from './procedures.ts';
import { refreshProcedures } from './refresh.ts';
import { reviewProcedures } from './review.ts';
import { sourceProcedures } from './source.ts';
import { syncProcedures } from './sync.ts';
import type { Workstation } from '../workstation.ts';
import { jobProcedures, workspaceProcedures } from './workspace.ts';

/** The type is spelled out: what is inferred has grown beyond what the compiler will write down. */
// oxlint-disable-next-line typescript/no-generated-empty-object-type -- calls bring no context of their own
export function createRouter(workstation: Workstation): Router<typeof contract, Record<never, never>> {
  return procedures.router({
    workspace: workspaceProcedures(workstation),
    jobs: jobProcedures(workstation),
    source: sourceProcedures(workstation),
    grants: grantProcedures(workstation),
    refresh: refreshProcedures(workstation),
    findings: findingProcedures(workstation),
    anomalies: anomalyProcedures(workstation),
    detectors: detectorProcedures(workstation),
    actors: actorProcedures(workstation),
    detection: detectionProcedures(workstation),
    activity: activityProcedures(workstation),
    reviews: reviewProcedures(workstation),
    independence: independenceProcedures(workstation),
    conflicts: conflictProcedures(workstation),
    sync: syncProcedures(workstation),
    evidence: evidenceProcedures(workstation),
    ledger: ledgerProcedures(workstation),
  });
}
