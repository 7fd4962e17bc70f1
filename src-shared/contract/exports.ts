// Lists that leave the workspace as files, each with a manifest and a proof of its number of rows.
import { z } from 'zod';
import {
  exportCheck,
  exportFilter,
  exportTable,
  heatmapPicture,
  heatmapRequest,
  listExport,
  tableFormat,
} from '../model/exports.ts';
import { asShown, jobStarted, procedure } from './base.ts';

export const exported = {
  /** Writes a table into the workspace’s exports folder. The job’s result is a list export. */
  table: procedure
    .route({ method: 'POST', path: '/exports/table' })
    .input(
      z.object({ table: exportTable, format: tableFormat, filter: exportFilter.default({}), ...asShown }),
    )
    .output(jobStarted),
  /** Findings, the source’s anomalies and review items as OCSF events, one a line. The job’s result is a list export. */
  ocsf: procedure
    .route({ method: 'POST', path: '/exports/ocsf' })
    .input(z.object(asShown).optional())
    .output(jobStarted),
  /** The same as one OSCAL assessment-results document. The job’s result is a list export. */
  oscal: procedure
    .route({ method: 'POST', path: '/exports/oscal' })
    .input(z.object(asShown).optional())
    .output(jobStarted),
  /** The heatmap as it would be exported. */
  heatmapPicture: procedure
    .route({ method: 'GET', path: '/exports/heatmap' })
    .input(heatmapRequest)
    .output(heatmapPicture),
  /** Writes the heatmap as SVG, or as the PNG a window made of that SVG. The job’s result is a list export. */
  heatmap: procedure
    .route({ method: 'POST', path: '/exports/heatmap' })
    .input(heatmapRequest.extend({ png: z.base64().max(40_000_000).optional(), ...asShown }))
    .output(jobStarted),
  /** What was exported into the workspace, newest first. */
  list: procedure.route({ method: 'GET', path: '/exports' }).output(z.array(listExport)),
  /** Holds an export against its manifest. */
  check: procedure
    .route({ method: 'POST', path: '/exports/check' })
    .input(z.object({ name: z.string() }))
    .output(exportCheck),
};
