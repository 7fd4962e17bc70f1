// Opens a file that came from another workspace: every byte of it is signed, by a key that is believed, for this purpose.
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { AcceptedKey } from '#shared/model/campaign-files.ts';
import { Problem } from '#shared/model/problem.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { readStretch, type ByteSource } from '../../evidence/byte-source.ts';
import { bagChecks } from '../../evidence/checks/bag-checks.ts';
import { runCheck, type CheckResult } from '../../evidence/checks/check.ts';
import { openPack, type OpenedPack } from '../../evidence/checks/opened-pack.ts';
import { isTimestamp, readSignatures } from '../../evidence/checks/read-signatures.ts';
import { parseJsonFile, readLines, type TextLine } from '../../evidence/json-lines.ts';
import { archivedFile, readWhole } from '../../evidence/pack-archive.ts';
import { fingerprintOf, type PublicKey } from '../../evidence/public-key.ts';
import { isSignOffFile } from '../../evidence/sign-off.ts';
import { withTravelArchive } from './assignment-archive.ts';
import type { TravelKind } from './assignment-kinds.ts';
import { toleratedClockMicroseconds } from './clock-difference.ts';
import { unwatchedTravel, type TravelWatch } from './assignment-watch.ts';
import { believeSigner, type BelievedSigner, type TravelTrust } from './assignment-signer.ts';

export type OpenedTravelling<Statement> = {
  readonly statement: Statement;
  /** SHA-256 of the whole file. */
  readonly sha256: string;
  /** SHA-256 of what is signed of it. */
  readonly tagManifestSha256: string;
  readonly signer: BelievedSigner;
  /** The rows, some lines at a time; may be read more than once. What came counts only when it ended without a problem. */
  readonly rows: () => AsyncGenerator<readonly TextLine[]>;
  /** The lines beside them; null where the file has none. */
  readonly beside: (() => AsyncGenerator<readonly TextLine[]>) | null;
};

export type OpenOptions = {
  readonly trust: TravelTrust;
  /** Asked with the hash of the file: whether somebody accepts its key, or accepted it in this very file before. */
  readonly accept: (sha256: string) => AcceptedKey | null;
  readonly watch?: TravelWatch;
};

/**
 * Gives the file at `path` to `work`, once everything about it holds.
 * @throws Problem `file-unreadable` for what is no such file, `refused` for one that was changed or whose key is not believed
 */
export function withTravelling<Schema extends z.ZodType<{ signer: BelievedClaim; madeAt: string }>, Result>(
  path: string,
  kind: TravelKind<Schema>,
  { trust, accept, watch = unwatchedTravel }: OpenOptions,
  work: (opened: OpenedTravelling<z.output<Schema>>) => Promise<Result>,
): Promise<Result> {
  return withTravelArchive(path, async (archive) => {
    if (archive === null) throw otherThing(kind);
    const { source, files } = archive;
    const { signal, progress } = watch;
    progress('Checking the file', 0, null, '');
    const sha256 = await hashOf(source, signal);
    if (!files.has(kind.statementFile)) throw otherThing(kind);
    const { pack: opened, altered } = await openPack(files, async () => signal.throwIfAborted());
    if (altered.length > 0) throw changed(kind, 'Its contents do not fit the checksums of the file.');
    await assertBag(opened, kind);
    const key = signingKeyOf(opened, kind);
    const statement = await readStatement(opened, kind);
    assertMadeBefore(statement.madeAt, trust.now);
    const { identity, fingerprint } = statement.signer;
    if (fingerprintOf(key) !== fingerprint)
      throw changed(kind, 'It was signed with another key than it states.');
    const signer = believeSigner(kind, { key, identity, madeAt: statement.madeAt }, trust, accept(sha256));
    const { rowsFile, besideFile } = kind;
    const hasBeside = besideFile !== undefined && opened.payload.has(besideFile);
    return await work({
      statement,
      sha256,
      tagManifestSha256: opened.digests.get('tagmanifest-sha256.txt') ?? '',
      signer,
      rows: () => linesOf(opened, kind, rowsFile),
      beside: hasBeside ? () => linesOf(opened, kind, besideFile) : null,
    });
  });
}

