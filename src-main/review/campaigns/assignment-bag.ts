// Writes a signed file that travels between workspaces: BagIt layout, SSH signature, canonical zip; rows are never all in memory.
import { createHash, randomUUID } from 'node:crypto';
import { renameSync } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { z } from 'zod';
import { Problem } from '#shared/model/problem.ts';
import { syncFolder } from '../../evidence/atomic-file.ts';
import { bagitDeclaration, formatBagInfo, payloadOxum } from '../../evidence/bag-info.ts';
import { formatJsonLine } from '../../evidence/json-lines.ts';
import { formatManifest } from '../../evidence/manifest.ts';
import { shortFingerprint } from '../../evidence/public-key.ts';
import { folderSpool, type Spool, type SpooledFile } from '../../evidence/spool.ts';
import { signWith, type LateSigner, type Signer } from '../../evidence/sshsig.ts';
import { sweepPartial } from '../../evidence/sweep-partial.ts';
import { layOutZip } from '../../evidence/zip.ts';
import { verifyTextOf, type TravelKind } from './assignment-kinds.ts';
import { unwatchedTravel, type TravelWatch } from './assignment-watch.ts';

export type Travelling<Schema extends z.ZodType> = {
  readonly kind: TravelKind<Schema>;
  /** Canonical JSON, a line each with its line feed; some at a time. */
  readonly rows: AsyncIterable<readonly string[]> | Iterable<readonly string[]>;
  /** Makes the lines beside some of the rows, where the kind has a file for them. */
  readonly beside?: (rows: readonly string[]) => AsyncIterable<readonly string[]>;
  /** Made once all rows are written. */
  readonly statement: (rows: number) => z.output<Schema> & { id: string; madeAt: string };
  readonly toolVersion: string;
  readonly watch?: TravelWatch;
};

export type WrittenBag<Statement> = {
  readonly sha256: string;
  readonly rows: number;
  readonly statement: Statement;
};

/** Puts on record that a file was written; `publish` gives it its name, and is called where nothing can refuse any more. */
export type RecordWritten<Statement> = (written: WrittenBag<Statement>, publish: () => void) => void;

/**
 * Writes the file, whole or not at all. The folder must exist.
 * @throws Problem `file-unreadable` where it cannot be written, or what rows, statement and signer throw
 */
export async function writeTravelling<Schema extends z.ZodType>(
  path: string,
  bag: Travelling<Schema>,
  signer: Signer | LateSigner,
  record: RecordWritten<z.output<Schema>> = (_written, publish) => publish(),
): Promise<WrittenBag<z.output<Schema>>> {
  const { signal } = bag.watch ?? unwatchedTravel;
  const folder = dirname(path);
  const work = join(folder, `.${randomUUID()}.partial`);
  const spool = folderSpool(work);
  try {
    await sweepPartial(folder, Date.now());
    await mkdir(work, { mode: 0o700 });
    const { rows, files: rowFiles } = await spoolRows(spool, bag);
    const statement = bag.statement(rows);
    const files = await bagFiles(spool, bag, rowFiles, statement, signer);
    const zip = join(work, 'zip');
    const written = { sha256: await writeZipTo(zip, files, signal), rows, statement };
    signal.throwIfAborted();
    record(written, () => renameSync(zip, path));
    await syncFolder(folder);
    return written;
  } catch (error) {
    if (error instanceof Problem || !(error instanceof Error && 'syscall' in error)) throw error;
    throw new Problem('file-unreadable', 'The file could not be written. None was left or changed there.', {
      next: 'Check that the folder exists, may be written to and has room, then try again.',
      cause: error,
    });
  } finally {
    await spool.close();
    await rm(work, { recursive: true, force: true });
  }
}

async function spoolRows<Schema extends z.ZodType>(
  spool: Spool,
  { kind, rows: given, beside }: Travelling<Schema>,
): Promise<{ rows: number; files: SpooledFile[] }> {
  const sink = await spool.create(kind.rowsFile);
  const besideSink = beside && kind.besideFile ? await spool.create(kind.besideFile) : null;
  let rows = 0;
  for await (const lines of given) {
    for (const line of lines) sink.add(line);
    rows += lines.length;
    await sink.settle();
    if (!besideSink || !beside) continue;
    for await (const some of beside(lines)) {
      for (const line of some) besideSink.add(line);
      await besideSink.settle();
    }
  }
  return { rows, files: [await sink.end(), ...(besideSink ? [await besideSink.end()] : [])] };
}

async function bagFiles<Schema extends z.ZodType>(
  spool: Spool,
  { kind, toolVersion }: Travelling<Schema>,
  rows: readonly SpooledFile[],
  statement: { id: string; madeAt: string },
  signer: Signer | LateSigner,
): Promise<SpooledFile[]> {
  const put = async (name: string, content: Buffer): Promise<SpooledFile> => {
    const sink = await spool.create(name);
    await sink.addBytes(content);
    return sink.end();
  };
  const payload = [...rows, await put(kind.statementFile, Buffer.from(formatJsonLine(statement)))];
  const info = formatBagInfo({
    baggingDate: statement.madeAt.slice(0, 10),
    softwareAgent: `Countersign ${toolVersion}`,
    externalIdentifier: statement.id,
    payloadOxum: payloadOxum(payload),
    previousPackSha256: null,
  });
  const tags = [
    await put('bagit.txt', bagitDeclaration),
    await put('bag-info.txt', info),
    await put('manifest-sha256.txt', manifestOf(payload)),
    await put('VERIFY.txt', verifyTextOf(kind)),
  ];
  const tagManifest = manifestOf(tags);
  const signature = await signWith(signer, kind.namespace, tagManifest);
  return [
    ...payload,
    ...tags,
    await put('tagmanifest-sha256.txt', tagManifest),
    await put(`signatures/${kind.role}-${shortFingerprint(signer.publicKey)}.sig`, Buffer.from(signature)),
  ];
}

const manifestOf = (files: readonly SpooledFile[]): Buffer =>
  formatManifest(new Map(files.map(({ name, sha256 }) => [name, sha256])));

/** @returns SHA-256 of what was written, in hex */
async function writeZipTo(path: string, files: readonly SpooledFile[], signal: AbortSignal): Promise<string> {
  const { members, directory } = layOutZip(files);
  const hash = createHash('sha256');
  const file = await open(path, 'wx', 0o600);
  const put = async (piece: Uint8Array): Promise<void> => {
    signal.throwIfAborted();
    hash.update(piece);
    await file.appendFile(piece);
  };
  try {
    for (const { member, header } of members) {
      await put(header);
      for await (const piece of member.read()) await put(piece);
    }
    await put(directory);
    await file.sync();
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}
