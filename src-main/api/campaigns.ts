// Campaigns: define, freeze, decide, attest, close.
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { randomUUID } from 'node:crypto';
import { Problem } from '#shared/model/problem.ts';
import { listCampaigns, scopeInWords, statusOf } from '../review/campaigns/campaign-status.ts';
import { campaignOf, type CampaignRecord } from '../review/campaigns/campaign-state.ts';
import { attestCampaign, closeCampaign } from '../review/campaigns/close-campaign.ts';
import { hashBytes, readCsv, type CsvFile } from '../review/campaigns/csv-rows.ts';
import { decideItems } from '../review/campaigns/decide-items.ts';
import { defineCampaign, faultsIn } from '../review/campaigns/define-campaign.ts';
import { delegateReview } from '../review/campaigns/delegate.ts';
import { discardDraft } from '../review/campaigns/discard-draft.ts';
import { endDelegation } from '../review/campaigns/end-delegation.ts';
import { endSeries } from '../review/campaigns/end-series.ts';
import { itemEvidence } from '../review/campaigns/item-evidence.ts';
import { itemDetail, listItems, previewItems } from '../review/campaigns/list-items.ts';
import { handedFile, type OpenScene } from '../review/campaigns/freeze-scope.ts';
import { scopeEntitlements } from '../review/campaigns/scope-entitlements.ts';
import { openCampaign, type OpenRequest } from '../review/campaigns/open-campaign.ts';
import { prepareCounts } from '../review/campaigns/tally.ts';
import { walkSteps } from '../review/campaigns/walk-steps.ts';
import { unfitPeople } from '../review/reviewer-column.ts';
import { connectSource } from '../source/client.ts';
import { warmHistory } from '../store/cache/week.ts';
import type { Workstation } from '../workstation.ts';
import { observedIn } from './activity-patterns.ts';
import { definitionAtSource, notLooked } from './definition-at-source.ts';
import type { JobContext } from './jobs.ts';
import { procedures } from './procedures.ts';
import { rememberedSource } from './source.ts';
import { uploadsOf } from './workstation-uploads.ts';

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the contract says what these are
export function campaignProcedures(workstation: Workstation) {
  const { campaigns } = procedures;
  const { ledger, clock, directory: workspace } = workstation;
  const status = async (record: CampaignRecord) => {
    await prepareCounts(ledger.state(), record);
    return statusOf(ledger.state(), record, clock.nowMs());
  };
  const scene = () => ({ ...storeOf(workstation), state: ledger.state(), nowMs: clock.nowMs() });
  return {
    list: campaigns.list.handler(async ({ input: { discarded } }) => {
      for (const record of ledger.state().campaigns.byId.values())
        await prepareCounts(ledger.state(), record);
      return listCampaigns(ledger.state(), clock.nowMs(), discarded);
    }),
    get: campaigns.get.handler(({ input }) => status(campaignOf(ledger.state(), input.id))),
    check: campaigns.check.handler(async ({ input: { definition, lookAtSource = false } }) => {
      const found = lookAtSource ? await definitionAtSource(workstation, definition) : notLooked;
      return {
        faults: [...faultsIn(definition, ledger.state().independence.identities), ...found.faults],
        remarks: [...unfitPeople(ledger.state(), definition.people), ...found.remarks],
        scopeInWords: scopeInWords(definition),
      };
    }),
    entitlements: campaigns.entitlements.handler(({ input, signal }) =>
      scopeEntitlements(openingScene(workstation, signal, lookTimeoutMs), input, signal),
    ),
    keepFile: campaigns.keepFile.handler(({ input: { upload, name } }) =>
      uploadsOf(workstation).useFile(upload, (path) => keepCsv(workstation, path, name)),
    ),
    define: campaigns.define.handler(({ input: { id, definition, basedOn } }) =>
      status(defineCampaign(ledger, { campaign: id, definition, basedOn })),
    ),
    discard: campaigns.discard.handler(({ input: { id, reason } }) =>
      status(discardDraft(ledger, { campaign: id, reason })),
    ),
    endSeries: campaigns.endSeries.handler(({ input: { id, reason } }) =>
      status(endSeries(ledger, { campaign: id, reason })),
    ),
    open: campaigns.open.handler(({ input: { id, previous, withoutMeanings, emptyBecause } }) => ({
      jobId: freezeAlone(
        workstation,
        openingWork(workstation, { campaign: id, previous, withoutMeanings, emptyBecause }),
      ),
    })),
    items: campaigns.items.handler(({ input }) => listItems(scene(), input)),
    item: campaigns.item.handler(({ input: { id, key } }) => itemDetail(scene(), id, key)),
    evidence: campaigns.evidence.handler(async ({ input: { id, key } }) => {
      const { cache } = workstation;
      const history = await warmHistory(cache);
      return itemEvidence({ ...scene(), history, observed: observedIn(cache) }, id, key);
    }),
    previewBulk: campaigns.previewBulk.handler(({ input: { id, keys } }) => previewItems(scene(), id, keys)),
    decide: campaigns.decide.handler(async ({ input: { id, items, decision, reason, stage } }) => {
      await decideItems(
        { ...storeOf(workstation), ledger, nowMs: clock.nowMs },
        { campaign: id, items, decision, reason, stage, osUser: workstation.osUser },
      );
      return Promise.all(items.map(({ key }) => itemDetail(scene(), id, key)));
    }),
    delegate: campaigns.delegate.handler(({ input: { id, as: _as, ...delegation } }) =>
      status(delegateReview(ledger, { campaign: id, ...delegation, nowMs: clock.nowMs() })),
    ),
    endDelegation: campaigns.endDelegation.handler(({ input: { id, entry, reason } }) =>
      status(endDelegation(ledger, { campaign: id, delegation: entry, reason, nowMs: clock.nowMs() })),
    ),
    attest: campaigns.attest.handler(async ({ input: { id, role, statement } }) =>
      status(await attestCampaign({ ledger, workspace }, { campaign: id, role, statement })),
    ),
    close: campaigns.close.handler(async ({ input: { id, reason } }) =>
      status(await closeCampaign({ ledger, workspace }, { campaign: id, reason })),
    ),
  };
}

