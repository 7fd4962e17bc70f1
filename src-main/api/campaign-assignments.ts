// Campaign files that travel: handed out, taken up, handed back, imported; and conflicts between what came back.
import type {
  AcceptedAssignment,
  AcceptedKey,
  AssignmentReport,
  DecisionsReport,
  ImportReport,
} from '#shared/model/campaign-files.ts';
import { Problem } from '#shared/model/problem.ts';
import type { GivenTrust } from '#shared/model/trust.ts';
import { acceptAssignment } from '../review/campaigns/assignment-accept.ts';
import { exportDecisions, type ExportDecisionsRequest } from '../review/campaigns/assignment-decisions.ts';
import { filesOf } from '../review/campaigns/assignment-files.ts';
import { assignItems, type AssignRequest } from '../review/campaigns/assignment.ts';
import { campaignOf } from '../review/campaigns/campaign-state.ts';
import { importDecisions } from '../review/campaigns/import-decisions.ts';
import { closeCampaignConflict, listConflicts } from '../review/campaigns/merge-conflicts.ts';
import { warmHistory } from '../store/cache/week.ts';
import type { Workstation } from '../workstation.ts';
import { observedIn } from './activity-patterns.ts';
import type { JobContext } from './jobs.ts';
import { campaignFileViews } from './campaign-file-views.ts';
import { procedures } from './procedures.ts';
import { unwatched } from './start-alone.ts';
import { trustInForce } from './trust-in-force.ts';
import { uploadsOf } from './workstation-uploads.ts';

export type FileFromElsewhere = {
  readonly path: string;
  /** As the file is called. */
  readonly name: string;
  readonly trust: GivenTrust;
  readonly accept?: AcceptedKey | undefined;
};

type HandedOver = GivenTrust & {
  readonly upload: string;
  readonly name: string;
  readonly accept?: AcceptedKey | undefined;
};

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the contract says what these are
export function campaignFileProcedures(workstation: Workstation) {
  const { campaignFiles } = procedures;
  const { ledger, exportsDirectory } = workstation;
  const start = (work: (context: JobContext) => Promise<unknown>) => ({
    jobId: startFileWork(workstation, work),
  });
  const withUpload = (
    { upload, name, accept, ...trust }: HandedOver,
    use: (file: FileFromElsewhere, context: JobContext) => Promise<unknown>,
  ) =>
    start((context) =>
      uploadsOf(workstation).useFile(upload, (path) => use({ path, name, trust, accept }, context)),
    );
  return {
    ...campaignFileViews(workstation),
    list: campaignFiles.list.handler(({ input: { id } }) =>
      filesOf(campaignOf(ledger.state(), id), exportsDirectory),
    ),
    assign: campaignFiles.assign.handler(({ input: { id, to, stage, passphrase } }) =>
      start(assignWork(workstation, { campaign: id, to, stage, passphrase, file: null })),
    ),
    accept: campaignFiles.accept.handler(({ input: { as: _as, ...given } }) =>
      withUpload(given, (file, context) => acceptFile(workstation, file, context)),
    ),
    exportDecisions: campaignFiles.exportDecisions.handler(({ input: { id, passphrase } }) =>
      start(exportDecisionsWork(workstation, { campaign: id, passphrase, file: null })),
    ),
    importDecisions: campaignFiles.importDecisions.handler(({ input: { as: _as, ...given } }) =>
      withUpload(given, (file, context) => importFile(workstation, file, context)),
    ),
    conflicts: campaignFiles.conflicts.handler(({ input: { id } }) => listConflicts(ledger.state(), id)),
    closeConflict: campaignFiles.closeConflict.handler(({ input: { id, item, stage, stands, note } }) =>
      closeCampaignConflict(ledger, { campaign: id, item, stage, stands, note }),
    ),
  };
}

/** @throws Problem `locked` while another file is being written or taken in: whoever asks would get its result. */
function startFileWork({ jobs }: Workstation, work: (context: JobContext) => Promise<unknown>): string {
  if (jobs.list().some(({ kind, state }) => kind === 'campaign-file' && state === 'running'))
    throw new Problem(
      'locked',
      'Another campaign file is being written or taken in at the moment. Nothing was started.',
      { next: 'Wait for it to finish, or cancel it, then try again.' },
    );
  return jobs.start('campaign-file', work);
}

/** Hands out the items of somebody. */
export function assignWork(
  workstation: Workstation,
  request: AssignRequest,
): (context: JobContext) => Promise<AssignmentReport> {
  const { cache } = workstation;
  return async (context) => {
    const history = await warmHistory(cache);
    return assignItems(workstation, request, context, { cache, history, observed: observedIn(cache) });
  };
}

/** Hands back what was decided here. */
export function exportDecisionsWork(
  workstation: Workstation,
  request: ExportDecisionsRequest,
): (context: JobContext) => Promise<DecisionsReport> {
  return (context) => exportDecisions(workstation, request, context);
}

/** @throws Problem as {@link acceptAssignment} */
export function acceptFile(
  workstation: Workstation,
  file: FileFromElsewhere,
  context: JobContext = unwatched,
): Promise<AcceptedAssignment> {
  return acceptAssignment(placeOf(workstation), requestOf(workstation, file), context);
}

/** @throws Problem as {@link importDecisions} */
export function importFile(
  workstation: Workstation,
  file: FileFromElsewhere,
  context: JobContext = unwatched,
): Promise<ImportReport> {
  return importDecisions(placeOf(workstation), requestOf(workstation, file), context);
}

const placeOf = ({ ledger, cache, directory: workspace }: Workstation) => ({ ledger, cache, workspace });

const requestOf = (workstation: Workstation, { path, name, trust, accept }: FileFromElsewhere) => ({
  path,
  fileName: name,
  trust: trustInForce(workstation, trust),
  accept: accept ?? null,
});
