// Holds an exported file against its manifest: its bytes, its hash, and its rows counted anew.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { exportManifest, type ExportCheck, type ExportManifest } from '#shared/model/exports.ts';
import { Problem } from '#shared/model/problem.ts';
import { manifestPath } from './manifest.ts';

/** @throws Problem `file-unreadable` when file or manifest cannot be read at all. */
export async function checkExport(file: string): Promise<ExportCheck> {
  const manifest = await readManifest(file);
  const counted = rowCounter(manifest.format);
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      bytes += chunk.length;
      counted.add(chunk);
    }
  } catch (cause) {
    throw new Problem('file-unreadable', 'The exported file cannot be read, so nothing was compared.', {
      cause,
    });
  }
  const sha256 = hash.digest('hex');
  const rows = counted.rows();
  return { file, rows, sha256, faults: faultsOf(manifest, { name: basename(file), sha256, bytes, rows }) };
}

function faultsOf(
  manifest: ExportManifest,
  found: { readonly name: string; readonly sha256: string; readonly bytes: number; readonly rows: number },
): string[] {
  const isTable = manifest.format === 'csv' || manifest.format === 'ndjson' || manifest.format === 'ocsf';
  return [
    ...(found.name === manifest.file ? [] : [`The manifest is about ${manifest.file}, not about this file.`]),
    ...(found.bytes === manifest.bytes ? [] : [`It has ${found.bytes} bytes instead of ${manifest.bytes}.`]),
    ...(found.sha256 === manifest.sha256 ? [] : ['It was changed: its SHA-256 is another one.']),
    ...(!isTable || found.rows === manifest.rows
      ? []
      : [`It has ${found.rows} rows instead of ${manifest.rows}.`]),
    ...(manifest.rowsCounted === null || manifest.rows === manifest.rowsCounted
      ? []
      : [`${manifest.rows} rows were written, but ${manifest.rowsCounted} were counted in the workspace.`]),
  ];
}

async function readManifest(file: string): Promise<ExportManifest> {
  try {
    return exportManifest.parse(JSON.parse(await readFile(manifestPath(file), 'utf8')));
  } catch (cause) {
    throw new Problem(
      'file-unreadable',
      'There is no readable manifest beside this file, so nothing was compared.',
      {
        next: 'Keep the .manifest.json that was exported with it in the same folder.',
        cause,
      },
    );
  }
}

const quote = 0x22;
const lineFeed = 0x0a;

/** Records of a CSV (line feeds within quotes belong to a cell; the header is no row), or lines. */
function rowCounter(format: string) {
  let isQuoted = false;
  let lines = 0;
  return {
    add: (chunk: Uint8Array) => {
      for (const byte of chunk) {
        if (format === 'csv' && byte === quote) isQuoted = !isQuoted;
        else if (byte === lineFeed && !isQuoted) lines += 1;
      }
    },
    rows: () => (format === 'csv' ? Math.max(0, lines - 1) : lines),
  };
}
