// What follows a campaign: remediation, its re-check, and the difference to another campaign.
import { differencePage } from '../review/campaigns/difference.ts';
import { recheckCampaign, type RecheckRequest } from '../review/campaigns/recheck.ts';
import { listRechecks, recheckResults } from '../review/campaigns/list-rechecks.ts';
import { listRemediation, remediationOf } from '../review/campaigns/list-remediation.ts';
import { campaignOf } from '../review/campaigns/campaign-state.ts';
import { itemsNamed, nameSubjects } from '../review/campaigns/name-subjects.ts';
import { changeRemediation } from '../review/campaigns/remediation.ts';
import { listSampleItems } from '../review/campaigns/sample-items.ts';
import type { RecheckReport } from '#shared/model/campaign-follow-up.ts';
import type { Workstation } from '../workstation.ts';
import { freezeAlone, openingScene } from './campaigns.ts';
import type { JobContext } from './jobs.ts';
import { procedures } from './procedures.ts';

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the contract says what these are
export function campaignFollowUpProcedures(workstation: Workstation) {
  const { campaignFollowUp } = procedures;
  const { cache, ledger, clock, directory } = workstation;
  const store = { cache, workspace: directory };
  const named = async <Page extends { readonly rows: readonly Subject[] }>(id: string, page: Page) => ({
    ...page,
    rows: await nameSubjects<Page['rows'][number]>(store, campaignOf(ledger.state(), id), page.rows),
  });
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
    remediation: campaignFollowUp.remediation.handler(async ({ input }) => {
      const record = campaignOf(ledger.state(), input.id);
      const byName = input.text?.trim() ? await itemsNamed(store, record, input.text.trim()) : undefined;
      return named(input.id, listRemediation(ledger.state(), { ...input, named: byName }, clock.nowMs()));
    }),
    remediationOf: campaignFollowUp.remediationOf.handler(async ({ input }) => {
      const { row, ...detail } = remediationOf(ledger.state(), input, clock.nowMs());
      const [about = { ...row, subjectName: null }] = (await named(input.id, { rows: [row] })).rows;
      return { ...detail, row: about };
    }),
    changeRemediation: campaignFollowUp.changeRemediation.handler(({ input: { id, as: _as, ...change } }) => {
      changeRemediation(ledger, id, change);
      const { items } = change;
      return named(id, listRemediation(ledger.state(), { id, items, limit: items.length }, clock.nowMs()));
    }),
    recheck: campaignFollowUp.recheck.handler(({ input: { id, file, from } }) => ({
      jobId: freezeAlone(workstation, recheckWork(workstation, { campaign: id, file, from })),
    })),
    rechecks: campaignFollowUp.rechecks.handler(({ input: { id } }) => listRechecks(ledger.state(), id)),
    recheckResults: campaignFollowUp.recheckResults.handler(({ input }) =>
      named(input.id, recheckResults(ledger.state(), input)),
    ),
    sampleItems: campaignFollowUp.sampleItems.handler(({ input }) =>
      listSampleItems(ledger.state(), store, input),
    ),
  };
}

type Subject = { readonly item: string };

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
