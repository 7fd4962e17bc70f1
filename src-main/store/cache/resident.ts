// The mirror as detectors and charts want it: names and cells in memory, read again only where the file changed.
import { segmentFields, type Segment, type SegmentField } from '../../analytics/history/segment.ts';
import type { ActivityDay } from '../../analytics/history/activity.ts';
import { cellSegments } from '../../analytics/history/cell-segments.ts';
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
  /** Up to which revision of the days `activity`, `infos` and `fields` are right. */
  arranged: number;
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
  const onlyCounts = infos.length === 0 && activity.length > 0;
  const open = (info: SegmentInfo): Segment => {
    const known = resident.opened.get(info.id);
    if (known) return known;
    const opened = openSegment(() => resident.database, info);
    if (keep) resident.opened.set(info.id, opened);
    return opened;
  };
  let segments: readonly Segment[] | null = null;
  return {
    actors: names.actors,
    actions: names.actions,
    series: names.series,
    // Whoever looks at counts alone opens none of them.
    get segments() {
      return (segments ??= onlyCounts ? cellSegments(activity) : infos.map(open));
    },
    activity,
    fields,
    infos,
    onlyCounts,
  };
}

/** So much is read in one go: about two milliseconds. */
const piece = { names: 4_000, days: 1 };

/**
 * Reads a part of what {@link mirroredHistory} would read at once; true when nothing is left. A caller that must not
 * keep its thread calls it until then, and lets others in between.
 */
export function readPiece(database: DatabaseHandle): boolean {
  return database.transaction(() => {
    const { resident, revision } = claimed(database);
    if (!resident.names.syncSome(database, piece.names)) return false;
    if (resident.revision.days === revision.days) return true;
    const changed = rows<DayRow>(database, `${changedDays} LIMIT ?`, resident.revision.days, piece.days);
    for (const day of changed) keepDay(resident, day);
    const isRest = changed.length < piece.days;
    // Days are numbered as they are written, so what was read so far is known by the last number.
    if (!isRest) resident.revision = { ...resident.revision, days: changed.at(-1)!.revision };
    return isRest;
  })();
}

function claimed(database: DatabaseHandle): { resident: Resident; revision: Revision } {
  const revision = row<Revision>(database, 'SELECT epoch, names, days FROM mirror_revision')!;
  const known = residents.get(database) ?? parked;
  const resident = known?.revision.epoch === revision.epoch ? known : emptyResident(database, revision);
  resident.database = database;
  residents.set(database, resident);
  return { resident, revision };
}

function synchronised(database: DatabaseHandle): Resident {
  const { resident, revision } = claimed(database);
  resident.names.sync(database);
  for (const day of rows<DayRow>(database, changedDays, resident.revision.days)) keepDay(resident, day);
  resident.revision = revision;
  if (resident.arranged !== revision.days) arrange(database, resident);
  return resident;
}

function emptyResident(database: DatabaseHandle, revision: Revision): Resident {
  return {
    database,
    revision: { ...revision, days: -1 },
    arranged: -1,
    names: emptyNames(),
    days: new Map(),
    activity: [],
    infos: [],
    fields: new Set(),
    opened: new Map(),
  };
}

type DayRow = { day: number; cells: Buffer; checksum: number; revision: number };

const changedDays = 'SELECT day, cells, checksum, revision FROM day WHERE revision > ? ORDER BY revision';

function keepDay(resident: Resident, { day, cells, checksum }: DayRow): void {
  assertUnchanged(checksum, cells);
  resident.days.set(day, { day, ...unpackCells(cells) });
}

/** Puts the days in order, and lists the segments that go with them. */
function arrange(database: DatabaseHandle, resident: Resident): void {
  resident.arranged = resident.revision.days;
  resident.activity = [...resident.days.values()].toSorted((a, b) => a.day - b.day);
  resident.infos = readSegmentInfos(database);
  const ids = new Set(resident.infos.map(({ id }) => id));
  for (const id of resident.opened.keys()) if (!ids.has(id)) resident.opened.delete(id);
  const stored = rows<{ field: string }>(database, 'SELECT DISTINCT field FROM segment_column').map(
    ({ field }) => field,
  );
  resident.fields = new Set(segmentFields.filter((field) => stored.includes(field)));
}
