// What every export has in common: where it came from, a name of its own, its manifest, and its entry in the ledger.
import { existsSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ExportFilter, ExportManifest, ListExport } from '#shared/model/exports.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { manifestPath, writeManifest } from '../evidence/exports/manifest.ts';
import { presentActor } from '../review/shown-reviewer.ts';
import { readLastRun } from '../store/cache/runs.ts';
import type { Workstation } from '../workstation.ts';

export type FinishedFile = {
  readonly what: string;
  readonly format: string;
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly rows: number;
  /** The same number, asked for in another way; null where there is none. */
  readonly rowsCounted: number | null;
  readonly filter: ExportFilter;
};

/** Writes the manifest beside a finished file and puts the export on record. */
export async function finishExport(
  workstation: Workstation,
  finished: FinishedFile,
  nowMicroseconds: number,
): Promise<ListExport> {
  const { file, filter } = finished;
  const manifest: ExportManifest = {
    v: 1,
    ...finished,
    file: basename(file),
    filterWords: filterWords(filter),
    ...provenanceOf(workstation, nowMicroseconds),
  };
  await writeManifest(file, manifest);
  recordExport(workstation, manifest);
  return { name: basename(file), file, manifest };
}

function recordExport({ ledger }: Workstation, manifest: ExportManifest): void {
  const { what, format, file, sha256, rows, rowsCounted, filterWords: words } = manifest;
  ledger.append((state) => [
    {
      type: 'list-exported',
      subject: null,
      actor: presentActor(state),
      payload: { what, format, file, sha256, rows, rowsCounted, filterWords: words },
    },
  ]);
}

/** When, by whom, out of what. */
export function provenanceOf(workstation: Workstation, nowMicroseconds: number) {
  const { ledger, cache, version } = workstation;
  const { reviewer, connection } = ledger.state();
  return {
    asOf: readLastRun(cache)?.report.asOf ?? null,
    zone: connection?.zone ?? workstation.zone,
    exportedAt: formatInstant(nowMicroseconds),
    exportedBy: reviewer && { id: reviewer.id, name: reviewer.name },
    toolVersion: version,
    source: connection && { database: connection.database, table: connection.mapping?.table ?? '' },
  };
}

/** What narrowed a table, one restriction a sentence. */
function filterWords(filter: ExportFilter): string[] {
  const { status, actor, action, from, to, hourOfWeek, overdue, type, ids, events, words = [] } = filter;
  const say = (what: string, value: string | number | undefined) =>
    value === undefined ? [] : [`Only ${what} “${value}”.`];
  return [
    ...words,
    // Whoever asks without words of their own must not seem to have left nothing out.
    ...(words.length > 0 ? [] : Object.entries(events ?? {})).map(
      ([name, value]) => `Only events by ${name} ${JSON.stringify(value)}.`,
    ),
    ...say('the status', status),
    ...(overdue === undefined ? [] : [overdue ? 'Only what is overdue.' : 'Only what is not overdue.']),
    ...say('the kind', type),
    ...(actor === '' ? ['Only what nobody in particular did.'] : say('the actor', actor)),
    ...say('the action', action),
    ...(from === undefined ? [] : [`Only from ${from} on.`]),
    ...(to === undefined ? [] : [`Only before ${to}.`]),
    ...say('the hour of the week (0 is Monday 00:00)', hourOfWeek),
    ...(ids === undefined || words.length > 0 ? [] : [`Only ${ids.length} chosen rows.`]),
  ];
}

export function newFile(directory: string, what: string, extension: string, nowMicroseconds: number): string {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const stamp = formatInstant(nowMicroseconds)
    .replaceAll(/[-:]/g, '')
    .replace(/\.\d+Z$/, 'Z');
  for (let number = 1; ; number += 1) {
    const name = `${what}-${stamp}${number === 1 ? '' : `-${number}`}.${extension}`;
    const file = join(directory, name);
    if (!existsSync(file) && !existsSync(manifestPath(file))) return file;
  }
}
