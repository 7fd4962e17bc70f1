// What stands beside an exported file: a manifest for machines, and a line for sha256sum.
import { join, dirname, basename } from 'node:path';
import { exportManifest, type ExportManifest } from '#shared/model/exports.ts';
import { writeFileAtomically } from '../atomic-file.ts';
import { canonicalJson } from '../entry-hash.ts';

export const manifestPath = (file: string): string => `${file}.manifest.json`;
export const checksumPath = (file: string): string => `${file}.sha256`;

/** One canonical JSON line, and `sha256sum -c` format with the bare name of the file. */
export async function writeManifest(file: string, manifest: ExportManifest): Promise<void> {
  const line = `${manifest.sha256}  ${basename(file)}\n`;
  await writeFileAtomically(join(dirname(file), basename(checksumPath(file))), Buffer.from(line));
  await writeFileAtomically(
    manifestPath(file),
    Buffer.from(`${canonicalJson(exportManifest.parse(manifest))}\n`),
  );
}
