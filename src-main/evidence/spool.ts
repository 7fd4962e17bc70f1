// Where the files of a pack wait until all of their sizes are known: in memory, or in a folder on disk.
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { readStretch, sourceInMemory } from './byte-source.ts';
import { contentDigester, type ContentDigest } from './digest.ts';

/** A finished file: how long it is, what it hashes to, and its content as often as wanted. */
export type SpooledFile = ContentDigest & {
  readonly name: string;
  readonly read: () => AsyncIterable<Uint8Array>;
};

export type Sink = {
  /** Takes text until it is worth writing. */
  readonly add: (text: string) => void;
  /** Takes bytes; they are written at once, behind the text taken before. */
  readonly addBytes: (piece: Uint8Array) => Promise<void>;
  /** Writes what was taken, once there is enough of it. To be awaited now and then. */
  readonly settle: () => Promise<void>;
  readonly end: () => Promise<SpooledFile>;
};

export type Spool = {
  readonly create: (name: string) => Promise<Sink>;
  /** Lets go of files whose writing came to no end. */
  readonly close: () => Promise<void>;
};

type Target = {
  readonly write: (piece: Uint8Array) => Promise<void>;
  readonly end: () => Promise<() => AsyncIterable<Uint8Array>>;
  /** Characters to be taken before they are written. */
  readonly charactersAtOnce: number;
};

function sinkTo(name: string, target: Target): Sink {
  const digester = contentDigester();
  let taken: string[] = [];
  let characters = 0;
  const write = async () => {
    const piece = Buffer.from(taken.join(''), 'utf8');
    [taken, characters] = [[], 0];
    digester.add(piece);
    await target.write(piece);
  };
  return {
    add: (text) => {
      taken.push(text);
      characters += text.length;
    },
    addBytes: async (piece) => {
      if (characters > 0) await write();
      digester.add(piece);
      await target.write(piece);
    },
    settle: async () => {
      if (characters >= target.charactersAtOnce) await write();
    },
    end: async () => {
      if (characters > 0) await write();
      const read = await target.end();
      return { name, ...digester.end(), read };
    },
  };
}

/** Keeps everything in memory; for small packs. */
export function memorySpool(): Spool {
  return {
    close: () => Promise.resolve(),
    create: (name) => {
      const pieces: Uint8Array[] = [];
      const target: Target = {
        charactersAtOnce: Infinity,
        write: (piece) => Promise.resolve(void pieces.push(piece)),
        end: () => {
          const content = sourceInMemory(Buffer.concat(pieces));
          return Promise.resolve(() => readStretch(content, 0, content.bytes));
        },
      };
      return Promise.resolve(sinkTo(name, target));
    },
  };
}

/** Keeps each file in a file of its own in `folder`, which must exist and belong to nobody else. */
export function folderSpool(folder: string): Spool {
  let files = 0;
  const unfinished = new Set<FileHandle>();
  return {
    close: async () => {
      for (const file of unfinished) await file.close();
      unfinished.clear();
    },
    create: async (name) => {
      files += 1;
      const path = join(folder, `${files}`);
      const file = await open(path, 'wx', 0o600);
      unfinished.add(file);
      let bytes = 0;
      return sinkTo(name, {
        charactersAtOnce: 2 ** 18,
        write: async (piece) => {
          await file.appendFile(piece);
          bytes += piece.length;
        },
        end: async () => {
          unfinished.delete(file);
          await file.close();
          return () => readFile(path, bytes);
        },
      });
    },
  };
}

async function* readFile(path: string, bytes: number): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const read = async (offset: number, length: number) => {
      const piece = Buffer.allocUnsafe(length);
      await file.read(piece, 0, length, offset);
      return piece;
    };
    yield* readStretch({ bytes, read }, 0, bytes);
  } finally {
    await file.close();
  }
}
