// Freezes hits as findings: a first version when something stands out, a further one when late events changed the result.
import { hourlyDetectors } from '#shared/model/finding.ts';
import { microsecondsPerDay, microsecondsPerHour } from '#shared/time/instant.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { mirrorGuard } from '../store/cache/mirror.ts';
import { keepEvents } from '../store/cache/kept-events.ts';
import { packIds } from '../store/cache/packed-ids.ts';
import {
  findingWriter,
  readFindingVersions,
  readNewestResult,
  readNewestResults,
  type FindingRecord,
  type FindingResult,
} from '../store/cache/findings.ts';
import type { Detector, Hit, Scope, TouchedHours } from './detector.ts';
import { countHours } from './detectors/hours/count-hours.ts';
import { judgeHours, reachHours, z3Method } from './detectors/z3.ts';
import { hitIdentity } from './hit-identity.ts';
import type { History } from './history/history.ts';
import type { EventReference } from './history/segment.ts';

export type Judged = {
  readonly detector: Detector;
  readonly hits: readonly Hit[];
  readonly history: History;
  readonly scope: Scope;
  readonly keepsCited: boolean;
};

type Version = Omit<FindingRecord, 'actorName'>;

const recordsTogether = 2_000;
const longestSilenceDays = 31;

/** Writes what is new or changed, in batches of one transaction each; only a batch at a time is spelt out. */
export async function recordHits(
  database: DatabaseHandle,
  judged: Judged,
  breathe: () => Promise<void>,
): Promise<{ added: number; changed: number }> {
  const assertSameSource = mirrorGuard(database);
  const found = new Map(judged.hits.map((hit) => [hitIdentity(hit), hit]));
  const before = newestResults(database, judged, found);
  const recorded = { added: 0, changed: 0 };
  const write = database.transaction((versions: Iterable<Version>) => {
    assertSameSource();
    const insert = findingWriter(database);
    const cited: EventReference[] = [];
    for (const version of versions) {
      insert(version);
      recorded[version.version === 1 ? 'added' : 'changed'] += 1;
      for (const event of found.get(version.id)?.events ?? []) cited.push(event);
    }
    // With the finding or not at all: one that is on record is not looked at again.
    if (judged.keepsCited) keepEvents(database, cited, false);
  });
  const isJudgedAgain = judgedAgain(database, judged);
  const gone = [...before.values()].filter(
    (version) => version.flagged && !found.has(version.id) && isJudgedAgain(version),
  );
  for (const some of chunks([...found], recordsTogether)) {
    await breathe();
    write.immediate(spellOut(some, before, judged));
  }
  for (const some of chunks(gone, recordsTogether)) {
    await breathe();
    write.immediate(some.map(({ id }) => explainedAway(newestVersion(database, id), judged)));
  }
  return recorded;
}

function* chunks<Item>(items: readonly Item[], size: number): Generator<Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

/** One after another, as somebody asks: of many thousands hits, all versions at once would take more memory than the events. */
function* spellOut(
  hits: readonly (readonly [id: string, hit: Hit])[],
  before: ReadonlyMap<string, FindingResult>,
  { scope }: Judged,
): Generator<Version> {
  for (const [id, hit] of hits) yield* versionOf(id, hit, before.get(id), scope);
}

/** What is known of the hits, and of everything else the detector found in the days judged again. */
function newestResults(
  database: DatabaseHandle,
  { detector, scope }: Judged,
  found: ReadonlyMap<string, Hit>,
): Map<string, FindingResult> {
  // A silence is judged again whenever anything is, however long ago it began.
  const firstDay = (scope.days[0] ?? 0) - (detector.id === 'gap' ? longestSilenceDays : 0);
  const from = firstDay * microsecondsPerDay;
  const to = ((scope.days.at(-1) ?? -1) + 1) * microsecondsPerDay;
  const inDays = readNewestResults(database, detector.id, from, to);
  // A hit may start before the day that lists it.
  const outside = [...found]
    .filter(([, { startMicroseconds: start }]) => start < from || start >= to)
    .flatMap(([id]) => readNewestResult(database, id) ?? []);
  return new Map([...inDays, ...outside].map((version) => [version.id, version]));
}

