// Writes a frozen population while it arrives: hashed as it goes, on disk under its name only once it is complete.
import { createHash, randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { platform } from 'node:os';
import { join } from 'node:path';
import { Problem } from '#shared/model/problem.ts';

export type FrozenSummary = {
  readonly items: number;
  readonly sha256: string;
  /** Of the keys in their order, each followed by a line feed. */
  readonly keysSha256: string;
  readonly minKey: string | null;
  readonly maxKey: string | null;
};

export type FrozenWriter = {
  /** @param line canonical JSON with its line feed. @throws Problem where keys do not ascend */
  readonly add: (key: string, line: string) => void;
  readonly isFull: () => boolean;
  /** Puts away what was added so far. */
  readonly flush: () => Promise<void>;
  /** Everything is on disk, not yet under its name. */
  readonly end: () => Promise<FrozenSummary>;
  /** Gives the file its name; what was there before is replaced. At once, so that it can be done under the ledger's lock. */
  readonly publish: () => void;
  /** Removes what was written, unless it was published. */
  readonly discard: () => Promise<void>;
};

const pieceBytes = 1 << 20;
/** No character takes more in UTF-8. */
const bytesPerCharacter = 3;
const ownerOnly = { file: 0o600, folder: 0o700 };

/** @param folder of the campaign; made where it is missing */
export async function frozenWriter(folder: string, name: string): Promise<FrozenWriter> {
  await mkdir(folder, { recursive: true, mode: ownerOnly.folder });
  const partial = join(folder, `.${name}.${randomUUID()}.partial`);
  const file = await open(partial, 'wx', ownerOnly.file);
  const [hash, keysHash] = [createHash('sha256'), createHash('sha256')];
  let full: Buffer[] = [];
  let piece = Buffer.allocUnsafe(pieceBytes);
  let position = 0;
  let heldKeys: string[] = [];
  let items = 0;
  let minKey: string | null = null;
  let maxKey: string | null = null;
  let isOpen = true;
  /** Written into bytes at once: lines that wait as texts would be moved about in memory again and again. */
  const hold = (line: string): void => {
    const most = line.length * bytesPerCharacter;
    if (most > piece.length - position) {
      full.push(piece.subarray(0, position));
      piece = Buffer.allocUnsafe(Math.max(pieceBytes, most));
      position = 0;
    }
    position += piece.write(line, position, 'utf8');
  };
  const flush = async (): Promise<void> => {
    if (heldKeys.length === 0) return;
    keysHash.update(`${heldKeys.join('\n')}\n`);
    const pieces = [...full, piece.subarray(0, position)];
    [full, heldKeys, position] = [[], [], 0];
    for (const bytes of pieces) {
      hash.update(bytes);
      await file.writeFile(bytes);
    }
  };
  const close = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    await file.close();
  };
  return {
    add: (key, line) => {
      if (maxKey !== null && key <= maxKey) throw notAscending();
      minKey ??= key;
      maxKey = key;
      items += 1;
      hold(line);
      heldKeys.push(key);
    },
    isFull: () => full.length > 0 || position > pieceBytes * 0.9,
    flush,
    end: async () => {
      await flush();
      await file.sync();
      await close();
      return { items, sha256: hash.digest('hex'), keysSha256: keysHash.digest('hex'), minKey, maxKey };
    },
    publish: () => {
      renameSync(partial, join(folder, name));
      syncFolderNow(folder);
    },
    discard: async () => {
      await close();
      await rm(partial, { force: true });
    },
  };
}

/** A rename survives a power cut only when its folder is flushed, too; Windows cannot open folders and needs no flush. */
function syncFolderNow(path: string): void {
  if (platform() === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function notAscending(): Problem {
  return new Problem(
    'source-changed',
    'Two items of the population have the same key, or they did not arrive in order. The population was not frozen.',
    { next: 'Try again; if it happens again, tell the makers of Countersign.' },
  );
}
