// Finds an exported list, picture, document or campaign file by the name it was listed under, and nothing else in the workspace.
import { containedFile } from './assets.ts';

/** What may be handed over, and as what; anything else in the folder stays there. */
const contentTypes: Readonly<Record<string, string>> = {
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
  json: 'application/json',
  svg: 'image/svg+xml',
  png: 'image/png',
  ics: 'text/calendar; charset=utf-8',
  zip: 'application/zip',
};

const exportName =
  /^[A-Za-z0-9][A-Za-z0-9._-]{0,200}\.(csv|ndjson|json|svg|png|ics|zip)(?:\.manifest\.json|\.sha256)?$/;

export type FoundExport = { readonly file: string; readonly contentType: string };

/** The real path of an export, its manifest or its checksum line; null when the name is not one of those there. */
export async function findExport(exportsDirectory: string, name: string): Promise<FoundExport | null> {
  const [, extension] = exportName.exec(name) ?? [];
  if (extension === undefined) return null;
  const file = await containedFile(exportsDirectory, [name]);
  if (file === null) return null;
  const own = name.endsWith('.manifest.json')
    ? contentTypes['json']
    : name.endsWith('.sha256')
      ? 'text/plain; charset=utf-8'
      : contentTypes[extension];
  return { file, contentType: own ?? 'application/octet-stream' };
}
