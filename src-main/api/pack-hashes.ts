// The hashes of pack files, read once for as long as a file stays as it is: hundreds of megabytes are not read for every list.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

type Known = { readonly mark: string; readonly sha256: string };

const known = new Map<string, Known>();
const mostKnown = 500;

/** What changes when somebody writes the file or puts another in its place. */
async function markOf(path: string): Promise<string> {
  const { size, mtimeNs, ctimeNs, ino } = await stat(path, { bigint: true });
  return [size, mtimeNs, ctimeNs, ino].join(' ');
}

/** SHA-256 of a file in hex; for lists, not for verdicts. */
export async function listedSha256(path: string): Promise<string> {
  const mark = await markOf(path);
  const found = known.get(path);
  if (found?.mark === mark) return found.sha256;
  const sha256 = await sha256OfFile(path);
  if (known.size >= mostKnown) known.clear();
  known.set(path, { mark, sha256 });
  return sha256;
}

/** SHA-256 of a file in hex, read anew. */
export async function sha256OfFile(path: string, signal?: AbortSignal): Promise<string> {
  const digest = createHash('sha256');
  await pipeline(createReadStream(path), digest, signal === undefined ? {} : { signal });
  return digest.digest('hex');
}