/** Where a clock is wrong, times in the file or here are; better to learn it before anything is decided by them. */
function assertMadeBefore(madeAt: string, now: string): void {
  if (parseInstant(madeAt) <= parseInstant(now) + toleratedClockMicroseconds) return;
  throw new Problem(
    'refused',
    `This file says it was made at ${madeAt}, which is later than it is now (${now}). Nothing was taken from it.`,
    { next: 'Set the clock of the computer that is wrong, then try again; or ask for a new file.' },
  );
}

/** The lines as they were signed: a file that somebody changes while it is read ends in a problem, not in other lines. */
async function* linesOf(
  opened: OpenedPack,
  kind: TravelKind,
  name: string,
): AsyncGenerator<readonly TextLine[]> {
  const hash = createHash('sha256');
  const pieces = async function* () {
    for await (const piece of archivedFile(opened.archive, name).read()) {
      hash.update(piece);
      yield piece;
    }
  };
  yield* readLines(pieces(), name);
  if (hash.digest('hex') !== opened.digests.get(name))
    throw changed(kind, 'It was changed while it was read.');
}

type BelievedClaim = { identity: string; fingerprint: string };

async function hashOf(source: ByteSource, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of readStretch(source, 0, source.bytes)) {
    signal.throwIfAborted();
    hash.update(piece);
  }
  return hash.digest('hex');
}

/** The container is whole, and holds nothing but what belongs into it. */
async function assertBag(opened: OpenedPack, kind: TravelKind): Promise<void> {
  const results: CheckResult[] = [];
  for (const check of bagChecks) {
    const result = await runCheck({ ...check, needs: [] }, opened, results);
    if (!result.ok) throw changed(kind, result.detail);
    results.push(result);
  }
  const { statementFile, rowsFile, besideFile } = kind;
  const wanted = [statementFile, rowsFile];
  const others = [...opened.payload.keys()].filter((name) => !wanted.includes(name) && name !== besideFile);
  // Packs have signatures of others and timestamps as well; a pack that carries this file along has no place for them.
  const added = [...opened.archive.keys()].filter(
    (name) => isTimestamp(name, opened.archive) || isSignOffFile(name, opened.archive),
  );
  if (others.length + added.length > 0 || !wanted.every((name) => opened.payload.has(name)))
    throw changed(kind, 'It holds other files than it should.');
}

function signingKeyOf({ files }: OpenedPack, { namespace, what, role }: TravelKind): PublicKey {
  const [signature, ...more] = readSignatures(files, { namespace, what });
  if (signature === undefined || more.length > 0 || signature.role !== role)
    throw new Problem(
      'refused',
      `This is no ${what.replace(/^an? /, '')}: it needs exactly one signature. Nothing was taken from it.`,
    );
  if (signature.fault !== null || signature.key === null)
    throw new Problem(
      'refused',
      `The signature does not hold, so nothing was taken from this file. ${signature.fault?.detail ?? ''}`,
      {
        next: 'Ask whoever sent it to send it again, by a way that does not change it.',
      },
    );
  return signature.key;
}

async function readStatement<Schema extends z.ZodType>(
  { archive }: OpenedPack,
  { statementFile, statement, largestStatementBytes }: TravelKind<Schema>,
): Promise<z.output<Schema>> {
  const bytes = await readWhole(archivedFile(archive, statementFile), statementFile, largestStatementBytes);
  return parseJsonFile(bytes, statementFile, statement);
}

const otherThing = ({ what }: TravelKind): Problem =>
  new Problem('file-unreadable', `This file is not ${what}. Nothing was taken from it.`, {
    next: 'Choose the .zip file as it was handed over, without extracting it.',
  });

const changed = ({ what }: TravelKind, detail: string): Problem =>
  new Problem(
    'refused',
    `This was ${what}, but it was changed on the way: nothing was taken from it. ${detail}`,
    {
      next: 'Ask whoever sent it to send it again.',
    },
  );
