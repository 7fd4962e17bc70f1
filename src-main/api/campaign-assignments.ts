// Campaign files that travel: handed out, taken up, handed back, imported; and conflicts between what came back.
import type { AcceptedKey, ImportReport, AcceptedAssignment } from '#shared/model/campaign-files.ts';
import type { GivenTrust } from '#shared/model/trust.ts';
import { acceptAssignment } from '../review/campaigns/assignment-accept.ts';
import { exportDecisions } from '../review/campaigns/assignment-decisions.ts';
import { filesOf } from '../review/campaigns/assignment-files.ts';
import { assignItems } from '../review/campaigns/assignment.ts';
import { campaignOf } from '../review/campaigns/campaign-state.ts';
import { importDecisions } from '../review/campaigns/import-decisions.ts';
import { closeCampaignConflict, listConflicts } from '../review/campaigns/merge-conflicts.ts';
import type { Workstation } from '../workstation.ts';
import { procedures } from './procedures.ts';
import { trustInForce } from './trust-in-force.ts';
import { uploadsOf } from './workstation-uploads.ts';

export type FileFromElsewhere = {
  readonly path: string;
  /** As the file is called. */
  readonly name: string;
  readonly trust: GivenTrust;
  readonly accept?: AcceptedKey | undefined;
};

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the contract says what these are
export function campaignFileProcedures(workstation: Workstation) {
  const { campaignFiles } = procedures;
  const { ledger } = workstation;
  return {
    list: campaignFiles.list.handler(({ input: { id } }) => filesOf(campaignOf(ledger.state(), id))),
    assign: campaignFiles.assign.handler(({ input: { id, to, stage, passphrase } }) =>
      assignItems(workstation, { campaign: id, to, stage, passphrase, file: null }),
    ),
    accept: campaignFiles.accept.handler(({ input: { upload, name, accept, as: _as, ...trust } }) =>
      uploadsOf(workstation).useFile(upload, (path) =>
        acceptFile(workstation, { path, name, trust, accept }),
      ),
    ),
    exportDecisions: campaignFiles.exportDecisions.handler(({ input: { id, passphrase } }) =>
      exportDecisions(workstation, { campaign: id, passphrase, file: null }),
    ),
    importDecisions: campaignFiles.importDecisions.handler(
      ({ input: { upload, name, accept, as: _as, ...trust } }) =>
        uploadsOf(workstation).useFile(upload, (path) =>
          importFile(workstation, { path, name, trust, accept }),
        ),
    ),
    conflicts: campaignFiles.conflicts.handler(({ input: { id } }) => listConflicts(ledger.state(), id)),
    closeConflict: campaignFiles.closeConflict.handler(({ input: { id, item, stage, stands, note } }) =>
      closeCampaignConflict(ledger, { campaign: id, item, stage, stands, note }),
    ),
  };
}

/** @throws Problem as {@link acceptAssignment} */
export function acceptFile(workstation: Workstation, file: FileFromElsewhere): Promise<AcceptedAssignment> {
  return acceptAssignment(placeOf(workstation), requestOf(workstation, file));
}

/** @throws Problem as {@link importDecisions} */
export function importFile(workstation: Workstation, file: FileFromElsewhere): Promise<ImportReport> {
  return importDecisions(placeOf(workstation), requestOf(workstation, file));
}

const placeOf = ({ ledger, directory: workspace }: Workstation) => ({ ledger, workspace });

const requestOf = (workstation: Workstation, { path, name, trust, accept }: FileFromElsewhere) => ({
  path,
  fileName: name,
  trust: trustInForce(workstation, trust),
  accept: accept ?? null,
});
