// A finding for tests: of dana, one hour long, open.
import type { Finding } from '../../src-shared/model/finding.ts';

export function makeFinding(id: string, of: Partial<Finding> = {}): Finding {
  return {
    id,
    version: 1,
    detector: 'nb',
    methodVersion: 'nb/1',
    sourceAccount: 'primary',
    actor: 'dana',
    actorName: null,
    entity: { kind: 'actor', value: of.actor ?? 'dana' },
    action: 'role_grant',
    start: '2026-11-02T09:00:00.000Z',
    end: '2026-11-02T10:00:00.000Z',
    count: 5,
    score: 4,
    threshold: 2.87,
    severity: 'medium',
    explanation: 'Five times. Usually none.',
    explanationParts: {
      what: 'Five times.',
      expected: null,
      unusual: 'Usually none.',
      comparedWith: null,
      alsoSeen: null,
      confidence: null,
      method: 'nb/1',
      wouldChange: null,
    },
    evidence: {},
    eventIds: [],
    foundAt: '2026-11-03T00:00:00.000Z',
    disposition: null,
    dispositionNote: null,
    disposedAt: null,
    disposedBy: null,
    suppressedBy: null,
    blindCheck: false,
    ...of,
  };
}
