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

const heldCharacters = 1 << 20;
const ownerOnly = { file: 0o600, folder: 0o700 };

/** @param folder of the campaign; made where it is missing */
export async function frozenWriter(folder: string, name: string): Promise<FrozenWriter> {
  await mkdir(folder, { recursive: true, mode: ownerOnly.folder });
  const partial = join(folder, `.${name}.${randomUUID()}.partial`);
  const file = await open(partial, 'wx', ownerOnly.file);
  const [hash, keysHash] = [createHash('sha256'), createHash('sha256')];
  let held: string[] = [];
  let heldKeys: string[] = [];
  let characters = 0;
  let items = 0;
  let minKey: string | null = null;
  let maxKey: string | null = null;
  let isOpen = true;
  const flush = async (): Promise<void> => {
    if (held.length === 0) return;
    const bytes = Buffer.from(held.join(''));
    keysHash.update(`${heldKeys.join('\n')}\n`);
    [held, heldKeys, characters] = [[], [], 0];
    hash.update(bytes);
    await file.writeFile(bytes);
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
      held.push(line);
      heldKeys.push(key);
      characters += line.length;
    },
    isFull: () => characters >= heldCharacters,
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
    'Two items of the population have the same key, or they did not arrive in order. The campaign was not opened.',
    { next: 'Try again; if it happens again, tell the makers of Countersign.' },
  );
}
