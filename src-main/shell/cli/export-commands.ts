// Commands that write lists, events, documents and pictures into files, and hold such files against their manifests.
import { resolve } from 'node:path';
import {
  exportTables,
  mostHeatmapRows,
  tableFormats,
  type ExportFilter,
  type ListExport,
} from '#shared/model/exports.ts';
import { formatInstant, parseInstant } from '#shared/time/instant.ts';
import { exportHeatmapWork } from '../../api/export-heatmap.ts';
import { exportOcsfWork, exportOscalWork } from '../../api/export-standards.ts';
import { exportTableWork } from '../../api/exports.ts';
import { checkExport } from '../../evidence/exports/check-export.ts';
import {
  oneOf,
  required,
  text,
  UsageError,
  wholeNumber,
  type Command,
  type OptionValues,
} from './command.ts';

const exportTableCommand: Command = {
  usage: 'export-list NAME --out FILE [--format csv|ndjson] [filters]',
  description: `write a list with its manifest; NAME is one of ${exportTables.join(', ')}`,
  positionals: 1,
  options: {
    out: { type: 'string', value: 'FILE', description: 'the file to write' },
    format: { type: 'string', value: 'FORMAT', description: 'csv (without it) or ndjson' },
    status: { type: 'string', value: 'STATUS', description: 'only rows of this status or standing' },
    overdue: { type: 'boolean', description: 'only overdue review items' },
    actor: { type: 'string', value: 'A', description: 'only this actor, or reviewer for the ledger' },
    action: { type: 'string', value: 'X', description: 'only events of this action' },
    from: { type: 'string', value: 'ISO', description: 'only events from this moment on' },
    to: { type: 'string', value: 'ISO', description: 'only events before this moment' },
    hour: {
      type: 'string',
      value: 'N',
      description: 'only events of this hour of the week, 0 is Monday 00:00',
    },
    type: { type: 'string', value: 'TYPE', description: 'only ledger entries of this type' },
  },
  run: async ({ values, positionals, workstation, call, run }) => {
    const request = {
      table: oneOf(positionals[0], exportTables, 'The table'),
      format: oneOf(text(values, 'format') ?? 'csv', tableFormats, '--format'),
      filter: filterIn(values),
      file: resolve(required(values, 'out')),
    };
    const json = await run(exportTableWork(await workstation(), await call(), request));
    return { json, text: proofText(json, 'rows') };
  },
};

function filterIn(values: OptionValues): ExportFilter {
  const moment = (name: string) => {
    const given = text(values, name);
    return given === undefined ? undefined : formatInstant(parseInstant(given));
  };
  const filter = {
    status: text(values, 'status'),
    actor: text(values, 'actor'),
    action: text(values, 'action'),
    type: text(values, 'type'),
    from: moment('from'),
    to: moment('to'),
    hourOfWeek: wholeNumber(values, 'hour'),
    overdue: values['overdue'] === true ? true : undefined,
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}

const check: Command = {
  usage: 'export-check FILE',
  description: 'hold an exported list against its manifest: exit 0 as it was written, 1 not so',
  positionals: 1,
  run: async ({ positionals }) => {
    const json = await checkExport(resolve(positionals[0]!));
    const said = json.faults.length === 0 ? ['The file is as it was written.'] : json.faults;
    return {
      json,
      text: [`${json.rows} rows`, `${json.sha256}  ${json.file}`, ...said].join('\n'),
      exitCode: json.faults.length === 0 ? 0 : 1,
    };
  },
};

const out = { type: 'string', value: 'FILE', description: 'the file to write' } as const;

const ocsf: Command = {
  usage: 'export-ocsf --out FILE',
  description: 'write findings, anomalies and review items as OCSF events, one a line',
  options: { out },
  run: async ({ values, workstation, call, run }) => {
    const file = resolve(required(values, 'out'));
    const json = await run(exportOcsfWork(await workstation(), await call(), file));
    return { json, text: proofText(json, 'events') };
  },
};

const oscal: Command = {
  usage: 'export-oscal --out FILE',
  description: 'write an OSCAL assessment-results document',
  options: { out },
  run: async ({ values, workstation, call, run }) => {
    const file = resolve(required(values, 'out'));
    const json = await run(exportOscalWork(await workstation(), await call(), file));
    return { json, text: proofText(json, 'observations') };
  },
};

const heatmap: Command = {
  usage: 'export-heatmap --out FILE [--action X] [--top N] [--theme light|dark]',
  description: 'draw the heatmap of actors by hour of the week as SVG',
  options: {
    out,
    action: { type: 'string', value: 'X', description: 'only events of this action' },
    top: {
      type: 'string',
      value: 'N',
      description: `so many of the most active actors, at most ${mostHeatmapRows}`,
    },
    theme: { type: 'string', value: 'THEME', description: 'light (without it) or dark' },
  },
  run: async ({ values, workstation, call, run }) => {
    const action = text(values, 'action');
    const top = wholeNumber(values, 'top', 1) ?? 500;
    if (top > mostHeatmapRows) throw new UsageError(`--top is at most ${mostHeatmapRows}.`);
    const request = {
      ...(action === undefined ? {} : { action }),
      top,
      theme: oneOf(text(values, 'theme') ?? 'light', ['light', 'dark'], '--theme'),
      png: null,
      file: resolve(required(values, 'out')),
    };
    const json = await run(exportHeatmapWork(await workstation(), await call(), request));
    return { json, text: proofText(json, 'actors') };
  },
};

function proofText({ file, manifest }: ListExport, what: string): string {
  const { rows, rowsCounted, sha256 } = manifest;
  const proof = rowsCounted === null ? '' : `, ${rowsCounted} counted in the workspace`;
  return `${rows} ${what} written${proof}\n${sha256}  ${file}`;
}

export const exportCommands: Readonly<Record<string, Command>> = {
  'export-list': exportTableCommand,
  'export-ocsf': ocsf,
  'export-oscal': oscal,
  'export-heatmap': heatmap,
  'export-check': check,
};
