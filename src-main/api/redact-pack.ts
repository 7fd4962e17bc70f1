// Redacts a pack of this workspace for somebody outside, and reveals single values of a redacted one; both on record.
import { basename } from 'node:path';
import { Problem } from '#shared/model/problem.ts';
import type { RedactedPackReport, RedactionProfile } from '#shared/model/redaction.ts';
import { writeFileAtomically } from '../evidence/atomic-file.ts';
import { openPackAt } from '../evidence/pack-reader.ts';
import type { PackArchive } from '../evidence/pack-archive.ts';
import { readPackZip } from '../evidence/pack-zip.ts';
import { readBytes, readRedactionStatement } from '../evidence/redaction/redacted-contents.ts';
import { redactPack } from '../evidence/redaction/redact-pack.ts';
import { revealValues, type RevealFile } from '../evidence/redaction/reveal.ts';
import { verifyPack } from '../evidence/verify.ts';
import { requireReviewer } from '../review/decide.ts';
import { openSigner, requireSigningKey } from '../review/open-signer.ts';
import { privacyKey } from '../review/privacy/privacy-key.ts';
import type { Workstation } from '../workstation.ts';
import type { JobContext } from './jobs.ts';
import { sha256OfFile } from './pack-hashes.ts';
import { unwatched, watchFor } from './start-alone.ts';
import { trustInForce } from './trust-in-force.ts';

export type RedactRequest = {
  /** A full pack, as a zip file. */
  readonly pack: string;
  /** As the file was called where it came from; as it is called without. */
  readonly name?: string;
  readonly profile: RedactionProfile;
  readonly passphrase: string | undefined;
  /** Where to write the redacted pack. */
  readonly file: string;
};

/** So much is redacted in memory. */
const mostBytes = 2 ** 28;

/** @throws Problem `refused` for a pack that does not hold or is too large; nothing is written then. */
export async function redactWork(
  workstation: Workstation,
  request: RedactRequest,
  context: JobContext = unwatched,
): Promise<RedactedPackReport> {
  const { ledger, clock, version } = workstation;
  const { profile, file, name = basename(request.pack) } = request;
  const reviewer = requireReviewer(ledger.state());
  const key = requireSigningKey(workstation);
  const { pack, close } = await openPackAt(request.pack);
  try {
    if (!('read' in pack)) throw notAFile();
    const { verdict, summary } = await verifyPack(pack, trustInForce(workstation, {}), watchFor(context));
    if (verdict === 'tampered' || verdict === 'malformed')
      throw new Problem('refused', `Only a pack that holds can be redacted. ${summary} Nothing was written.`);
    const { files: archive } = await readPackZip(pack);
    assertSize(archive);
    context.progress('Hiding what the profile names', 0, null, '');
    const { bytes, ...made } = await redactPack({
      archive,
      source: { name, sha256: await sha256OfFile(request.pack) },
      profile,
      secret: await privacyKey(workstation, ledger.state()),
      signer: await openSigner(workstation, request.passphrase),
      signerIdentity: key.identity,
      generatedAt: new Date(clock.nowMs()).toISOString(),
      toolVersion: version,
    });
    context.signal.throwIfAborted();
    await writeFileAtomically(file, bytes);
    const { sha256, counts } = made;
    ledger.append(() => [
      {
        type: 'pack-redacted',
        subject: sha256,
        actor: reviewer.id,
        payload: {
          name: basename(file),
          sha256,
          counts,
          profile: profile.name,
          fingerprint: key.fingerprint,
        },
      },
    ]);
    return { ...made, file, profile: profile.name };
  } finally {
    await close();
  }
}

function assertSize(archive: PackArchive): void {
  const bytes = [...archive.values()].reduce((sum, file) => sum + file.bytes, 0);
  if (bytes <= mostBytes) return;
  throw new Problem('refused', 'The pack is too large to be redacted: 256 MB at most. Nothing was written.');
}

export type RevealRequest = {
  /** The redacted pack. */
  readonly pack: string;
  readonly values: readonly string[];
  readonly reason: string;
  readonly file: string;
};

/** @throws Problem `not-found` for a value that no token of the pack stands for; nothing is written then. */
export async function revealWork(workstation: Workstation, request: RevealRequest): Promise<RevealFile> {
  const { ledger } = workstation;
  const reviewer = requireReviewer(ledger.state());
  const { pack, close } = await openPackAt(request.pack);
  try {
    if (!('read' in pack)) throw notAFile();
    const { files } = await readPackZip(pack);
    const { nonce } = await readRedactionStatement(files);
    const revealed = revealValues(await privacyKey(workstation, ledger.state()), nonce, request.values);
    const tokens = revealed.values.map(({ token }) => token);
    await assertHeld(files, tokens);
    const payload = { tokens, reason: request.reason, pack: await sha256OfFile(request.pack) };
    ledger.append(() => [{ type: 'values-revealed', subject: payload.pack, actor: reviewer.id, payload }]);
    await writeFileAtomically(request.file, Buffer.from(`${JSON.stringify(revealed, null, 2)}\n`));
    return revealed;
  } finally {
    await close();
  }
}

async function assertHeld(files: PackArchive, tokens: readonly string[]): Promise<void> {
  const missing = new Set(tokens);
  for (const name of files.keys()) {
    if (!name.startsWith('data/')) continue;
    const text = (await readBytes(files, name)).toString('utf8');
    for (const token of missing) if (text.includes(token)) missing.delete(token);
  }
  if (missing.size === 0) return;
  throw new Problem(
    'not-found',
    'No token of this pack stands for one of these values. Nothing was revealed.',
    {
      next: 'Give each value as the full pack has it, in the workspace that made the redacted pack.',
    },
  );
}

function notAFile(): Problem {
  return new Problem(
    'file-unreadable',
    'This is a folder; a pack is redacted as its zip file. Nothing was written.',
  );
}
