// The heatmap as a picture: SVG drawn here, PNG as a window made it of that SVG.
import { heatSvg } from '#shared/charts/heat-svg.ts';
import type { HeatmapPicture, HeatmapRequest, ListExport } from '#shared/model/exports.ts';
import { Problem } from '#shared/model/problem.ts';
import { coveredHours } from '#shared/time/covered-hours.ts';
import { writeFileAtomically } from '../evidence/atomic-file.ts';
import { sha256Hex } from '../evidence/digest.ts';
import { pngSize } from '../evidence/exports/png.ts';
import { countText, instantText, visibleText } from '../evidence/report/visible-text.ts';
import type { Workstation } from '../workstation.ts';
import { finishExport, newFile } from './export-record.ts';
import type { Client } from './export-rows.ts';
import type { JobContext } from './jobs.ts';

/** Draws what the heatmap screen shows: actors by hour of the week in the workspace’s zone. */
export async function drawHeatmap(
  client: Client,
  { action, top, theme }: HeatmapRequest,
): Promise<HeatmapPicture> {
  const asked = action === undefined ? {} : { action };
  const heatmap = await client.activity.heatmap({ rows: 'actor', top, ...asked });
  const status = await client.workspace.status();
  const { zone, otherRows, otherTotal } = heatmap;
  const from = heatmap.from ?? status.firstEventAt;
  const to = heatmap.to ?? status.lastRefresh?.asOf ?? null;
  const events = heatmap.total - otherTotal;
  const notes = [
    `${countText(events)} events of ${countText(heatmap.rows.length)} actors; ${
      action === undefined ? 'all actions' : `only the action “${visibleText(action)}”`
    }; hours in ${zone}.`,
    `From ${instantText(from)} to ${instantText(to)}; as of ${instantText(to)}.`,
    ...(otherRows === 0
      ? []
      : [`Not shown: ${countText(otherTotal)} events of ${countText(otherRows)} less active actors.`]),
  ];
  const rows = heatmap.rows.map(({ actor, actorName, counts }) => ({
    name: actor === '' ? 'unattributed' : visibleText(actorName ?? actor),
    counts,
  }));
  const covered = coveredHours(from, to, zone);
  const svg = heatSvg({ title: 'Activity by hour of the week', notes, rows, covered, theme });
  return { svg, rows: rows.length, events };
}

export type HeatmapExportRequest = HeatmapRequest & {
  /** Base64 of the picture a window made; null writes the SVG. */
  readonly png: string | null;
  /** Where to write it; null chooses a name in the workspace’s exports folder. */
  readonly file: string | null;
};

export function exportHeatmapWork(workstation: Workstation, client: Client, request: HeatmapExportRequest) {
  return async ({ progress, signal }: JobContext): Promise<ListExport> => {
    progress('Drawing the heatmap', 0, null, '');
    const { action, png } = request;
    const picture = await drawHeatmap(client, request);
    const bytes = Buffer.from(png ?? picture.svg, png === null ? 'utf8' : 'base64');
    if (png !== null && pngSize(bytes) === null)
      throw new Problem('invalid-input', 'What was handed over is no PNG picture. Nothing was exported.');
    signal.throwIfAborted();
    const format = png === null ? 'svg' : 'png';
    const nowMicroseconds = workstation.clock.nowMs() * 1000;
    const file = request.file ?? newFile(workstation.exportsDirectory, 'heatmap', format, nowMicroseconds);
    await writePicture(file, bytes);
    const finished = {
      what: 'heatmap',
      format,
      file,
      sha256: sha256Hex(bytes),
      bytes: bytes.length,
      rows: picture.rows,
      rowsCounted: null,
      filter: action === undefined ? {} : { action },
    };
    return finishExport(workstation, finished, nowMicroseconds);
  };
}

async function writePicture(file: string, bytes: Buffer): Promise<void> {
  try {
    await writeFileAtomically(file, bytes);
  } catch (cause) {
    throw new Problem(
      'file-unreadable',
      'The export could not be written. No file was left or changed there.',
      {
        next: 'Check that the folder exists, may be written to and has room, then export again.',
        cause,
      },
    );
  }
}
