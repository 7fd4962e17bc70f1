// Plays the insider: changes payload files of a pack, then makes manifests and signature fit again.
import { createHash } from 'node:crypto';
import type { PackFiles } from '../../../src-main/evidence/pack-files.ts';
import type { Signer } from '../../../src-main/evidence/sshsig.ts';
import { readZip } from '../../support/read-zip.ts';

export type MutableFiles = Map<string, Uint8Array>;

export const filesOf = (zip: Uint8Array): MutableFiles => new Map(readZip(zip).files);

export const textOf = (files: PackFiles, name: string): string =>
  Buffer.from(files.get(name) ?? Buffer.alloc(0)).toString('utf8');

export function edit(files: MutableFiles, name: string, change: (text: string) => string): void {
  const before = textOf(files, name);
  const after = change(before);
  if (after === before) throw new Error(`Nothing changed in ${name}.`);
  files.set(name, Buffer.from(after));
}

const hex = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function listing(files: PackFiles, names: readonly string[]): Buffer {
  const lines = names.toSorted().map((name) => `${hex(files.get(name) ?? Buffer.alloc(0))}  ${name}\n`);
  return Buffer.from(lines.join(''));
}

const tagFiles = ['VERIFY.txt', 'bag-info.txt', 'bagit.txt', 'manifest-sha256.txt'];

/** Recomputes the digests in the statement, sizes, manifests and the preparer's signature. */
export function reseal(files: MutableFiles, signer: Signer): MutableFiles {
  const payload = [...files.keys()].filter((name) => name.startsWith('data/'));
  edit(files, 'data/statement.json', (text) =>
    `${text} `.replaceAll(/"digest":\{"sha256":"[0-9a-f]{64}"\},"name":"([^"]+)"/g, (_, name: string) => {
      return `"digest":{"sha256":"${hex(files.get(name) ?? Buffer.alloc(0))}"},"name":"${name}"`;
    }),
  );
  edit(files, 'data/statement.json', (text) => text.slice(0, -1));
  const octets = payload.reduce((sum, name) => sum + (files.get(name)?.length ?? 0), 0);
  const info = textOf(files, 'bag-info.txt').replace(/Oxum: .*/, `Oxum: ${octets}.${payload.length}`);
  files.set('bag-info.txt', Buffer.from(info));
  files.set('manifest-sha256.txt', listing(files, payload));
  return resign(files, signer);
}

/** Recomputes the tag manifest and signs it. */
export function resign(files: MutableFiles, signer: Signer): MutableFiles {
  const manifest = listing(files, tagFiles);
  files.set('tagmanifest-sha256.txt', manifest);
  for (const name of files.keys()) if (name.startsWith('signatures/')) files.delete(name);
  const short = hex(signer.publicKey.blob).slice(0, 8);
  const signature = signer.sign('countersign-evidence-pack', manifest);
  files.set(`signatures/preparer-${short}.sig`, Buffer.from(signature));
  return files;
}
