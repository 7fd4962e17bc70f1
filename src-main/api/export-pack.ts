// Exports a signed pack of the whole workspace while reviewers and refreshes go on.
import { mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { ExportReport } from '#shared/model/evidence.ts';
import { usualCampaigns, type CampaignsWish } from '#shared/model/pack-campaigns.ts';
import { Problem } from '#shared/model/problem.ts';
import type { RedactionProfile } from '#shared/model/redaction.ts';
import type { Reviewer, SigningKey } from '#shared/model/reviewer.ts';
import { describeDetectors } from '../analytics/describe-detectors.ts';
import { gatherPackSource } from '../evidence/gather.ts';
import type { SamplingRequest } from '../evidence/pack-input.ts';
import type { PackSource } from '../evidence/pack-source.ts';
import { openedCampaigns } from '../evidence/parts/campaign-lines.ts';
import { hashPopulation, type PopulationHash } from '../evidence/population-hash.ts';
import { writePack, type WrittenPack } from '../evidence/write-pack.ts';
import { recordSignedCheckpoint } from '../review/checkpoints.ts';
import { requireReviewer } from '../review/decide.ts';
import { foldLedger } from '../review/ledger.ts';
import { openSigner, requireSigningKey } from '../review/open-signer.ts';
import type { LedgerState } from '../review/projection.ts';
import { findingsInOrder, findingMethods } from '../review/findings-in-order.ts';
import { assertOpened, packedCampaigns } from '../review/campaigns/packed-campaigns.ts';
import { queueInOrder } from '../review/queue-in-order.ts';
import { readTotals } from '../store/cache/activity.ts';
import { readSourceState } from '../store/cache/mirror.ts';
import { readHorizon } from '../store/cache/runs.ts';
import { openDatabase, type DatabaseHandle } from '../store/database.ts';
import { iterateEntries } from '../store/ledger/entry-pages.ts';
import { ledgerPath } from '../store/ledger/inspect.ts';
import type { Workstation } from '../workstation.ts';
import { workspaceDetectors } from './detector-request.ts';
import type { JobContext } from './jobs.ts';
import { newPackFile } from './pack-names.ts';
import { redactWork } from './redact-pack.ts';
import { isMirrorOfConnection } from './refresh.ts';
import { toDecision } from './review.ts';
import { stampExport } from './timestamp-work.ts';

export type ExportRequest = {
  readonly passphrase: string | undefined;
  /** Where to write the pack; null chooses a name in the workspace's packs folder. */
  readonly file: string | null;
  /** How long to keep it; nobody says where absent. */
  readonly retention?: string | undefined;
  /** Draws a sample into the pack. */
  readonly sampling?: SamplingRequest | undefined;
  /** Which access reviews go into it; the usual ones where absent. */
  readonly campaigns?: CampaignsWish | undefined;
  /** Makes a redacted pack besides, by this profile. */
  readonly redact?: RedactionProfile | undefined;
};

/** Writes a signed pack of the whole workspace and puts the export on record. */
export function exportWork(workstation: Workstation, request: ExportRequest) {
  return async (context: JobContext): Promise<ExportReport> => {
    const { ledger } = workstation;
    const reviewer = requireReviewer(ledger.state());
    assertOpened(openedCampaigns(ledger.state().campaigns), request.campaigns ?? usualCampaigns);
    const key = requireSigningKey(workstation);
    context.progress('Opening the signing key', 0, null, '');
    const signer = await openSigner(workstation, request.passphrase);
    await recordSignedCheckpoint(ledger, 'export', signer);
    const packId = ledger.newId();
    const { packsDirectory } = workstation;
    const pack = await withSnapshots(workstation, async (snapshots) => {
      const facts = {
        packId,
        reviewer,
        key,
        retention: request.retention,
        sampling: request.sampling,
        campaigns: request.campaigns ?? usualCampaigns,
        populationHash: await hashEvents(workstation, snapshots, context),
      };
      return writeUndisturbed(workstation, async (state, stand) => {
        mkdirSync(packsDirectory, { recursive: true, mode: 0o700 });
        return writePack({
          source: sourceAt(workstation, snapshots, state, facts),
          signer,
          fileFor: (name) => request.file ?? join(packsDirectory, name),
          workFolder: request.file === null ? packsDirectory : dirname(request.file),
          ...context,
          breathe: async () => {
            await setImmediate();
            stand();
          },
        });
      });
    });
    const { name, file, counts } = pack;
    const { sha256, timestamp } = await stampExport(workstation, pack, context);
    ledger.append(() => [
      {
        type: 'export',
        subject: packId,
        actor: reviewer.id,
        payload: {
          name,
          sha256,
          counts,
          fingerprint: key.fingerprint,
          ...(request.retention !== undefined && { retention: request.retention }),
        },
      },
    ]);
    const report = { file, sha256, counts, signer: { fingerprint: key.fingerprint, identity: key.identity } };
    return {
      ...report,
      ...(timestamp !== null && { timestamp }),
      ...(request.redact !== undefined && (await redactExport(workstation, request, file, context))),
    };
  };
}

/** The pack is complete without a redacted one, so that there is none is only told. */
async function redactExport(
  workstation: Workstation,
  { redact, passphrase }: ExportRequest,
  pack: string,
  context: JobContext,
): Promise<Pick<ExportReport, 'redacted' | 'redactionProblem'>> {
  if (redact === undefined) return {};
  const file = newPackFile(workstation, 'REDACTED', basename(pack));
  try {
    return { redacted: await redactWork(workstation, { pack, profile: redact, passphrase, file }, context) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { redactionProblem: `No redacted pack was made. ${error.message}` };
  }
}

/** Somebody decided something while rows were read: what was written so far is of two moments. */
class MovedOn extends Error {}

const undisturbedAttempts = 2;

/**
 * Runs the work on the state as it stands, and again when it changed meanwhile. After some attempts the work gets a state
 * of its own, which nobody changes, at the price of having the ledger in memory twice.
 */
async function writeUndisturbed(
  { ledger, directory }: Workstation,
  work: (state: LedgerState, stand: () => void) => Promise<WrittenPack>,
): Promise<WrittenPack> {
  for (let attempt = 0; attempt < undisturbedAttempts; attempt += 1) {
    const { entries } = ledger.state();
    try {
      return await work(ledger.state(), () => {
        if (ledger.state().entries !== entries) throw new MovedOn();
      });
    } catch (error) {
      if (!(error instanceof MovedOn)) throw error;
    }
  }
  const database = openDatabase(ledgerPath(directory), 'ledger', 'read');
  try {
    const own = foldLedger(database);
    return await work(own, () => {});
  } finally {
    database.close();
  }
}

type Snapshots = { readonly cache: DatabaseHandle; readonly ledger: DatabaseHandle };

/** Reads the cache as of one moment; entries of the ledger never change once they are there. */
async function withSnapshots<T>(
  { cache: { name: cachePath }, directory }: Workstation,
  work: (snapshots: Snapshots) => Promise<T>,
): Promise<T> {
  const cache = openDatabase(cachePath, 'cache', 'read');
  try {
    const ledger = openDatabase(ledgerPath(directory), 'ledger', 'read');
    try {
      cache.exec('BEGIN');
      return await work({ cache, ledger });
    } finally {
      ledger.close();
    }
  } finally {
    cache.close();
  }
}

function hashEvents(
  workstation: Workstation,
  { cache }: Snapshots,
  { progress, signal }: JobContext,
): Promise<PopulationHash> {
  assertOwnMirror(workstation, cache);
  const horizon = readHorizon(cache);
  const total = readTotals(cache, horizon).events;
  return hashPopulation(cache, horizon, async (done) => {
    progress('Gathering evidence', done, total, 'events');
    await setImmediate();
    signal.throwIfAborted();
  });
}

type PackFacts = {
  readonly packId: string;
  readonly reviewer: Reviewer;
  readonly key: SigningKey;
  readonly populationHash: PopulationHash;
  readonly retention: string | undefined;
  readonly sampling: SamplingRequest | undefined;
  readonly campaigns: CampaignsWish;
};

function sourceAt(
  workstation: Workstation,
  { cache, ledger }: Snapshots,
  state: LedgerState,
  { retention, sampling, campaigns, ...facts }: PackFacts,
): PackSource {
  const nowMicroseconds = workstation.clock.nowMs() * 1000;
  const asOf = readHorizon(cache) ?? nowMicroseconds;
  const { entries } = state;
  const source = gatherPackSource({
    ...facts,
    cache,
    state,
    entries: () => iterateEntries(ledger, entries),
    queue: () => queueInOrder(cache, state, asOf),
    findings: () => findingsInOrder(cache, state),
    detectors: describeDetectors(workspaceDetectors(workstation), findingMethods(cache)),
    toDecision: (record) => toDecision(state, record),
    version: workstation.version,
    zone: state.connection?.zone ?? workstation.zone,
    nowMicroseconds,
    particulars: {
      retention,
      sampling,
      controls: state.controls ?? undefined,
    },
  });
  const span = { from: source.period.from, until: source.generatedAt };
  return { ...source, campaigns: packedCampaigns(state, workstation.directory, campaigns, span) };
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
