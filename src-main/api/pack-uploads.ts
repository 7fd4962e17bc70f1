// Packs that somebody hands over in pieces, because they are too large for one call; kept until they are verified.
import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '#shared/model/problem.ts';
import { openPackAt, type OpenPack } from '../evidence/pack-reader.ts';

/** A person verifies one pack at a time; what they left unfinished makes room for the next. */
const uploadsAtOnce = 4;

type Upload = {
  readonly path: string;
  readonly bytes: number;
  received: number;
  readonly file: FileHandle;
  /** How many are at work with it; it makes room for no other then. */
  users: number;
};

export type PackUploads = {
  /** Announces a pack of this many bytes; returns the name of the upload. */
  readonly begin: (bytes: number) => Promise<string>;
  /**
   * Takes the next piece; returns how many bytes are there.
   * @throws Problem `not-found`, or `conflict` for a piece that is not the next one or too many
   */
  readonly add: (upload: string, offset: number, piece: Uint8Array) => Promise<number>;
  /**
   * Gives the whole pack to `work`, and forgets it afterwards, unless it is to be kept for something else.
   * @throws Problem `not-found`, or `conflict` while pieces are missing
   */
  readonly use: <Result>(
    upload: string,
    work: (pack: OpenPack['pack']) => Promise<Result>,
    keep?: boolean,
  ) => Promise<Result>;
  /** The same with the path of its file, which nobody else changes meanwhile. */
  readonly useFile: <Result>(
    upload: string,
    work: (path: string) => Promise<Result>,
    keep?: boolean,
  ) => Promise<Result>;
  /** Forgets a pack; none of this name is fine, too. */
  readonly discard: (upload: string) => Promise<void>;
};

/** @param directory for nothing else; whatever an earlier run left there is removed when the first pack comes. */
export function packUploads(directory: string): PackUploads {
  const uploads = new Map<string, Upload>();
  let isFresh = false;
  const require = (name: string): Upload => {
    const found = uploads.get(name);
    if (found) return found;
    throw new Problem('not-found', 'This pack is not known here any more, so nothing was done with it.', {
      next: 'Choose the pack again.',
    });
  };
  const discard = async (name: string): Promise<void> => {
    const found = uploads.get(name);
    if (!found) return;
    uploads.delete(name);
    await found.file.close();
    await rm(found.path, { force: true });
  };
  const useFile: PackUploads['useFile'] = async (name, work, keep = false) => {
    const upload = require(name);
    if (upload.received !== upload.bytes)
      throw new Problem('conflict', 'The pack has not arrived as a whole, so nothing was done with it.', {
        next: 'Choose the pack again.',
      });
    upload.users += 1;
    try {
      return await work(upload.path);
    } finally {
      upload.users -= 1;
      if (!keep) await discard(name);
    }
  };
  return {
    discard,
    useFile,
    begin: async (bytes) => {
      if (!isFresh) rmSync(directory, { recursive: true, force: true });
      isFresh = true;
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      const idle = [...uploads].filter(([, { users }]) => users === 0).map(([name]) => name);
      for (const name of idle.slice(0, Math.max(0, uploads.size - uploadsAtOnce + 1))) await discard(name);
      const name = randomUUID();
      const path = join(directory, name);
      uploads.set(name, { path, bytes, received: 0, users: 0, file: await open(path, 'wx', 0o600) });
      return name;
    },
    add: async (name, offset, piece) => {
      const upload = require(name);
      if (offset !== upload.received || offset + piece.length > upload.bytes)
        throw new Problem('conflict', 'A piece of the pack came out of turn, so the pack was not taken.', {
          next: 'Choose the pack again.',
        });
      // Counted before it is written, so that the same piece twice at once is out of turn.
      upload.received += piece.length;
      await upload.file.write(piece, 0, piece.length, offset);
      return upload.received;
    },
    use: (name, work, keep) =>
      useFile(
        name,
        async (path) => {
          const { pack, close } = await openPackAt(path);
          try {
            return await work(pack);
          } finally {
            await close();
          }
        },
        keep,
      ),
  };
}
