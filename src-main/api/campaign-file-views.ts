// What is shown around the files of campaigns: a file before it is taken up or in, who has what, what was not taken over.
import { importRefusals } from '../review/campaigns/import-refusals.ts';
import { lookAtFile } from '../review/campaigns/look-at-file.ts';
import { reviewerShares } from '../review/campaigns/reviewer-shares.ts';
import type { Workstation } from '../workstation.ts';
import { procedures } from './procedures.ts';
import { trustInForce } from './trust-in-force.ts';
import { uploadsOf } from './workstation-uploads.ts';

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the contract says what these are
export function campaignFileViews(workstation: Workstation) {
  const { look, shares, refusals } = procedures.campaignFiles;
  const { cache, clock, directory: workspace, ledger } = workstation;
  const uploads = uploadsOf(workstation);
  const scene = () => ({ cache, workspace, state: ledger.state(), nowMs: clock.nowMs() });
  return {
    look: look.handler(async ({ input: { upload, ...trust } }) => {
      try {
        return await uploads.useFile(
          upload,
          (path) => lookAtFile(path, trustInForce(workstation, trust), ledger.state()),
          true,
        );
      } catch (error) {
        // What is refused leaves nothing behind.
        await uploads.discard(upload);
        throw error;
      }
    }),
    shares: shares.handler(({ input: { id } }) => reviewerShares(scene(), id)),
    refusals: refusals.handler(({ input: { id, sha256 } }) => importRefusals(scene(), id, sha256)),
  };
}
