// What follows a campaign: remediation, its re-check, and the difference to another campaign.
import { differencePage } from '../review/campaigns/difference.ts';
import { recheckCampaign, type RecheckRequest } from '../review/campaigns/recheck.ts';
import { changeRemediation, listRemediation } from '../review/campaigns/remediation.ts';
import type { RecheckReport } from '#shared/model/campaign-follow-up.ts';
import type { Workstation } from '../workstation.ts';
import { freezeAlone, openingScene } from './campaigns.ts';
import type { JobContext } from './jobs.ts';
import { procedures } from './procedures.ts';

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the contract says what these are
export function campaignFollowUpProcedures(workstation: Workstation) {
  const { campaignFollowUp } = procedures;
  const { ledger, clock, directory } = workstation;
  return {
    difference: campaignFollowUp.difference.handler(({ input: { id, against, kind, after, limit } }) =>
      differencePage(ledger.state(), directory, {
        campaign: id,
        against,
        kinds: kind === undefined ? undefined : [kind],
        after,
        limit,
      }),
    ),
    remediation: campaignFollowUp.remediation.handler(({ input: { id } }) =>
      listRemediation(ledger.state(), id, clock.nowMs()),
    ),
    changeRemediation: campaignFollowUp.changeRemediation.handler(({ input: { id, as: _as, ...change } }) => {
      changeRemediation(ledger, id, change);
      return listRemediation(ledger.state(), id, clock.nowMs());
    }),
    recheck: campaignFollowUp.recheck.handler(({ input: { id, file, from } }) => ({
      jobId: freezeAlone(workstation, recheckWork(workstation, { campaign: id, file, from })),
    })),
  };
}

/** Freezes a later population in the background. */
export function recheckWork(
  workstation: Workstation,
  request: RecheckRequest,
): (context: JobContext) => Promise<RecheckReport> {
  return ({ signal, progress }) =>
    recheckCampaign(
      openingScene(workstation, signal),
      request,
      (items) => progress('Freezing the later population', items, null, 'items'),
      signal,
    );
}
