// Exports besides the pack: started one at a time, listed, and held against their manifests.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import {
  exportManifest,
  type ExportFilter,
  type ExportTable,
  type ListExport,
  type TableFormat,
} from '#shared/model/exports.ts';
import { Problem } from '#shared/model/problem.ts';
import { checkExport } from '../evidence/exports/check-export.ts';
import { manifestPath } from '../evidence/exports/manifest.ts';
import { writeLines } from '../evidence/exports/write-file.ts';
import type { Workstation } from '../workstation.ts';
import { drawHeatmap, exportHeatmapWork } from './export-heatmap.ts';
import { finishExport, newFile } from './export-record.ts';
import { tableSource, type Client } from './export-rows.ts';
import { exportOcsfWork, exportOscalWork } from './export-standards.ts';
import type { JobContext } from './jobs.ts';
import { procedures } from './procedures.ts';

/** @param client asks the same procedures as every door */
export function exportProcedures(workstation: Workstation, client: () => Client) {
  const { exported } = procedures;
  const start = (work: (context: JobContext) => Promise<ListExport>) => {
    assertNothingIsExported(workstation);
    return { jobId: workstation.jobs.start('export-table', work) };
  };
  return {
    table: exported.table.handler(({ input }) =>
      start(exportTableWork(workstation, client(), { ...input, file: null })),
    ),
    ocsf: exported.ocsf.handler(() => start(exportOcsfWork(workstation, client(), null))),
    oscal: exported.oscal.handler(() => start(exportOscalWork(workstation, client(), null))),
    heatmapPicture: exported.heatmapPicture.handler(({ input }) => drawHeatmap(client(), input)),
    heatmap: exported.heatmap.handler(({ input: { png, ...request } }) =>
      start(exportHeatmapWork(workstation, client(), { ...request, png: png ?? null, file: null })),
    ),
    list: exported.list.handler(() => listExports(workstation.exportsDirectory)),
    check: exported.check.handler(({ input }) => {
      const found = listExports(workstation.exportsDirectory).find(({ name }) => name === input.name);
      if (found) return checkExport(found.file);
      throw new Problem('not-found', 'There is no export of that name in this workspace.');
    }),
  };
}

/** Jobs of a kind join the one that runs, which here would hand over another list than was asked for. */
export function assertNothingIsExported({ jobs }: Workstation): void {
  if (jobs.list().some(({ kind, state }) => kind === 'export-table' && state === 'running'))
    throw new Problem('conflict', 'Something else is being exported. Nothing was started.', {
      next: 'Wait for it or cancel it, then export again.',
    });
}

export type TableExportRequest = {
  readonly table: ExportTable;
  readonly format: TableFormat;
  readonly filter: ExportFilter;
  /** Where to write it; null chooses a name in the workspace’s exports folder. */
  readonly file: string | null;
};

/** The job that writes a table; what it wrote is one entry of the ledger. */
export function exportTableWork(workstation: Workstation, client: Client, request: TableExportRequest) {
  return async ({ progress, signal }: JobContext): Promise<ListExport> => {
    const { table, format, filter } = request;
    const source = tableSource(workstation, client, table, filter);
    const nowMicroseconds = workstation.clock.nowMs() * 1000;
    const file = request.file ?? newFile(workstation.exportsDirectory, table, format, nowMicroseconds);
    const expected = await source.counted();
    const written = await writeLines(file, source.head(format), source.lines(format), async (lines) => {
      progress('Writing rows', lines, expected, 'rows');
      signal.throwIfAborted();
    });
    const { sha256, bytes, lines: rows } = written;
    // Counted again after the rows were read: what changed meanwhile shows as a difference.
    const rowsCounted = await source.counted();
    const finished = { what: table, format, file, sha256, bytes, rows, rowsCounted, filter };
    return finishExport(workstation, finished, nowMicroseconds);
  };
}

function listExports(directory: string): ListExport[] {
  if (!existsSync(directory)) return [];
  const suffix = '.manifest.json';
  return readdirSync(directory)
    .filter((name) => name.endsWith(suffix))
    .map((name) => readListed(directory, name.slice(0, -suffix.length)))
    .toSorted((a, b) => (a.manifest.exportedAt < b.manifest.exportedAt ? 1 : -1));
}

function readListed(directory: string, name: string): ListExport {
  const file = join(directory, name);
  try {
    const manifest = exportManifest.parse(JSON.parse(readFileSync(manifestPath(file), 'utf8')));
    return { name, file, manifest };
  } catch (cause) {
    throw new Problem(
      'file-unreadable',
      `The manifest of the export ${name} is damaged; it was left as it is.`,
      {
        next: `Move it out of the folder ${basename(dirname(file))}, or restore it.`,
        cause,
      },
    );
  }
}
