// Which findings are listed and how severe they are, without what they say: asking again costs what is new.
import { severities, type Severity } from '#shared/model/severity.ts';
import type { DatabaseHandle } from '../database.ts';
import { row, rows } from '../query.ts';
import { inSlices } from './in-slices.ts';

export type TalliedFinding = {
  /** Row of the newest version that stood out: another one is another result. */
  readonly place: number;
  readonly severity: Severity;
  readonly startMicroseconds: number;
};

type Tally = {
  readonly epoch: number;
  lastPlace: number;
  readonly findings: Map<string, TalliedFinding>;
};

const tallies = new WeakMap<DatabaseHandle, Tally>();
const pieceRows = 500;

/** Every listed finding by its id, as its newest version that stood out. Read piece by piece where there are many. */
export async function tallyFindings(database: DatabaseHandle): Promise<ReadonlyMap<string, TalliedFinding>> {
  let findings: ReadonlyMap<string, TalliedFinding> = new Map();
  await inSlices(() => {
    const tally = currentTally(database);
    findings = tally.findings;
    return readPiece(database, tally);
  });
  return findings;
}

/** Versions are only ever added, until the mirror becomes another source's. */
function currentTally(database: DatabaseHandle): Tally {
  const { epoch } = row<{ epoch: number }>(database, 'SELECT epoch FROM mirror_revision')!;
  const known = tallies.get(database);
  if (known?.epoch === epoch) return known;
  const fresh = { epoch, lastPlace: 0, findings: new Map() };
  tallies.set(database, fresh);
  return fresh;
}

type VersionRow = { place: number; id: string; flagged: number; severity: string; start_us: number };

function readPiece(database: DatabaseHandle, tally: Tally): boolean {
  const versions = rows<VersionRow>(
    database,
    `SELECT rowid AS place, id, flagged, severity, start_us FROM finding_version WHERE rowid > ? ORDER BY rowid LIMIT ?`,
    tally.lastPlace,
    pieceRows,
  );
  for (const { place, id, flagged, severity: name, start_us: startMicroseconds } of versions) {
    tally.lastPlace = place;
    const severity = severities.find((known) => known === name);
    if (flagged === 1 && severity) tally.findings.set(id, { place, severity, startMicroseconds });
  }
  return versions.length < pieceRows;
}