/** @throws Problem `locked` while another population is being frozen */
export function freezeAlone({ jobs }: Workstation, work: (context: JobContext) => Promise<unknown>): string {
  if (jobs.list().some(({ kind, state }) => kind === 'campaign' && state === 'running'))
    throw new Problem('locked', 'A population is being frozen at the moment. Nothing was started.', {
      next: 'Wait for it to finish, or cancel it, then try again.',
    });
  return jobs.start('campaign', work);
}

const storeOf = (workstation: Workstation) => ({
  cache: workstation.cache,
  workspace: workstation.directory,
});

const connectTimeoutMs = 10_000;
/** Of the statements around the one that reads the rows, which may take as long as it takes. */
const statementTimeoutMs = 600_000;
/** Of a look that somebody waits for with a form open. */
const lookTimeoutMs = 60_000;

/** What it takes to freeze a population here. */
export function openingScene(
  workstation: Workstation,
  signal: AbortSignal | undefined,
  timeoutMs = statementTimeoutMs,
): OpenScene {
  const { cache, clock, directory: workspace, ledger } = workstation;
  return {
    ledger,
    workspace,
    cache,
    nowMs: clock.nowMs,
    source: async () => {
      const { profile, password } = await rememberedSource(workstation);
      const options = {
        purpose: 'read',
        statementTimeoutMs: timeoutMs,
        connectTimeoutMs,
        ...(signal && { signal }),
      } as const;
      return { profile, connect: () => connectSource(profile, password, options) };
    },
  };
}

/** Freezes the population of a draft in the background. */
export function openingWork(workstation: Workstation, request: OpenRequest) {
  return async ({ signal, progress }: JobContext) => {
    const { ledger, clock } = workstation;
    const opened = await openCampaign(
      openingScene(workstation, signal),
      request,
      (items) => progress('Freezing the population', items, null, 'items'),
      signal,
    );
    return statusOf(ledger.state(), opened, clock.nowMs());
  };
}

/** Keeps the bytes of a CSV file that can be read, by their hash. @throws Problem `file-unreadable` */
export async function keepCsv(workstation: Pick<Workstation, 'directory'>, path: string, name: string) {
  const bytes = await readFile(path);
  const file = readCsv(bytes);
  const rows = await walkSteps(rowsIn(file));
  const sha256 = await walkSteps(hashBytes(bytes));
  const target = handedFile(workstation.directory, sha256);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  const partial = `${target}.${randomUUID()}.partial`;
  await writeFile(partial, bytes, { mode: 0o600, flush: true });
  await rename(partial, target);
  return { name, sha256, columns: [...file.columns], rows };
}

/** How many there are; each is looked at. */
function* rowsIn({ rows }: CsvFile): Generator<undefined, number> {
  let count = 0;
  for (const some of rows()) {
    count += some.length;
    yield undefined;
  }
  return count;
}
