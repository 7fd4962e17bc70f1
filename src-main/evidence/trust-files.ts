// The files that trust rests on, kept in the workspace under their own hashes; the ledger says which are in force.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '#shared/model/problem.ts';
import { writeFileAtomically } from './atomic-file.ts';
import { sha256Hex } from './manifest.ts';

const ownerOnlyFolder = 0o700;

/** Keeps a file and returns its hash, by which it is found again. */
export async function keepTrustFile(directory: string, bytes: Uint8Array): Promise<string> {
  mkdirSync(directory, { recursive: true, mode: ownerOnlyFolder });
  const hash = sha256Hex(bytes);
  await writeFileAtomically(join(directory, hash), bytes);
  return hash;
}

/**
 * Reads a kept file, and makes sure it is still the one that was kept.
 * @throws Problem `file-unreadable`
 */
export function readTrustFile(directory: string, hash: string): Buffer {
  const path = join(directory, hash);
  const bytes = existsSync(path) ? readFileSync(path) : null;
  if (bytes !== null && sha256Hex(bytes) === hash) return bytes;
  throw new Problem(
    'file-unreadable',
    bytes === null
      ? 'A file of signers or authorities that this workspace held is missing, so nothing was verified with it.'
      : 'A file of signers or authorities that this workspace held was changed, so nothing was verified with it.',
    {
      next: 'Give the same file once more (trust update, or trust timestamps), or restore it from a backup.',
    },
  );
}
