// Evidence packs: export, list, verify.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { PackListing } from '#shared/model/evidence.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { verifyEvidence } from '../evidence/collection/verify-work-papers.ts';
import { handOutVerifyPage, verifyPageName } from '../evidence/verify-page-file.ts';
import type { Workstation } from '../workstation.ts';
import { readControls, setControls } from './controls.ts';
import { exportWork } from './export-pack.ts';
import { deletePack, requirePackFile, signOffWork } from './pack-work.ts';
import { procedures } from './procedures.ts';
import { trustInForce } from './trust-in-force.ts';
import { uploadsOf } from './workstation-uploads.ts';

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
    deletePack: evidence.deletePack.handler(({ input }) => deletePack(workstation, input)),
    controls: evidence.controls.handler(() => readControls(workstation)),
    setControls: evidence.setControls.handler(({ input }) => setControls(workstation, input)),
    packs: evidence.packs.handler(() => listPacks(workstation.packsDirectory)),
    verifyPage: evidence.verifyPage.handler(() =>
      handOutVerifyPage(workstation.verifyPageFile, join(workstation.packsDirectory, verifyPageName)),
    ),
    verify: evidence.verify.handler(({ input, signal }) =>
      verifyEvidence(Buffer.from(input.pack, 'base64'), trustInForce(workstation, input), watchOf(signal)),
    ),
    beginUpload: evidence.beginUpload.handler(async ({ input }) => ({
      upload: await uploads.begin(input.bytes),
    })),
    addToUpload: evidence.addToUpload.handler(async ({ input }) => ({
      received: await uploads.add(input.upload, input.offset, Buffer.from(input.piece, 'base64')),
    })),
    verifyUpload: evidence.verifyUpload.handler(({ input: { upload, ...given }, signal }) =>
      uploads.use(upload, (pack) => verifyEvidence(pack, trustInForce(workstation, given), watchOf(signal))),
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
        sha256: await hashFile(file),
        exportedAt: formatInstant(Math.floor(mtimeMs) * 1000),
      };
    }),
  );
  return packs.toSorted((a, b) => (a.exportedAt < b.exportedAt ? 1 : -1));
}

async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
