// Evidence packs: export, list, verify.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { PackListing } from '#shared/model/evidence.ts';
import { countQueue } from '../review/queue-counts.ts';
import { plannedSize } from '../review/sampling/plan.ts';
import { derivationOf } from '../review/work-papers/derivation.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { handOutVerifyPage, verifyPageName } from '../evidence/verify-page-file.ts';
import type { Workstation } from '../workstation.ts';
import { readControls, setControls } from './controls.ts';
import { judgePack } from './judge-pack.ts';
import { listExportedPacks } from './exported-packs.ts';
import { exportWork } from './export-pack.ts';
import { listedSha256 } from './pack-hashes.ts';
import { deletePack, requirePackFile } from './pack-work.ts';
import { signOffCopy, signOffWork } from './sign-off-work.ts';
import { startAlone } from './start-alone.ts';
import { previewCampaigns } from './preview-campaigns.ts';
import { procedures } from './procedures.ts';
import { uploadsOf } from './workstation-uploads.ts';
import { nowMicroseconds } from './workspace.ts';

export function evidenceProcedures(workstation: Workstation) {
  const { evidence } = procedures;
  const uploads = uploadsOf(workstation);
  return {
    export: evidence.export.handler(({ input }) => ({
      jobId: workstation.jobs.start(
        'export',
        exportWork(workstation, { ...input, passphrase: input.passphrase, file: null }),
      ),
    })),
    signOff: evidence.signOff.handler(({ input: { name, role, note, passphrase } }) =>
      signOffWork(workstation, { file: requirePackFile(workstation, name), role, note, passphrase }),
    ),
    startSignOff: evidence.startSignOff.handler(({ input: { of, ...given } }) => ({
      jobId: startAlone(workstation.jobs, 'sign-off', (context) =>
        'pack' in of
          ? signOffWork(workstation, { ...given, file: requirePackFile(workstation, of.pack) }, context)
          : uploads.useFile(
              of.upload,
              async (path) => {
                const signed = await signOffCopy(workstation, { ...given, file: path }, of.name, context);
                await uploads.discard(of.upload);
                return signed;
              },
              // A wrong passphrase is no reason to hand the pack over again.
              true,
            ),
      ),
    })),
    previewSample: evidence.previewSample.handler(({ input: { method, size } }) => {
      const { cache, ledger } = workstation;
      const populationSize = countQueue(cache, ledger.state(), nowMicroseconds(workstation)).reviews;
      const planned = plannedSize(method, size ?? null, populationSize);
      return {
        populationSize,
        size: planned,
        derivation: derivationOf({ method, populationSize, size: planned }),
      };
    }),
    previewCampaigns: evidence.previewCampaigns.handler(({ input }) => previewCampaigns(workstation, input)),
    deletePack: evidence.deletePack.handler(({ input }) => deletePack(workstation, input)),
    controls: evidence.controls.handler(() => readControls(workstation)),
    setControls: evidence.setControls.handler(({ input }) => setControls(workstation, input)),
    packs: evidence.packs.handler(() => listPacks(workstation.packsDirectory)),
    exportedPacks: evidence.exportedPacks.handler(async () =>
      listExportedPacks(workstation.ledger, await listPacks(workstation.packsDirectory)),
    ),
    verifyPage: evidence.verifyPage.handler(() =>
      handOutVerifyPage(workstation.verifyPageFile, join(workstation.packsDirectory, verifyPageName)),
    ),
    verify: evidence.verify.handler(({ input: { pack, ...given }, signal }) =>
      judgePack(workstation, Buffer.from(pack, 'base64'), given, watchOf(signal)),
    ),
    beginUpload: evidence.beginUpload.handler(async ({ input }) => ({
      upload: await uploads.begin(input.bytes),
    })),
    addToUpload: evidence.addToUpload.handler(async ({ input }) => ({
      received: await uploads.add(input.upload, input.offset, Buffer.from(input.piece, 'base64')),
    })),
    verifyUpload: evidence.verifyUpload.handler(({ input: { upload, keep, ...given }, signal }) =>
      uploads.use(upload, (pack) => judgePack(workstation, pack, given, watchOf(signal)), keep),
    ),
    discardUpload: evidence.discardUpload.handler(async ({ input }) => {
      await uploads.discard(input.upload);
      return {};
    }),
  };
}

/** Whoever asked may have gone meanwhile. */
const watchOf = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { signal });

async function listPacks(directory: string): Promise<PackListing[]> {
  if (!existsSync(directory)) return [];
  const names = readdirSync(directory).filter((name) => name.endsWith('.zip'));
  const packs = await Promise.all(
    names.map(async (name) => {
      const file = join(directory, name);
      const { size, mtimeMs } = statSync(file);
      return {
        name,
        file,
        bytes: size,
        sha256: await listedSha256(file),
        exportedAt: formatInstant(Math.floor(mtimeMs) * 1000),
      };
    }),
  );
  return packs.toSorted((a, b) => (a.exportedAt < b.exportedAt ? 1 : -1));
}
