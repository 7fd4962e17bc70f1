// Manifests in the format of sha256sum: 64 hex digits, two spaces, name, LF; sorted by the bytes of the name.
import { Problem } from '#shared/model/problem.ts';
import { sha256Hex } from './digest.ts';
import { compareNames, type PackFiles } from './pack-files.ts';
import { decodeText } from './text-file.ts';

export { sha256Hex } from './digest.ts';

/** File name to SHA-256 in hex. */
export type Digests = ReadonlyMap<string, string>;

export function digestFiles(files: PackFiles): Digests {
  return new Map([...files].map(([name, content]) => [name, sha256Hex(content)]));
}

export function formatManifest(digests: Digests): Buffer {
  const lines = [...digests].toSorted(([left], [right]) => compareNames(left, right));
  return Buffer.from(lines.map(([name, digest]) => `${digest}  ${name}\n`).join(''));
}

/**
 * Reads a manifest of exactly the form {@link formatManifest} writes.
 * @param name file name for the message.
 * @throws Problem `file-unreadable`, with its own sentence for the line endings of Windows.
 */
export function parseManifest(bytes: Uint8Array, name: string): Digests {
  const text = decodeText(bytes, name);
  if (text.includes('\r')) {
    throw new Problem(
      'file-unreadable',
      `${name} has Windows line endings; a program has changed it on the way.`,
    );
  }
  const digests = new Map<string, string>();
  for (const line of text.split('\n').slice(0, -1)) {
    const match = /^([0-9a-f]{64}) {2}(.+)$/.exec(line);
    if (match) digests.set(match[2] ?? '', match[1] ?? '');
  }
  if (formatManifest(digests).equals(bytes)) return digests;
  throw new Problem('file-unreadable', `${name} is not a sorted list of SHA-256 digests and file names.`);
}

/** Compares what a manifest lists with what is there. */
export function compareDigests(listed: Digests, present: Digests) {
  const names = (from: Digests, test: (name: string, digest: string) => boolean) =>
    [...from].filter(([name, digest]) => test(name, digest)).map(([name]) => name);
  return {
    missing: names(listed, (name) => !present.has(name)),
    added: names(present, (name) => !listed.has(name)),
    changed: names(listed, (name, digest) => present.has(name) && present.get(name) !== digest),
  };
}
