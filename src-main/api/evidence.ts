// Evidence packs: export, list, verify.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import type { ExportReport, PackListing } from '#shared/model/evidence.ts';
import { Problem } from '#shared/model/problem.ts';
import type { Reviewer, SigningKey } from '#shared/model/reviewer.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { describeDetectors } from '../analytics/describe-detectors.ts';
import { gatherPackInput } from '../evidence/gather.ts';
import { listKeys, openKey } from '../evidence/keys.ts';
import { buildPack } from '../evidence/pack.ts';
import type { PackInput } from '../evidence/pack-input.ts';
import { hashPopulation } from '../evidence/population-hash.ts';
import { verifyPack } from '../evidence/verify.ts';
import { writePack } from '../evidence/write-pack.ts';
import { recordCheckpoint } from '../review/checkpoints.ts';
import { requireReviewer } from '../review/decide.ts';
import { listFindings } from '../review/findings.ts';
import { readQueue } from '../review/queue.ts';
import type { Workstation } from '../workstation.ts';
import { workspaceDetectors } from './detector-request.ts';
import type { JobContext } from './jobs.ts';
import { procedures } from './procedures.ts';
import { toDecision } from './review.ts';
import { isMirrorOfConnection } from './refresh.ts';
import { readTotals } from '../store/cache/activity.ts';
import { readHorizon } from '../store/cache/runs.ts';
import { openDatabase, type DatabaseHandle } from '../store/database.ts';
import { readSourceState } from '../store/cache/mirror.ts';

export function evidenceProcedures(workstation: Workstation) {
  const { evidence } = procedures;
  return {
    export: evidence.export.handler(({ input }) => ({
      jobId: workstation.jobs.start(
        'export',
        exportWork(workstation, { passphrase: input.passphrase, file: null }),
      ),
    })),
    packs: evidence.packs.handler(() => listPacks(workstation.packsDirectory)),
    verify: evidence.verify.handler(({ input }) =>
      verifyPack(Buffer.from(input.pack, 'base64'), {
        ...(input.signers === undefined ? {} : { signers: input.signers }),
        ...(input.revoked === undefined ? {} : { revoked: input.revoked }),
        now: formatInstant(workstation.clock.nowMs() * 1000),
        zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      }),
    ),
  };
}

export type ExportRequest = {
  readonly passphrase: string | undefined;
  /** Where to write the pack; null chooses a name in the workspace's packs folder. */
  readonly file: string | null;
};

/** Writes a signed pack of the whole workspace and puts the export on record. */
export function exportWork(workstation: Workstation, request: ExportRequest) {
  return async ({ progress, signal }: JobContext): Promise<ExportReport> => {
    const { ledger } = workstation;
    const reviewer = requireReviewer(ledger.state());
    const key = requireKey(workstation);
    progress('Opening the signing key', 0, null, '');
    const signer = await openKey(
      workstation.keysDirectory,
      key.fingerprint,
      workstation.keySeal(request.passphrase),
    );
    recordCheckpoint(ledger, 'export', signer);
    const input = await gather(workstation, reviewer, key, { progress, signal });
    progress('Signing and writing', 0, null, '');
    const pack = buildPack(input, signer);
    signal.throwIfAborted();
    mkdirSync(workstation.packsDirectory, { recursive: true, mode: 0o700 });
    const file = request.file ?? join(workstation.packsDirectory, pack.name);
    await writePack(file, pack.bytes);
    const { sha256, counts } = pack;
    ledger.append(() => [
      {
        type: 'export',
        subject: input.packId,
        actor: reviewer.id,
        payload: { name: pack.name, sha256, counts, fingerprint: key.fingerprint },
      },
    ]);
    return { file, sha256, counts, signer: { fingerprint: key.fingerprint, identity: key.identity } };
  };
}

function gather(
  workstation: Workstation,
  reviewer: Reviewer,
  key: SigningKey,
  { progress, signal }: JobContext,
): Promise<PackInput> {
  const { ledger, clock } = workstation;
  return withSnapshot(workstation.cache.name, async (cache) => {
    assertOwnMirror(workstation, cache);
    const horizon = readHorizon(cache);
    const total = readTotals(cache, horizon).events;
    const populationHash = await hashPopulation(cache, horizon, async (done) => {
      progress('Gathering evidence', done, total, 'events');
      await setImmediate();
      signal.throwIfAborted();
    });
    // From here on nothing waits, so ledger and cache speak of one moment each.
    const state = ledger.state();
    const nowMicroseconds = clock.nowMs() * 1000;
    const findings = listFindings(cache, state);
    return gatherPackInput({
      cache,
      populationHash,
      state,
      // Another process may append meanwhile.
      entries: ledger.entries().slice(0, state.entries),
      queue: readQueue(cache, state, horizon ?? nowMicroseconds),
      findings,
      detectors: describeDetectors(workspaceDetectors(workstation), findings),
      reviewer,
      key,
      toDecision: (record) => toDecision(state, record),
      packId: ledger.newId(),
      version: workstation.version,
      zone: state.connection?.zone ?? workstation.zone,
      nowMicroseconds,
    });
  });
}

/** Reads the cache as of one moment, while refreshes and reviewers go on. */
async function withSnapshot<T>(path: string, work: (cache: DatabaseHandle) => Promise<T>): Promise<T> {
  const cache = openDatabase(path, 'cache', 'read');
  try {
    cache.exec('BEGIN');
    return await work(cache);
  } finally {
    cache.close();
  }
}

/** A pack must not present the events of one source as those of another. */
function assertOwnMirror(workstation: Workstation, cache: DatabaseHandle): void {
  const state = workstation.ledger.state();
  if (!state.connection || !readSourceState(cache) || isMirrorOfConnection(cache, state)) return;
  throw new Problem(
    'conflict',
    'The local copy is still of a source this workspace was connected to before, so nothing was exported.',
    { next: 'Refresh, then export again.' },
  );
}

export function requireKey(workstation: Workstation): SigningKey {
  const { keyFingerprint } = workstation.ledger.state();
  const key = listKeys(workstation.keysDirectory).find(
    (candidate) => candidate.fingerprint === keyFingerprint,
  );
  if (key) return key;
  throw new Problem(
    'no-reviewer',
    'The signing key of this workspace’s reviewer is not on this computer, so nothing was exported.',
    {
      next: 'Set the reviewer again to create a key here.',
    },
  );
}

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