function versionOf(id: string, hit: Hit, latest: FindingResult | undefined, scope: Scope): Version[] {
  const { events, explanation, evidence, entity, ...rest } = hit;
  const next: Version = {
    id,
    version: (latest?.version ?? 0) + 1,
    flagged: true,
    ...rest,
    entity: { ...entity },
    explanationParts: { ...explanation },
    evidence: jsonOf(evidence),
    eventIds: events.map(({ segment, index }) => segment.idAt(index)),
    foundMicroseconds: scope.untilMicroseconds,
  };
  return latest && isSameResult(latest, next) ? [] : [next];
}

/** What people will read again later is what JSON keeps of it. */
function jsonOf(evidence: Hit['evidence']): FindingRecord['evidence'] {
  const kept: FindingRecord['evidence'] = JSON.parse(JSON.stringify(evidence));
  return kept;
}

/**
 * An hour's result is its numbers. A day is judged again whenever anything happens in it, and a baseline that moved by a
 * hair is no news to somebody who decided on the same events.
 */
function isSameResult(before: FindingResult, after: Version): boolean {
  return (
    before.flagged &&
    before.count === after.count &&
    before.endMicroseconds === after.endMicroseconds &&
    before.severity === after.severity &&
    (before.score === after.score || !hourlyDetectors.has(after.detector)) &&
    Buffer.compare(before.packedIds, packIds(after.eventIds)) === 0
  );
}

/** Tells whether the run that did not find something had it in view. */
function judgedAgain(
  database: DatabaseHandle,
  { history, scope }: Judged,
): (version: FindingResult) => boolean {
  const days = new Set(scope.days);
  // Hardly ever asked for: mostly everything that was found is found again.
  let keys: ReadonlySet<string> | null = null;
  return (version) => {
    if (version.detector === 'gap' && newestVersion(database, version.id).evidence['kind'] === 'silent')
      return true;
    if (!days.has(listingDay(version)) || version.startMicroseconds >= scope.untilMicroseconds) return false;
    if (scope.touched === null || !hourlyDetectors.has(version.detector)) return true;
    const hour = Math.floor(version.startMicroseconds / microsecondsPerHour);
    keys ??= touchedKeys(history, scope.touched);
    return keys.has(keyOf(version.sourceAccount, version.actor, version.action, hour));
  };
}

const newestVersion = (database: DatabaseHandle, id: string): FindingRecord =>
  readFindingVersions(database, id).at(-1)!;

/** Every touched hour of every series, and of its actor in all. */
function touchedKeys(history: History, touched: TouchedHours): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const [number, hours] of touched) {
    const series = history.series[number]!;
    const { sourceAccount, actor } = history.actors[series.actor]!;
    const action = history.actions.valueOf(series.action);
    for (const hour of hours) {
      keys.add(keyOf(sourceAccount, actor, action, hour));
      keys.add(keyOf(sourceAccount, actor, '', hour));
    }
  }
  return keys;
}

const keyOf = (...parts: readonly (string | number)[]): string => parts.join('\0');

/** A stretch without events is listed by the day that ends it; everything else by the day on which it starts. */
function listingDay({ detector, startMicroseconds, endMicroseconds }: FindingResult): number {
  return Math.floor((detector === 'gap' ? endMicroseconds : startMicroseconds) / microsecondsPerDay);
}

function isAbout({ sourceAccount, actor, action }: Version, history: History, number: number): boolean {
  const series = history.series[number]!;
  const found = history.actors[series.actor]!;
  return (
    found.actor === actor &&
    found.sourceAccount === sourceAccount &&
    (action === '' || history.actions.valueOf(series.action) === action)
  );
}

/** The result that no longer stands out: with its numbers where an hour can be judged by itself. */
function explainedAway(before: Version, { history, scope }: Judged): Version {
  const next = {
    ...before,
    version: before.version + 1,
    flagged: false,
    foundMicroseconds: scope.untilMicroseconds,
  };
  if (before.detector !== z3Method.id) return { ...next, count: 0, score: 0, eventIds: [] };
  const number = history.series.findIndex((_, series) => isAbout(before, history, series));
  const hour = before.startMicroseconds / microsecondsPerHour;
  const groupOf = new Int32Array(history.series.length).fill(-1);
  groupOf[number] = 0;
  const { hours, counts } = countHours(history.activity, groupOf, 1, hour - reachHours, hour + 1);
  const { firstMicroseconds } = history.actors[history.series[number]!.actor]!;
  const firstHour = Math.floor(firstMicroseconds / microsecondsPerHour);
  const [judgement] = judgeHours({ hours: [...hours], counts: [...counts], firstHour }, [hour]);
  return { ...next, count: judgement!.count, score: judgement!.z };
}
