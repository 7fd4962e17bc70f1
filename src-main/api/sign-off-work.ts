// Signs off packs: of this workspace, or somebody else's, of which a signed copy is made.
import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ChangedPackFile, SignOffRole } from '#shared/model/evidence.ts';
import { Problem } from '#shared/model/problem.ts';
import { formatInstant } from '#shared/time/instant.ts';
import type { ChangedPack } from '../evidence/add-to-pack.ts';
import { syncFolder } from '../evidence/atomic-file.ts';
import { signOffPack } from '../evidence/sign-off-pack.ts';
import { requireReviewer } from '../review/decide.ts';
import { openSigner, requireSigningKey } from '../review/open-signer.ts';
import type { Workstation } from '../workstation.ts';
import type { JobContext } from './jobs.ts';
import { sha256OfFile } from './pack-hashes.ts';
import { newPackFile } from './pack-names.ts';
import { unwatched, watchFor } from './start-alone.ts';
import { stampPack } from './timestamp-work.ts';
import { trustInForce } from './trust-in-force.ts';

export type SignOffWork = {
  /** Any pack file, of this workspace or of somebody else's. */
  readonly file: string;
  readonly role: SignOffRole;
  readonly note: string | null;
  readonly passphrase?: string | undefined;
};

/** The pack is signed off without a timestamp, too; that nobody gave one is only told. */
async function stampSignOff(
  workstation: Workstation,
  file: string,
  { progress, signal }: JobContext,
): Promise<Pick<ChangedPackFile, 'timestamp'>> {
  if (workstation.ledger.state().trust.timestamps === null) return {};
  progress('Asking for a timestamp', 0, null, '');
  try {
    await stampPack(workstation, file, signal);
    return { timestamp: 'A timestamp was added.' };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { timestamp: `No timestamp was added. ${error.message}` };
  }
}

const wordsOf = (note: string | null): string | null =>
  note === null || note.trim() === '' ? null : note.toWellFormed();

type Signed = ChangedPack & Pick<ChangedPackFile, 'timestamp'> & { readonly fingerprint: string };

async function signFile(
  workstation: Workstation,
  { file, role, note, passphrase }: SignOffWork,
  context: JobContext,
): Promise<Signed> {
  const { ledger, clock } = workstation;
  const reviewer = requireReviewer(ledger.state());
  const { identity, fingerprint } = requireSigningKey(workstation);
  context.progress('Opening the signing key', 0, null, '');
  const signer = await openSigner(workstation, passphrase);
  const trust = { ...trustInForce(workstation, {}), now: formatInstant(clock.nowMs() * 1000) };
  const asked = { path: file, role, note: wordsOf(note), reviewer, identity, signer, trust };
  const signed = await signOffPack({ ...asked, watch: watchFor(context) });
  const stamped = await stampSignOff(workstation, file, context);
  const sha256 = stamped.timestamp === undefined ? signed.sha256 : await sha256OfFile(file);
  return { ...signed, ...stamped, sha256, fingerprint };
}

function recordSignOff(
  { ledger }: Workstation,
  { role, note }: SignOffWork,
  file: string,
  { before, sha256, fingerprint }: Signed,
): void {
  const name = basename(file).toWellFormed();
  const { id } = requireReviewer(ledger.state());
  const payload = { name, role, note: wordsOf(note), before, sha256, fingerprint };
  ledger.append(() => [{ type: 'pack-signed-off', subject: name, actor: id, payload }]);
}

/**
 * Signs off a pack file, in place, with the key of this workspace's reviewer.
 * @throws Problem `no-reviewer`, `locked`, or as {@link signOffPack}; the pack is then as it was
 */
export async function signOffWork(
  workstation: Workstation,
  request: SignOffWork,
  context: JobContext = unwatched,
): Promise<ChangedPackFile> {
  const { file } = request;
  const signed = await signFile(workstation, request, context);
  recordSignOff(workstation, request, file, signed);
  return reportOf(file, signed);
}

/**
 * Signs off a copy of a pack file, which is then in the packs folder; the file itself stays as it is.
 * @param name as the file is called where it came from
 * @throws as {@link signOffWork}; there is no copy then
 */
export async function signOffCopy(
  workstation: Workstation,
  request: SignOffWork,
  name: string,
  context: JobContext = unwatched,
): Promise<ChangedPackFile> {
  const { packsDirectory } = workstation;
  const file = newPackFile(workstation, 'SIGNED', name);
  // Hidden, and swept where a kill leaves it, until it is signed.
  const folder = join(packsDirectory, `.${randomUUID()}.partial`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    const copy = join(folder, basename(file));
    context.progress('Copying the pack', 0, null, '');
    await copyFile(request.file, copy);
    const signed = await signFile(workstation, { ...request, file: copy }, context);
    await rename(copy, file);
    await syncFolder(packsDirectory);
    recordSignOff(workstation, request, file, signed);
    return reportOf(file, signed);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const reportOf = (file: string, { sha256, added, timestamp }: Signed): ChangedPackFile => ({
  file,
  sha256,
  added,
  ...(timestamp === undefined ? {} : { timestamp }),
});
