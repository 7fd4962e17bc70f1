// Campaigns: define, freeze, decide, attest, close.
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { randomUUID } from 'node:crypto';
import { Problem } from '#shared/model/problem.ts';
import { sha256Hex } from '../evidence/digest.ts';
import { listCampaigns, scopeInWords, statusOf } from '../review/campaigns/campaign-status.ts';
import { campaignOf, type CampaignRecord } from '../review/campaigns/campaign-state.ts';
import { attestCampaign, closeCampaign } from '../review/campaigns/close-campaign.ts';
import { readCsv } from '../review/campaigns/csv-rows.ts';
import { decideItems } from '../review/campaigns/decide-items.ts';
import { defineCampaign, faultsIn } from '../review/campaigns/define-campaign.ts';
import { delegateReview } from '../review/campaigns/delegate.ts';
import { itemEvidence } from '../review/campaigns/item-evidence.ts';
import { itemDetail, listItems, previewItems } from '../review/campaigns/list-items.ts';
import { handedFile, type OpenScene } from '../review/campaigns/freeze-scope.ts';
import { scopeEntitlements } from '../review/campaigns/scope-entitlements.ts';
import { openCampaign, type OpenRequest } from '../review/campaigns/open-campaign.ts';
import { prepareCounts } from '../review/campaigns/tally.ts';
import { connectSource } from '../source/client.ts';
import { warmHistory } from '../store/cache/week.ts';
import type { Workstation } from '../workstation.ts';
import { observedIn } from './activity-patterns.ts';
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
    list: campaigns.list.handler(async () => {
      for (const record of ledger.state().campaigns.byId.values())
        await prepareCounts(ledger.state(), record);
      return listCampaigns(ledger.state(), clock.nowMs());
    }),
    get: campaigns.get.handler(({ input }) => status(campaignOf(ledger.state(), input.id))),
    check: campaigns.check.handler(({ input: { definition } }) => ({
      faults: faultsIn(definition, ledger.state().independence.identities),
      scopeInWords: scopeInWords(definition),
    })),
    entitlements: campaigns.entitlements.handler(({ input, signal }) =>
      scopeEntitlements(openingScene(workstation, signal, lookTimeoutMs), input, signal),
    ),
    keepFile: campaigns.keepFile.handler(({ input: { upload, name } }) =>
      uploadsOf(workstation).useFile(upload, (path) => keepCsv(workstation, path, name)),
    ),
    define: campaigns.define.handler(({ input: { id, definition } }) =>
      status(defineCampaign(ledger, { campaign: id, definition })),
    ),
    open: campaigns.open.handler(({ input: { id, previous, withoutMeanings } }) => ({
      jobId: freezeAlone(workstation, openingWork(workstation, { campaign: id, previous, withoutMeanings })),
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
      status(delegateReview(ledger, { campaign: id, ...delegation })),
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
  const { columns, rows } = readCsv(bytes);
  const sha256 = sha256Hex(bytes);
  const target = handedFile(workstation.directory, sha256);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  const partial = `${target}.${randomUUID()}.partial`;
  await writeFile(partial, bytes, { mode: 0o600, flush: true });
  await rename(partial, target);
  return { name, sha256, columns: [...columns], rows: rows.length };
}
