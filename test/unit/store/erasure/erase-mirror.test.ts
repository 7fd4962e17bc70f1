// A person is erased from a real cache file: no byte of them is left, every count is as it was, and no pull brings them back.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPrivilegedEvents } from '../../../../src-main/store/cache/events.ts';
import {
  findingWriter,
  readFindings,
  type FindingRecord,
} from '../../../../src-main/store/cache/findings.ts';
import { countWriter, keepFetchedEvents } from '../../../../src-main/store/cache/cell-days.ts';
import { mirroredHistory } from '../../../../src-main/store/cache/resident.ts';
import { readEventsById } from '../../../../src-main/store/cache/events.ts';
import type { DatabaseHandle } from '../../../../src-main/store/database.ts';
import {
  compactMirror,
  countKeptRows,
  eraseFromMirror,
} from '../../../../src-main/store/erasure/erase-mirror.ts';
import { hideFrom } from '../../../../src-main/store/erasure/erased-people.ts';
import { pseudonymOf, tokenOf } from '../../../../src-main/store/erasure/keyed-names.ts';
import { personReplacer } from '../../../../src-main/store/erasure/replace-person.ts';
import { cellsOf, eventsOf } from '../../../support/mirror.ts';
import { makeEvent, mirror, mirrorWriter, openCache, temporaryFolder } from '../../../support/workspace.ts';

const key = Buffer.alloc(32, 7);
const actor = 'dana.delgado@example.org';
const pseudonym = pseudonymOf(key, actor);

/** Everything of the person that must not be found again. */
const traces = [
  actor,
  'Dana Delgado',
  '203.0.113.77',
  'Mozilla/5.0 (Dana)',
  'salary-of-dana',
  'note-about-dana',
];

const ofDana = {
  actor,
  actorName: 'Dana Delgado',
  ip: '203.0.113.77',
  userAgent: 'Mozilla/5.0 (Dana)',
  resourceId: 'salary-of-dana',
  metadata: '{"note":"note-about-dana"}',
};

function filledCache(folder: string): DatabaseHandle {
  const cache = openCache(folder);
  mirror(cache, [
    ...Array.from({ length: 30 }, (_, hour) =>
      makeEvent({
        ...ofDana,
        createdAtMicroseconds: Date.parse('2026-11-02T00:00:00Z') * 1000 + hour * 3_600_000_000,
      }),
    ),
    makeEvent({
      actor: 'erin',
      actorName: 'Erin Else',
      ip: '198.51.100.4',
      metadata: `{"granted_to":"${actor}"}`,
    }),
    makeEvent({ actor: 'erin', resourceId: actor }),
    makeEvent({ actor: 'dana', actorName: 'Another Dana', ip: '198.51.100.9' }),
  ]);
  const put = findingWriter(cache);
  cache.transaction(() => {
    put(finding({ id: 'z3-1', actor, entity: { kind: 'actor', value: actor } }));
    put(
      finding({
        id: 'z3-2',
        actor: 'erin',
        entity: { kind: 'actor', value: 'erin' },
        explanationParts: explained(`Dana Delgado (${actor}) and erin did it 12 times.`),
      }),
    );
  })();
  return cache;
}

const explained = (what: string): FindingRecord['explanationParts'] => ({
  what,
  expected: null,
  unusual: 'It is unusual.',
  comparedWith: null,
  alsoSeen: null,
  confidence: null,
  method: 'z3',
  wouldChange: null,
});

function finding(changes: Partial<FindingRecord>): Omit<FindingRecord, 'actorName'> {
  return {
    id: 'z3-1',
    version: 1,
    flagged: true,
    detector: 'z3',
    methodVersion: 'z3/1',
    sourceAccount: 'primary',
    actor,
    entity: { kind: 'actor', value: actor },
    action: 'document.read',
    startMicroseconds: Date.parse('2026-11-02T09:00:00Z') * 1000,
    endMicroseconds: Date.parse('2026-11-02T10:00:00Z') * 1000,
    count: 12,
    score: 9.5,
    threshold: 3,
    severity: 'high',
    explanationParts: explained(`Dana Delgado (${actor}) came from 203.0.113.77, 12 times.`),
    evidence: { with: actor, mean: 1.5 },
    eventIds: ['event-1'],
    foundMicroseconds: Date.parse('2026-11-03T00:00:00Z') * 1000,
    ...changes,
  };
}

/** Names of the traces that some file of the folder holds. */
function tracesIn(folder: string): string[] {
  const bytes = Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));
  return traces.filter((trace) => bytes.includes(trace));
}

const erase = (cache: DatabaseHandle) => {
  const done = eraseFromMirror(cache, actor, pseudonym);
  compactMirror(cache);
  return done;
};

