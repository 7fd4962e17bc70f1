// The mirror as detectors and charts want it: names and cells in memory, read again only where the file changed.
import { segmentFields, type Segment, type SegmentField } from '../../analytics/history/segment.ts';
import type { ActivityDay } from '../../analytics/history/activity.ts';
import type { History } from '../../analytics/history/history.ts';
import type { DatabaseHandle } from '../database.ts';
import { row, rows } from '../query.ts';
import { unpackCells } from './cells.ts';
import { assertUnchanged } from './checksum.ts';
import { emptyNames, type Names } from './names.ts';
import { openSegment, readSegmentInfos, type SegmentInfo } from './segments.ts';

type Revision = { readonly epoch: number; readonly names: number; readonly days: number };

type Resident = {
  /** The connection it is read by now. */
  database: DatabaseHandle;
  revision: Revision;
  readonly names: Names;
  readonly days: Map<number, ActivityDay>;
  activity: readonly ActivityDay[];
  infos: readonly SegmentInfo[];
  fields: ReadonlySet<SegmentField>;
  readonly opened: Map<number, Segment>;
};

const residents = new WeakMap<DatabaseHandle, Resident>();

/** What the last closed connection knew, for the next one: an engine opens the file anew for every order. */
let parked: Resident | null = null;

/** To be called before a connection closes whose knowledge is worth keeping. */
export function parkHistory(database: DatabaseHandle): void {
  parked = residents.get(database) ?? parked;
}

/** What is in memory is not to be trusted any more: a transaction that added to it was rolled back. */
export function forgetHistory(database: DatabaseHandle): void {
  if (parked === residents.get(database)) parked = null;
  residents.delete(database);
}

/** The names as the file holds them now; a writer adds to them. */
export function mirroredNames(database: DatabaseHandle): Names {
  return synchronised(database).names;
}

export type MirroredHistory = History & {
  readonly infos: readonly SegmentInfo[];
};

/**
 * The mirror as it is now. Reading it anew costs what changed since the last call on this connection.
 * @param keep whether columns of segments stay in memory once they were read; for an engine that looks at all of them.
 */
export function mirroredHistory(database: DatabaseHandle, keep = false): MirroredHistory {
  const resident = database.transaction(() => synchronised(database))();
  const { names, activity, infos, fields } = resident;
  const open = (info: SegmentInfo): Segment => {
    const known = resident.opened.get(info.id);
    if (known) return known;
    const opened = openSegment(() => resident.database, info);
    if (keep) resident.opened.set(info.id, opened);
    return opened;
  };
  return {
    actors: names.actors,
    actions: names.actions,
    series: names.series,
    segments: infos.map(open),
    activity,
    fields,
    infos,
  };
}

function synchronised(database: DatabaseHandle): Resident {
  const revision = row<Revision>(database, 'SELECT epoch, names, days FROM mirror_revision')!;
  const known = residents.get(database) ?? parked;
  const resident = known?.revision.epoch === revision.epoch ? known : emptyResident(database, revision);
  resident.database = database;
  residents.set(database, resident);
  resident.names.sync(database);
  if (resident.revision.days !== revision.days) readChangedDays(database, resident);
  resident.revision = revision;
  return resident;
}

function emptyResident(database: DatabaseHandle, revision: Revision): Resident {
  return {
    database,
    revision: { ...revision, days: -1 },
    names: emptyNames(),
    days: new Map(),
    activity: [],
    infos: [],
    fields: new Set(),
    opened: new Map(),
  };
}

function readChangedDays(database: DatabaseHandle, resident: Resident): void {
  const changed = rows<{ day: number; cells: Buffer; checksum: number }>(
    database,
    'SELECT day, cells, checksum FROM day WHERE revision > ?',
    resident.revision.days,
  );
  for (const { day, cells, checksum } of changed) {
    assertUnchanged(checksum, cells);
    resident.days.set(day, { day, ...unpackCells(cells) });
  }
  resident.activity = [...resident.days.values()].toSorted((a, b) => a.day - b.day);
  resident.infos = readSegmentInfos(database);
  const ids = new Set(resident.infos.map(({ id }) => id));
  for (const id of resident.opened.keys()) if (!ids.has(id)) resident.opened.delete(id);
  const stored = rows<{ field: string }>(database, 'SELECT DISTINCT field FROM segment_column').map(
    ({ field }) => field,
  );
  resident.fields = new Set(segmentFields.filter((field) => stored.includes(field)));
}
