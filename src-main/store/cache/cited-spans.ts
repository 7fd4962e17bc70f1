// When the events a finding cites happened: its first and its last, where a finding itself names whole hours or days.
import { firstIndexAt } from '../../analytics/history/segment.ts';
import type { DatabaseHandle } from '../database.ts';
import { row } from '../query.ts';
import { mirroredHistory, type MirroredHistory } from './resident.ts';
import { openSegment } from './segments.ts';

export type CitingFinding = {
  readonly id: string;
  readonly version: number;
  readonly sourceAccount: string;
  readonly actor: string;
  /** Half-open; the cited events lie within. */
  readonly startMicroseconds: number;
  readonly endMicroseconds: number;
  /** Oldest first. */
  readonly eventIds: readonly string[];
};

export type CitedSpan = { readonly firstMicroseconds: number; readonly lastMicroseconds: number };

/** A version of a finding never cites anything else, so what was found once holds for as long as the file is open. */
const known = new WeakMap<DatabaseHandle, Map<string, CitedSpan>>();

/** Spans by finding id. Absent is one that cites nothing, or nothing that is still mirrored. */
export function readCitedSpans(
  database: DatabaseHandle,
  findings: readonly CitingFinding[],
): ReadonlyMap<string, CitedSpan> {
  const remembered = known.get(database) ?? new Map<string, CitedSpan>();
  known.set(database, remembered);
  const citing = findings.filter(({ eventIds }) => eventIds.length > 0);
  const unknown = citing.filter((finding) => !remembered.has(keyOf(finding)));
  if (unknown.length > 0) findInSegments(database, unknown, remembered);
  return new Map(
    citing.flatMap((finding) => {
      const span = remembered.get(keyOf(finding)) ?? readKeptSpan(database, finding);
      return span === null ? [] : [[finding.id, span] as const];
    }),
  );
}

const keyOf = ({ id, version }: CitingFinding): string => `${id} ${version}`;

/** One segment is open at a time: together they may be larger than the memory. */
function findInSegments(
  database: DatabaseHandle,
  findings: readonly CitingFinding[],
  found: Map<string, CitedSpan>,
): void {
  const history = mirroredHistory(database);
  const actorOf = Int32Array.from(history.series, ({ actor }) => actor);
  const numbers = new Map(
    history.actors.map(({ sourceAccount, actor }, number) => [actorKey(sourceAccount, actor), number]),
  );
  for (const info of history.infos) {
    const overlapping = findings.filter(
      (finding) =>
        finding.startMicroseconds <= info.lastMicroseconds &&
        finding.endMicroseconds > info.firstMicroseconds,
    );
    if (overlapping.length === 0) continue;
    const segment = openSegment(() => database, info);
    for (const finding of overlapping) {
      const number = numbers.get(actorKey(finding.sourceAccount, finding.actor)) ?? null;
      widen(found, finding, spanIn(segment, finding, finding.actor === '' ? null : number, actorOf));
    }
  }
}

const actorKey = (sourceAccount: string, actor: string): string => JSON.stringify([sourceAccount, actor]);

function spanIn(
  segment: MirroredHistory['segments'][number],
  { startMicroseconds, endMicroseconds, eventIds }: CitingFinding,
  actor: number | null,
  actorOf: Int32Array,
): Partial<CitedSpan> {
  const from = firstIndexAt(segment, startMicroseconds);
  const end = firstIndexAt(segment, endMicroseconds);
  const isCited = (index: number, id: string) =>
    (actor === null || actorOf[segment.series[index]!] === actor) && segment.idAt(index) === id;
  const [first, last] = [eventIds[0]!, eventIds.at(-1)!];
  let low = from;
  while (low < end && !isCited(low, first)) low += 1;
  let high = end - 1;
  while (high >= from && !isCited(high, last)) high -= 1;
  return {
    ...(low < end ? { firstMicroseconds: segment.microseconds[low]! } : {}),
    ...(high >= from ? { lastMicroseconds: segment.microseconds[high]! } : {}),
  };
}

/** A finding may reach over several segments, and each may hold one of its ends. */
function widen(found: Map<string, CitedSpan>, finding: CitingFinding, part: Partial<CitedSpan>): void {
  const before = found.get(keyOf(finding));
  const firstMicroseconds =
    before?.firstMicroseconds ?? part.firstMicroseconds ?? part.lastMicroseconds ?? null;
  if (firstMicroseconds === null) return;
  const lastMicroseconds = part.lastMicroseconds ?? before?.lastMicroseconds ?? firstMicroseconds;
  found.set(keyOf(finding), { firstMicroseconds, lastMicroseconds });
}

/** Where the mirror has let go of the days themselves, the cited events may still be kept one by one. */
function readKeptSpan(
  database: DatabaseHandle,
  { startMicroseconds, endMicroseconds, eventIds }: CitingFinding,
): CitedSpan | null {
  const kept = row<{ first: number | null; last: number | null }>(
    database,
    `SELECT min(created_us) AS first, max(created_us) AS last FROM event
      WHERE id IN (SELECT value FROM json_each(?)) AND created_us >= ? AND created_us < ?`,
    JSON.stringify(eventIds),
    startMicroseconds,
    endMicroseconds,
  );
  if (!kept || kept.first === null || kept.last === null) return null;
  return { firstMicroseconds: kept.first, lastMicroseconds: kept.last };
}
