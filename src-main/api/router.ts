// The contract, implemented: every door talks to this router.
import { createRouterClient, type Router } from '@orpc/server';
import type { contract } from '#shared/contract/contract.ts';
import { actAsShown } from './act-as-shown.ts';
import { profileProcedures } from './actor-profile.ts';
import { sourcesProcedures } from './sources-health.ts';
import { triageProcedures } from './triage.ts';
import { anomalyProcedures } from './anomalies.ts';
import { auditProcedures } from './audit.ts';
import { activityProcedures, actorProcedures, detectorProcedures, findingProcedures } from './analytics.ts';
import { campaignFileProcedures } from './campaign-assignments.ts';
import { campaignOversightProcedures } from './campaign-oversight.ts';
import { campaignFollowUpProcedures } from './campaign-remediation.ts';
import { campaignSourceProcedures } from './campaign-sources.ts';
import { campaignProcedures } from './campaigns.ts';
import { conflictProcedures } from './conflicts.ts';
import { contextProcedures } from './context.ts';
import { detectionProcedures } from './detection.ts';
import { browserProcedures } from './events-browser.ts';
import { evidenceProcedures } from './evidence.ts';
import { exportProcedures } from './exports.ts';
import { grantProcedures } from './grants.ts';
import { independenceProcedures } from './independence.ts';
import { keyProcedures } from './keys.ts';
import { ledgerProcedures } from './ledger.ts';
import { maskAnswers } from './mask-answers.ts';
import { procedures } from './procedures.ts';
import { refreshProcedures } from './refresh.ts';
import { reviewProcedures } from './review.ts';
import { sourceProcedures } from './source.ts';
import { syncProcedures } from './sync.ts';
import { privacyProcedures } from './privacy.ts';
import { trustProcedures } from './trust.ts';
import type { Workstation } from '../workstation.ts';
import { jobProcedures, workspaceProcedures } from './workspace.ts';

/** Spelled out, because what is inferred has grown beyond what the compiler will write down. */
// oxlint-disable-next-line typescript/no-generated-empty-object-type -- calls bring no context of their own
export type WorkstationRouter = Router<typeof contract, Record<never, never>>;

export function createRouter(workstation: Workstation): WorkstationRouter {
  const router: WorkstationRouter = procedures
    .use(maskAnswers(workstation))
    .use(actAsShown(workstation))
    .router({
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
      browser: browserProcedures(workstation),
      context: contextProcedures(workstation),
      triage: triageProcedures(workstation),
      sources: sourcesProcedures(workstation),
      profile: profileProcedures(workstation),
      reviews: reviewProcedures(workstation),
      independence: independenceProcedures(workstation),
      conflicts: conflictProcedures(workstation),
      sync: syncProcedures(workstation),
      evidence: evidenceProcedures(workstation),
      trust: trustProcedures(workstation),
      privacy: privacyProcedures(workstation),
      exported: exportProcedures(workstation, () => createRouterClient(router)),
      keys: keyProcedures(workstation),
      ledger: ledgerProcedures(workstation),
      audit: auditProcedures(workstation),
      campaigns: campaignProcedures(workstation),
      campaignFiles: campaignFileProcedures(workstation),
      campaignFollowUp: campaignFollowUpProcedures(workstation),
      campaignOversight: campaignOversightProcedures(workstation),
      campaignSources: campaignSourceProcedures(workstation),
    });
  return router;
}
