// The findings for evidence: every one after the other, by start and id, without ever holding all of them.
import type { Finding } from '#shared/model/finding.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { readFindingMethods, readFindingStarts, type FindingMethod } from '../store/cache/finding-order.ts';
import { readFinding, readFindings } from '../store/cache/findings.ts';
import { readHorizon } from '../store/cache/runs.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { suppressionOf } from './exceptions-in-force.ts';
import { toFinding } from './findings.ts';
import type { LedgerState } from './projection.ts';

/** The same findings as listed on screen. What exceptions hide depends on all findings, which are then read once at once. */
export function* findingsInOrder(cache: DatabaseHandle, state: LedgerState): Generator<Finding> {
  const horizon = readHorizon(cache);
  const suppression = suppressionOf(state.exceptions.length === 0 ? [] : readFindings(cache, horizon), state);
  const order = readFindingStarts(cache, horizon)
    .map(({ id, startMicroseconds }) => ({ id, start: formatInstant(startMicroseconds) }))
    .toSorted((a, b) => compare(a.start, b.start) || compare(a.id, b.id));
  for (const { id } of order) {
    const record = readFinding(cache, id);
    if (record) yield toFinding(record, state, suppression);
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** By which methods there are findings; of each detector the one of its most severe finding comes first. */
export const findingMethods = (cache: DatabaseHandle): readonly FindingMethod[] =>
  readFindingMethods(cache, readHorizon(cache));