describe('erasing a person from the mirror', () => {
  test('leaves no byte of them in any file, and no count otherwise than it was', () => {
    const folder = temporaryFolder();
    const cache = filledCache(folder);
    // What was removed from the file before lies in pages that are free by now.
    cache.exec('CREATE TABLE removed (text TEXT)');
    for (let row = 0; row < 5_000; row += 1)
      cache.prepare('INSERT INTO removed VALUES (?)').run(`${row} ${actor}`);
    cache.exec('DROP TABLE removed');
    expect(tracesIn(folder)).toEqual(traces);
    const before = {
      cells: cellsOf(cache),
      events: eventsOf(cache).map(({ id, microseconds }) => ({ id, microseconds })),
    };
    const done = erase(cache);
    expect(tracesIn(folder)).toEqual([]);
    expect(done).toMatchObject({ actors: 1, events: 30, keptEvents: 30, findings: 2 });
    expect(cellsOf(cache)).toEqual(before.cells);
    expect(eventsOf(cache).map(({ id, microseconds }) => ({ id, microseconds }))).toEqual(before.events);
    expect(eventsOf(cache).filter((event) => event.actor === pseudonym)).toHaveLength(30);
  });

  test('leaves others as they were, but for the mention, also those called alike', () => {
    const cache = filledCache(temporaryFolder());
    erase(cache);
    const kept = readPrivilegedEvents(cache, ['document.read'], null);
    const others = kept.filter((event) => event.actor !== pseudonym);
    expect(
      others.map(({ actor: who, actorName, ip, resourceId, metadata }) => ({
        who,
        actorName,
        ip,
        resourceId,
        metadata,
      })),
    ).toEqual(
      expect.arrayContaining([
        {
          who: 'erin',
          actorName: 'Erin Else',
          ip: '198.51.100.4',
          resourceId: null,
          metadata: `{"granted_to":"${pseudonym}"}`,
        },
        { who: 'erin', actorName: 'Erin Else', ip: null, resourceId: pseudonym, metadata: '{}' },
        { who: 'dana', actorName: 'Another Dana', ip: '198.51.100.9', resourceId: null, metadata: '{}' },
      ]),
    );
  });

  test('leaves findings that can be read, with their numbers', () => {
    const cache = filledCache(temporaryFolder());
    erase(cache);
    const [own, other] = readFindings(cache).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    expect(own).toMatchObject({
      actor: pseudonym,
      actorName: null,
      entity: { value: pseudonym },
      count: 12,
      score: 9.5,
    });
    expect(own!.explanationParts.what).toBe(`${pseudonym} (${pseudonym}) came from (erased), 12 times.`);
    expect(own!.evidence).toEqual({ with: pseudonym, mean: 1.5 });
    expect(other!.explanationParts.what).toBe(`${pseudonym} (${pseudonym}) and erin did it 12 times.`);
  });

  test('a pull of the same and of later events does not bring them back', () => {
    const folder = temporaryFolder();
    const cache = filledCache(folder);
    eraseFromMirror(cache, actor, pseudonym);
    hideFrom(cache, { key: key.toString('hex'), tokens: [tokenOf(key, actor)] });
    const later = Date.parse('2026-11-05T09:00:00Z') * 1000;
    mirrorWriter(cache)([
      makeEvent({ ...ofDana, createdAtMicroseconds: later }),
      makeEvent({ actor: 'erin', resourceId: actor, createdAtMicroseconds: later }),
    ]);
    keepFetchedEvents(cache, [makeEvent({ ...ofDana, id: 'fetched', createdAtMicroseconds: later + 1 })]);
    countWriter(cache)({
      batches: [],
      actorNames: [{ sourceAccount: 'primary', actor, name: 'Dana Delgado', microseconds: later }],
      kept: [],
      watermarkMicroseconds: null,
      nowMicroseconds: later,
    });
    compactMirror(cache);
    expect(tracesIn(folder)).toEqual([]);
    expect(mirroredHistory(cache).actors.filter(({ actor: who }) => who === pseudonym)).toHaveLength(1);
    expect(eventsOf(cache).filter((event) => event.actor === pseudonym)).toHaveLength(31);
    expect(readEventsById(cache, ['fetched']).get('fetched')).toMatchObject({
      actor: pseudonym,
      ip: null,
      metadata: null,
    });
  });

  test('a mirror that is built anew holds them under the same pseudonym', () => {
    const folder = temporaryFolder();
    const cache = openCache(folder);
    hideFrom(cache, { key: key.toString('hex'), tokens: [tokenOf(key, actor)] });
    mirror(cache, [makeEvent(ofDana)]);
    compactMirror(cache);
    expect(tracesIn(folder)).toEqual([]);
    expect(eventsOf(cache).map((event) => event.actor)).toEqual([pseudonym]);
  });

  test('somebody mirrored by name again and erased again is counted beside', () => {
    const cache = filledCache(temporaryFolder());
    erase(cache);
    mirror(cache, [
      makeEvent({ ...ofDana, createdAtMicroseconds: Date.parse('2026-11-09T09:00:00Z') * 1000 }),
    ]);
    erase(cache);
    expect(mirroredHistory(cache).actors.map(({ actor: who }) => who)).toEqual([
      pseudonym,
      'erin',
      'dana',
      `${pseudonym}/2`,
    ]);
  });

  test('what the audit database keeps in its own tables is counted as kept', () => {
    const cache = filledCache(temporaryFolder());
    expect(countKeptRows(cache, actor)).toEqual({ reviews: 0, anomalies: 0 });
    cache.exec(
      `INSERT INTO server_anomaly_version (id, version, user, seen_us) VALUES ('a', 1, '${actor}', 0), ('a', 2, '${actor}', 1)`,
    );
    expect(countKeptRows(cache, actor)).toEqual({ reviews: 0, anomalies: 1 });
  });
});

test('a person is replaced as whole words only', () => {
  const letters = fc.stringMatching(/^[a-z0-9]{1,8}$/);
  // Ids of every form, those of a pattern among them.
  const ids = fc.stringMatching(/^[a-z0-9][a-z0-9.*+?()[\]{}|/\\$^-]{0,8}[a-z0-9]$/);
  fc.assert(
    fc.property(ids, letters, fc.constantFrom('', '.', ',', ' x', '"', ')'), (id, other, end) => {
      // The words around it are not the person.
      fc.pre(id !== 'by' && id !== 'and');
      const replace = personReplacer({ actor: id, names: [], pseudonym: 'Actor P' });
      expect(replace(`by ${id}${end}`)).toBe(`by Actor P${end}`);
      expect(replace(`by ${other}${id} and ${id}-${other} and ${id}@${other}`)).toBe(
        `by ${other}${id} and ${id}-${other} and ${id}@${other}`,
      );
    }),
    { numRuns: 100 },
  );
});
