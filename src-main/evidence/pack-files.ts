// The files of a pack in memory, and the rules their names must keep so that every system unpacks them alike.
import { Problem } from '#shared/model/problem.ts';

/** Path inside the pack (forward slashes) to content. */
export type PackFiles = ReadonlyMap<string, Uint8Array>;

const maximumNameBytes = 255;
/** More than any pack has, and few enough to be listed at once: a file that came back from a reviewer is eight of them. */
export const maximumPackFiles = 50_000;

/** Orders names by their UTF-8 bytes, as `LC_ALL=C sort` does. */
export function compareNames(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left, 'utf8'), Buffer.from(right, 'utf8'));
}

function faultInSegment(segment: string): string | null {
  if (segment === '') return 'names a folder, or nothing';
  if (segment === '..') return 'leads out of the pack';
  if (segment === '.') return 'names the folder it is in';
  return /[.\s]$/.test(segment) ? 'ends in a dot or a space' : null;
}

/** Says why a name is not taken, or null when it is fine. */
export function faultInName(name: string): string | null {
  if (Buffer.byteLength(name, 'utf8') > maximumNameBytes) return 'is too long';
  if (!name.isWellFormed() || /[\p{C}\\:*?"<>|]/u.test(name))
    return 'holds a character that is not safe in file names';
  for (const segment of name.split('/')) {
    const fault = faultInSegment(segment);
    if (fault !== null) return fault;
  }
  return null;
}

/**
 * Decodes a file name from a container.
 * @throws Problem `file-unreadable` when it is not UTF-8 or not a safe relative path.
 */
export function decodeName(bytes: Uint8Array): string {
  let name: string;
  try {
    name = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new Problem('file-unreadable', 'A file name in the pack is not UTF-8.', { cause });
  }
  const fault = faultInName(name);
  if (fault !== null) throw new Problem('file-unreadable', `A file name in the pack ${fault}.`);
  return name;
}

/**
 * Refuses names that a case-insensitive or normalising file system would put into one file.
 * @throws Problem `file-unreadable`
 */
export function assertDistinctNames(names: Iterable<string>): void {
  const folded = new Set<string>();
  for (const name of names) {
    const key = name.normalize('NFC').toLowerCase();
    if (folded.has(key)) throw new Problem('file-unreadable', 'Two files of the pack have the same name.');
    folded.add(key);
  }
}
