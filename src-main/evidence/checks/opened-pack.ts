// A pack under verification: its files by name, their digests, the small ones in memory, and what its rows came to.
import { Problem } from '#shared/model/problem.ts';
import { contentDigester } from '../digest.ts';
import type { Digests } from '../manifest.ts';
import { archivedFile, readWhole, tooLong, type PackArchive, type PackFile } from '../pack-archive.ts';
import type { PackFiles } from '../pack-files.ts';
import { checkpointFile } from '../payload-parts.ts';
import { parseStatement, statementFile, type Statement } from '../statement.ts';
import { readSignatures, type ReadSignature } from './read-signatures.ts';
import type { Sums } from './sums.ts';
import type { Outcome, WalkResult } from './walk.ts';

function once<Value>(compute: () => Value): () => Value {
  let kept: { readonly value: Value } | undefined;
  return () => (kept ??= { value: compute() }).value;
}

/** Of what is kept in memory whole, one file and all of them: manifests, signatures, the statement. */
const smallFileBytes = 2 ** 24;
const smallFilesBytes = 2 ** 26;

export type OpenedPack = {
  readonly archive: PackArchive;
  /** The files below data/. */
  readonly payload: PackArchive;
  /** Contents of the files outside data/, of the statement and of the checkpoint; no others. */
  readonly files: PackFiles;
  readonly digests: Digests;
  readonly payloadDigests: Digests;
  /** These throw Problem when the files cannot be read. */
  readonly statement: () => Statement;
  readonly signatures: () => readonly ReadSignature[];
  /** How the checks came out that look at rows; set by the check of the contents. */
  walked: { readonly sums: Sums; readonly outcomes: WalkResult; readonly newestAt: number | null } | null;
  /** What checks could not settle although nothing speaks against the pack; they add their sentences. */
  readonly reservations: string[];
  /** How far the report was compared; set by its check. */
  reportCompared: 'drawn-again' | 'only-facts' | null;
};

const inPayload = ([name]: readonly [string, unknown]): boolean => name.startsWith('data/');
const isSmall = (name: string): boolean =>
  !name.startsWith('data/') || name === statementFile || name === checkpointFile;

export type DigestedPack = {
  readonly pack: OpenedPack;
  /** Files whose content does not fit the checksum of the container. */
  readonly altered: readonly string[];
};

/**
 * Reads every file once, for its digest.
 * @param breathe awaited between pieces with their lengths; throws to give up.
 * @throws Problem `file-unreadable`
 */
export async function openPack(
  archive: PackArchive,
  breathe: (bytes: number) => Promise<void>,
): Promise<DigestedPack> {
  const digests = new Map<string, string>();
  const files = new Map<string, Uint8Array>();
  const altered: string[] = [];
  let keptBytes = 0;
  for (const [name, file] of archive) {
    const digester = contentDigester();
    for await (const piece of file.read()) {
      digester.add(piece);
      await breathe(piece.length);
    }
    const { sha256, crc } = digester.end();
    digests.set(name, sha256);
    if (file.crc !== null && file.crc !== crc) altered.push(name);
    if (!isSmall(name)) continue;
    keptBytes += file.bytes;
    if (keptBytes > smallFilesBytes) throw tooLong(name);
    files.set(name, await readWhole(file, name, smallFileBytes));
  }
  return { pack: assemble(archive, digests, files), altered };
}

/**
 * A signed bag that lies among the files of a pack; its digests are those of the pack.
 * @param names by the name of a file in the bag its name in the pack
 * @throws Problem `file-unreadable`
 */
export async function openBagWithin(
  { archive, digests }: OpenedPack,
  names: ReadonlyMap<string, string>,
): Promise<OpenedPack> {
  const within = [...names].map(([name, inPack]) => [name, archivedFile(archive, inPack)] as const);
  const files = new Map<string, Uint8Array>();
  for (const [name, file] of within)
    if (isSmall(name)) files.set(name, await readWhole(file, name, smallFileBytes));
  const own = new Map([...names].map(([name, inPack]) => [name, digests.get(inPack) ?? '']));
  return {
    ...assemble(new Map(), own, files),
    archive: new Map(within),
    payload: new Map(within.filter(inPayload)),
  };
}

/** A pack that could not be opened: nothing in it can be checked. */
export const unopenedPack = (): OpenedPack => assemble(new Map(), new Map(), new Map());

function assemble(archive: PackArchive, digests: Digests, files: PackFiles): OpenedPack {
  return {
    archive: new Map([...archive].map(([name, file]) => [name, unchanging(name, file, digests.get(name))])),
    payload: new Map([...archive].filter(inPayload)),
    files,
    digests,
    payloadDigests: new Map([...digests].filter(inPayload)),
    statement: once(() => parseStatement(files)),
    signatures: once(() => readSignatures(files)),
    walked: null,
    reservations: [],
    reportCompared: null,
  };
}

/** Reading a file again must give what was hashed before; else somebody changes it behind the verifier's back. */
function unchanging(name: string, file: PackFile, sha256: string | undefined): PackFile {
  return {
    ...file,
    read: async function* () {
      const digester = contentDigester();
      for await (const piece of file.read()) {
        digester.add(piece);
        yield piece;
      }
      if (digester.end().sha256 !== sha256) throw changedMeanwhile(name);
    },
  };
}

const changedMeanwhile = (name: string) =>
  new Problem('file-unreadable', `${name} was changed while it was verified.`, {
    next: 'Copy the pack to a place where nothing changes it, and verify it there.',
  });

/** How a check that looks at rows came out. */
export const outcomeOf = (pack: OpenedPack, name: string): Outcome | undefined =>
  pack.walked?.outcomes.get(name);
