// The evaluation as plain tables.
import { formatInstant } from '#shared/time/instant.ts';
import { table } from '../../../src-main/shell/cli/print.ts';
import type { EventSet } from './event-set.ts';
import type { Evaluation } from './evaluation.ts';
import { matchRule } from './match.ts';
import type { ReadingReport } from './reading.ts';
import type { IncidentOutcome } from './score.ts';
import { precisionRule } from './tables.ts';

const standings = ['hits', 'alert', 'review', 'labelled', 'quiet', 'unlabelled'];

/** Everything there is to read, in reading order. */
export function printEvaluation(
  evaluation: Evaluation,
  set: EventSet,
  readings: readonly ReadingReport[],
): string {
  const { scores, totals, labels, events, actors, period, zone, queue } = evaluation;
  const size = `${events} events of ${actors} actors on ${period.days} days, ${period.actorDays} actor-days; local hours in ${zone}; ${queue} events in the privileged queue.`;
  const sections = [
    section(
      'Read',
      [...readings.flatMap(readingLines), ...set.notes, ...strangerLines(evaluation), size].join('\n'),
    ),
    section('Coverage', coverage(evaluation)),
    section('Incidents, whole set of detectors', incidents(scores.all.outcomes)),
    section('In total', inTotal(totals)),
    section('By detector, whole set', byDetector(evaluation)),
    section('By severity, whole set', table(evaluation.severities, ['severity', ...standings, 'precision'])),
    section('Incidents found, by kind', byKind(evaluation)),
    labels.length === 0
      ? null
      : section('Labelled events', table(labels, ['label', 'events', 'inFindings', 'inQueue', 'inEither'])),
    section('Where unlabelled hits come from, the most first', loudest(evaluation)),
    section('Definitions', `${matchRule}\n${precisionRule}`),
  ];
  return sections.filter((text) => text !== null).join('\n\n');
}

function section(title: string, text: string): string {
  return `${title}\n${'─'.repeat(title.length)}\n${text}`;
}

function readingLines({ path, lines, accepted, skipped, examples, remarks }: ReadingReport): string[] {
  return [
    `${path}: ${accepted} of ${lines} lines${skipped === 0 ? '' : `, ${skipped} skipped`}`,
    ...examples.map(({ line, reason }) => `  line ${line} skipped: ${reason}`),
    ...(skipped > examples.length ? [`  and ${skipped - examples.length} more skipped lines`] : []),
    ...[...remarks].map(([remark, count]) => `  ${count} × ${remark}`),
  ];
}

function strangerLines({ strangers }: Evaluation): string[] {
  return [
    ...(strangers.labels === 0 ? [] : [`${strangers.labels} labels are about events that are not here`]),
    ...(strangers.incidentEvents === 0
      ? []
      : [`${strangers.incidentEvents} events that incidents name are not here`]),
  ];
}

function coverage({ runs, gaps }: Evaluation): string {
  const rows = runs.map(({ detector, version, state, detail, listed, ms }) => {
    return { detector, version, state, hits: listed.length, ms: Math.round(ms), detail };
  });
  const lacking = gaps.map(({ id, needs }) => {
    return { detector: id, version: '', state: 'not evaluable', hits: 0, ms: 0, detail: `needs ${needs}` };
  });
  return table([...rows, ...lacking], ['detector', 'version', 'state', 'hits', 'ms', 'detail']);
}

function incidents(outcomes: readonly IncidentOutcome[]): string {
  const rows = outcomes.map(({ incident, found, by, first, cited, inQueue, hits, cases, mistakenBy }) => ({
    incident: incident.incident,
    kind: incident.kind,
    expect: incident.benign ? `${incident.expect}, benign` : incident.expect,
    result: resultOf(incident.expect, found),
    'first found by': first?.detector ?? '',
    when: first ? formatInstant(first.fromMicroseconds).replace(/\.\d+Z$/, 'Z') : '',
    score: first ? first.score : '',
    severity: first?.severity ?? '',
    hits,
    cases,
    'cites most': `${cited}/${incident.eventIds.length}`,
    'in queue': inQueue,
    'also by': by.slice(1).join(' '),
    'mistaken by': mistakenBy.join(' '),
  }));
  return table(rows, Object.keys(rows[0] ?? {}));
}

function resultOf(expect: string, found: IncidentOutcome['found']): string {
  if (expect === 'quiet') return found === 'finding' ? 'FALSE ALARM' : 'quiet';
  return found === 'missed' ? 'MISSED' : found;
}

function inTotal(totals: Evaluation['totals']): string {
  const rows = Object.entries(totals).map(([detectors, row]) => ({ detectors, ...row }));
  return [
    table(rows, ['detectors', 'hits', 'cases', 'hitsPerDay', 'hitsPerActorDay', 'casesPerActorDay']),
    table(rows, ['detectors', 'alertsFound', 'reviewsFound', 'reviewsQueued', 'quietListed', 'benignHits']),
    table(rows, ['detectors', ...standings, 'precision']),
  ].join('\n\n');
}

function byDetector({ detectors, labels }: Evaluation): string {
  const shares = ['precision', 'alertsFound', 'recall', 'reviewsFound', 'hitsPerActorDay'];
  const events = ['citesLabelled', 'citesQuiet'];
  const silent = detectors.filter(({ hits }) => hits === 0).map(({ detector }) => detector);
  return [
    table(
      detectors.filter(({ hits }) => hits > 0),
      ['detector', ...standings, ...shares, ...(labels.length === 0 ? [] : events)],
    ),
    ...(silent.length === 0 ? [] : [`Ran and listed nothing: ${silent.join(', ')}.`]),
  ].join('\n');
}

function byKind({ kinds, scores }: Evaluation): string {
  const names = Object.keys(scores);
  const rows = kinds.map(({ kind, expect, incidents, found }) => ({ kind, expect, incidents, ...found }));
  return table(rows, ['kind', 'expect', 'incidents', ...names]);
}

const loudestShown = 15;

function loudest({ scores }: Evaluation): string {
  const unknown = scores.all.judged.filter(({ standing }) => standing === 'unlabelled').map(({ hit }) => hit);
  const groups = Map.groupBy(unknown, (hit) => JSON.stringify([hit.detector, hit.entity, hit.action]));
  const rows = [...groups.values()]
    .toSorted((one, other) => other.length - one.length)
    .slice(0, loudestShown)
    .map((group) => {
      const { detector, entity, action, score } = group[0]!;
      return {
        detector,
        entity: entity.kind,
        value: entity.value,
        action,
        hits: group.length,
        'a score': score,
      };
    });
  return table(rows, ['detector', 'entity', 'value', 'action', 'hits', 'a score']);
}
