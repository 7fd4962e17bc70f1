// Puts findings of any kind into a cache, without anything having been judged.
import { findingWriter, type FindingRecord } from '../../../src-main/store/cache/findings.ts';
import type { DatabaseHandle } from '../../../src-main/store/database.ts';

export const hourUs = 3_600_000_000;
export const startUs = Date.parse('2026-11-02T00:00:00Z') * 1000;

/** By default nb about dana, S = 4, from the first hour of Monday 2 November 2026 (UTC). */
export function insertFinding(
  cache: DatabaseHandle,
  id: string,
  changes: Partial<Omit<FindingRecord, 'actorName'>> = {},
): void {
  const startMicroseconds = changes.startMicroseconds ?? startUs;
  findingWriter(cache)({
    id,
    version: 1,
    flagged: true,
    detector: 'nb',
    methodVersion: 'nb/1',
    sourceAccount: 'primary',
    actor: 'dana',
    entity: { kind: 'actor', value: changes.actor ?? 'dana' },
    action: 'document.read',
    startMicroseconds,
    endMicroseconds: startMicroseconds + hourUs,
    count: 6,
    score: 4,
    threshold: 2.87,
    severity: 'medium',
    explanationParts: {
      what: 'Many.',
      expected: null,
      unusual: 'Very.',
      comparedWith: null,
      alsoSeen: null,
      confidence: null,
      method: 'nb/1',
      wouldChange: null,
    },
    evidence: { surprise: 4 },
    eventIds: [],
    foundMicroseconds: startMicroseconds + 2 * hourUs,
    ...changes,
  });
}
