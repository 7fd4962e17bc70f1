// Exports the heatmap as it is on screen: SVG, or PNG made of that SVG by this window.
import { mostHeatmapRows } from '#shared/model/exports.ts';
import { useApi, type WorkstationClient } from '../../domain/api.ts';
import { ExportButton } from '../../domain/export-button.tsx';
import { readAsBase64 } from '../../domain/read-as-base64.ts';
import { useTheme } from '../../state/theme.ts';
import { text } from '../../texts/text.ts';
import { svgToPng } from './svg-to-png.ts';

const formats = [
  { value: 'svg', label: 'SVG' },
  { value: 'png', label: 'PNG' },
];

export function ExportHeatmap({ action, top }: { action: string; top: number }) {
  const { client } = useApi();
  const theme = useTheme((state) => state.theme);
  const asked = { ...(action === '' ? {} : { action }), top: Math.min(top, mostHeatmapRows), theme };
  return (
    <ExportButton
      label={text('heatmap:export.label')}
      offer={() => ({
        what: text('heatmap:export.what'),
        words: [
          ...(action === '' ? [] : [text('heatmap:export.onlyAction', { action })]),
          text('heatmap:export.most', { top: asked.top }),
        ],
        formats,
        start: async (format) =>
          client.exported.heatmap(
            format === 'png' ? { ...asked, png: await drawnPng(client, asked) } : asked,
          ),
      })}
    />
  );
}

type Asked = Parameters<WorkstationClient['exported']['heatmapPicture']>[0];

async function drawnPng(client: WorkstationClient, asked: Asked): Promise<string> {
  const { svg } = await client.exported.heatmapPicture(asked);
  return readAsBase64(await svgToPng(svg));
}
