// A workspace of somebody with a key, for the benches of campaigns.
import { join } from 'node:path';
import { createRouterClient, type RouterClient } from '@orpc/server';
import { exportReport } from '../../../src-shared/model/evidence.ts';
import { createRouter } from '../../../src-main/api/router.ts';
import { openPackAt } from '../../../src-main/evidence/pack-reader.ts';
import { verifyPack } from '../../../src-main/evidence/verify.ts';
import { nodeWorkstationOptions } from '../../../src-main/shell/node-workstation.ts';
import { openWorkstation, type Workstation } from '../../../src-main/workstation.ts';
import { listSigningKey } from '../../support/campaign-keys.ts';
import { people } from '../../support/campaign.ts';
import { say, step } from './measure.ts';

const passphrase = 'a passphrase for benches';

type Client = RouterClient<ReturnType<typeof createRouter>>;

const clientOf = (station: Workstation): Client => createRouterClient(createRouter(station));

export type Bench = Workstation & { readonly call: Client };

export async function openBench(folder: string, who: keyof typeof people): Promise<Bench> {
  const station = await openWorkstation(
    nodeWorkstationOptions({
      workspace: folder,
      environment: { XDG_CONFIG_HOME: join(folder, 'settings') },
      homeDirectory: folder,
      version: '0.0.0-bench',
      osUser: null,
    }),
  );
  const call = clientOf(station);
  await call.workspace.setReviewer({ ...people[who], passphrase });
  await call.keys.unlock({ passphrase });
  return { ...station, call };
}

/** Exports a pack of one campaign, and verifies it in this process. */
export async function exportAndVerify(owner: Bench, id: string, items: number): Promise<void> {
  const { jobs, call } = owner;
  const report = await step('pack: export', items, async () => {
    const { jobId } = await call.evidence.export({ campaigns: { choice: 'chosen', campaigns: [id] } });
    return exportReport.parse(await jobs.wait(jobId));
  });
  const { pack, close } = await openPackAt(report.file);
  const trust = { signers: listSigningKey(owner), now: new Date().toISOString() };
  const { verdict, summary } = await step('pack: verify', items, () => verifyPack(pack, trust));
  await close();
  say(`verdict: ${verdict}. ${summary}`);
}
