// The check of where a pack says it comes from: reviewer, source, reading and previous pack are what the ledger records.
import { parseInstant } from '#shared/time/instant.ts';
import { populationQuery } from '../../source/event-query.ts';
import { canonicalJson } from '../entry-hash.ts';
import { detectorsPart, ipePart, ledgerPart } from '../pack-contents.ts';
import type { Detector, Ipe } from '../pack-input.ts';
import type { PackPredicate } from '../statement.ts';
import { failCheck } from './check.ts';
import { describedNumbers } from './described-numbers.ts';
import { noOrigin, noteOrigin, type Origin, type RecordedConnection } from './origin-claims.ts';
import { take, type Watcher } from './watcher.ts';

/** Between the clocks of two computers that were compared a moment before. */
const toleranceMicroseconds = 300_000_000;

function checkPerson({ reviewer, preparer }: PackPredicate, origin: Origin): void {
  const { reviewer: recorded, keys } = origin;
  if (recorded !== null && canonicalJson(recorded) !== canonicalJson(reviewer))
    failCheck('tampered', 'The statement names another reviewer of record than the ledger.');
  if (keys.size > 0 && !keys.has(preparer.fingerprint))
    failCheck('tampered', 'The statement names a key of the preparer that the ledger does not know.');
}

function checkSource({ source, zone, previousPackSha256 }: PackPredicate, origin: Origin): void {
  const { connections, previousPackSha256: recorded } = origin;
  if (recorded !== null && previousPackSha256 !== recorded)
    failCheck('tampered', 'The statement names another previous pack than the ledger records.');
  const last = connections.at(-1);
  if (last === undefined) return;
  const { database, user, sourceAccount, mapping } = last;
  const claimed = source && {
    database: source.database,
    user: source.user,
    table: source.table,
    sourceAccount: source.sourceAccount,
  };
  if (
    canonicalJson(claimed) !== canonicalJson({ database, user, table: mapping?.table ?? '', sourceAccount })
  )
    failCheck('tampered', 'The statement names another source than the ledger.');
  if (zone !== last.zone) failCheck('tampered', 'The statement names another time zone than the ledger.');
}

/** A period without an end reaches to the last event. */
function checkPeriod({ period }: PackPredicate, { days, rows }: Ipe): void {
  if (rows === 0) return;
  const [first, last] = [days[0]?.day, days.at(-1)?.day];
  const isWithin = (at: string | null): boolean =>
    at === null ||
    first === undefined ||
    last === undefined ||
    (at.slice(0, 10) >= first && at.slice(0, 10) <= last);
  if (!isWithin(period.from) || !isWithin(period.to))
    failCheck('tampered', 'The period of the statement goes beyond the days of the population.');
}

function checkReading({ source, asOf }: PackPredicate, ipe: Ipe, { connections }: Origin): void {
  if (source !== null && ipe.server !== undefined && ipe.server !== source.server)
    failCheck('tampered', 'The statement names another server than ipe.json.');
  const first = connections[0]?.serverMicroseconds ?? null;
  if (ipe.serverTime !== null && first !== null) {
    if (parseInstant(ipe.serverTime) < first - toleranceMicroseconds)
      failCheck(
        'tampered',
        `The events are said to be read at ${ipe.serverTime}, before the workstation was first connected.`,
      );
  }
  if (asOf !== null && ipe.last !== null && parseInstant(ipe.last.at) > parseInstant(asOf))
    failCheck('tampered', 'The population holds events of after the moment it was judged as of.');
}

function isKnownQuery(
  { query, parameters }: Ipe,
  connections: readonly RecordedConnection[],
  asOf: string | null,
) {
  const untilMicroseconds = asOf === null ? null : parseInstant(asOf);
  return connections.some(({ mapping, sourceAccount }) => {
    if (mapping === null) return false;
    const { text, values } = populationQuery(mapping, { sourceAccount, untilMicroseconds });
    const given = parameters.map(({ value }) => value);
    return text === query && canonicalJson(given) === canonicalJson(values);
  });
}

/** What the ledger makes doubtful without disproving it. */
function doubtsOf({ asOf }: PackPredicate, ipe: Ipe, { connections }: Origin): string[] {
  if (connections.length === 0) return [];
  const users = connections.map(({ user }) => user);
  const databases = connections.map(({ database }) => database);
  return [
    ...(ipe.role !== null && !users.includes(ipe.role)
      ? [
          `The events are said to be read as the role “${ipe.role}”, while the ledger connects as “${users.at(-1) ?? ''}”.`,
        ]
      : []),
    ...(ipe.database !== null && !databases.includes(ipe.database)
      ? [
          `The events are said to be of the database “${ipe.database}”, while the ledger connects to “${databases.at(-1) ?? ''}”.`,
        ]
      : []),
    ...(ipe.query !== '' && !isKnownQuery(ipe, connections, asOf)
      ? [
          'The query of the population is not recognised: this version makes another one for the connections of the ledger.',
        ]
      : []),
  ];
}

/** What nothing in a pack can prove. */
const asserted =
  'Asserted by the signer, and not to be proven from the pack: the SHA-256 of the events, their number on each day, their first and last, the snapshot and the server.';

/** @param reservations is given the sentences about what stays doubtful */
export function watchOrigin(predicate: PackPredicate, reservations: string[]): Watcher {
  const origin = noOrigin();
  let ipe: Ipe | null = null;
  let detectors: readonly Detector[] = [];
  return {
    name: 'origin',
    takes: [
      take(ledgerPart, ({ entry }) => noteOrigin(origin, entry)),
      take(ipePart, (found) => void (ipe = found)),
      take(detectorsPart, (found) => void (detectors = found)),
    ],
    end: () => {
      if (ipe === null) return failCheck('malformed', 'ipe.json was not read.');
      checkPerson(predicate, origin);
      checkSource(predicate, origin);
      checkPeriod(predicate, ipe);
      checkReading(predicate, ipe, origin);
      // Older versions may have had other numbers under the same name of a method.
      const different = describedNumbers(detectors, origin.detection);
      if (different !== null && predicate.reportFormat !== undefined)
        failCheck('tampered', `detectors.json gives other numbers for “${different}” than the ledger does.`);
      const doubts = doubtsOf(predicate, ipe, origin);
      reservations.push(...doubts);
      const settled =
        origin.connections.length === 0
          ? 'The ledger records no connection to a database to hold the reading against.'
          : 'Reviewer, source, time zone and previous pack are as the ledger records them.';
      return [settled, ...doubts, asserted].join(' ');
    },
  };
}
