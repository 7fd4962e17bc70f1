// A pack under verification: its files, and what is read from them once and only when a check asks.
import { digestFiles, type Digests } from '../manifest.ts';
import { parseContents, type PackContents } from '../pack-contents.ts';
import { countContents, type StatementCounts } from '../pack-counts.ts';
import type { PackFiles } from '../pack-files.ts';
import { projectDecisions, type Projection } from '../projection.ts';
import { parseStatement, type Statement } from '../statement.ts';
import { readSignatures, type ReadSignature } from './read-signatures.ts';

function once<Value>(compute: () => Value): () => Value {
  let kept: { readonly value: Value } | undefined;
  return () => (kept ??= { value: compute() }).value;
}

export type OpenedPack = {
  readonly files: PackFiles;
  readonly payload: PackFiles;
  readonly digests: Digests;
  readonly payloadDigests: Digests;
  /** These throw Problem when the files cannot be read. */
  readonly contents: () => PackContents;
  readonly statement: () => Statement;
  readonly projection: () => Projection;
  readonly counts: () => StatementCounts;
  readonly signatures: () => readonly ReadSignature[];
};

const inPayload = ([name]: readonly [string, unknown]): boolean => name.startsWith('data/');

export function openPack(files: PackFiles): OpenedPack {
  const digests = digestFiles(files);
  const contents = once(() => parseContents(files));
  const projection = once(() => projectDecisions(contents().ledger));
  return {
    files,
    payload: new Map([...files].filter(inPayload)),
    digests,
    payloadDigests: new Map([...digests].filter(inPayload)),
    contents,
    statement: once(() => parseStatement(files)),
    projection,
    counts: once(() => countContents(contents(), projection())),
    signatures: once(() => readSignatures(files)),
  };
}
