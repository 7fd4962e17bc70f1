// Holds what was listed against what really happened.
import { foldCases } from '../../../src-main/analytics/cases.ts';
import { quietById, type Incident, type Label } from './incidents.ts';
import { speaksOf } from './kinds.ts';
import type { Listed } from './listed.ts';
import { matcherOf } from './match.ts';

export interface Truth {
  readonly incidents: readonly Incident[];
  readonly labels: readonly Label[];
  /** Ids of events in the privileged queue. */
  readonly queue: ReadonlySet<string>;
}

/**
 * What a hit turned out to be about, the first that applies: an incident that should be found; an event labelled as worth
 * an alert; something that should be left alone, or is called what it is not; nothing anybody labelled, which is unknown.
 */
export type Standing = 'alert' | 'review' | 'labelled' | 'quiet' | 'unlabelled';

export interface JudgedHit {
  readonly hit: Listed;
  readonly standing: Standing;
}

export interface IncidentOutcome {
  readonly incident: Incident;
  readonly found: 'finding' | 'queue' | 'missed';
  /** Detectors that found it, the earliest hit first. */
  readonly by: readonly string[];
  readonly first: Listed | null;
  /** The most events of the incident that one hit cites. */
  readonly cited: number;
  readonly inQueue: number;
  readonly hits: number;
  readonly cases: number;
  /** Detectors that took it for a kind it is not. */
  readonly mistakenBy: readonly string[];
}

export interface Score {
  readonly judged: readonly JudgedHit[];
  readonly outcomes: readonly IncidentOutcome[];
  readonly cases: number;
}

type Touch = { readonly hit: Listed; readonly cited: number; readonly isMistaken: boolean };

export function scoreOf(listed: readonly Listed[], truth: Truth): Score {
  const stories = foldCases(listed);
  const caseOf = new Map(stories.flatMap(({ id, members }) => members.map(({ identity }) => [identity, id])));
  const touches = truth.incidents.map((incident) => touchesOf(incident, listed));
  const outcomes = truth.incidents.map((incident, at) =>
    outcomeOf(incident, touches[at]!, truth.queue, caseOf),
  );
  const standings = new Map<Listed, Standing>();
  for (const [at, incident] of truth.incidents.entries())
    for (const { hit, isMistaken } of touches[at]!)
      raise(standings, hit, isMistaken ? 'quiet' : incident.expect);
  const labels = quietById(truth.labels);
  const judged = listed.map((hit) => {
    for (const id of hit.eventIds) {
      const isQuiet = labels.get(id);
      if (isQuiet !== undefined) raise(standings, hit, isQuiet ? 'quiet' : 'labelled');
    }
    return { hit, standing: standings.get(hit) ?? 'unlabelled' };
  });
  return { judged, outcomes, cases: stories.length };
}

const order: readonly Standing[] = ['alert', 'review', 'labelled', 'quiet', 'unlabelled'];

function raise(standings: Map<Listed, Standing>, hit: Listed, standing: Standing): void {
  const before = standings.get(hit) ?? 'unlabelled';
  if (order.indexOf(standing) < order.indexOf(before)) standings.set(hit, standing);
}

function touchesOf(incident: Incident, listed: readonly Listed[]): Touch[] {
  const match = matcherOf(incident);
  return listed.flatMap((hit) => {
    const found = match(hit);
    if (!found) return [];
    const isMistaken = incident.notKinds.some((kind) => speaksOf(hit.detector, kind));
    return [{ hit, cited: found.cited, isMistaken }];
  });
}

function outcomeOf(
  incident: Incident,
  touches: readonly Touch[],
  queue: ReadonlySet<string>,
  caseOf: ReadonlyMap<string, string>,
): IncidentOutcome {
  const sound = touches
    .filter(({ isMistaken }) => !isMistaken)
    .toSorted((one, other) => one.hit.fromMicroseconds - other.hit.fromMicroseconds);
  const inQueue = incident.eventIds.filter((id) => queue.has(id)).length;
  const isQueued = incident.expect === 'review' && inQueue > 0;
  return {
    incident,
    found: sound.length > 0 ? 'finding' : isQueued ? 'queue' : 'missed',
    by: [...new Set(sound.map(({ hit }) => hit.detector))],
    first: sound[0]?.hit ?? null,
    cited: sound.reduce((most, { cited }) => Math.max(most, cited), 0),
    inQueue,
    hits: sound.length,
    cases: new Set(sound.map(({ hit }) => caseOf.get(hit.identity))).size,
    mistakenBy: [...new Set(touches.filter(({ isMistaken }) => isMistaken).map(({ hit }) => hit.detector))],
  };
}
