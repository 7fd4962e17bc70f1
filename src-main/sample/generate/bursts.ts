// Busy hours that are nobody's fault, and hours in which the log itself is missing.
import { microsecondsPerHour } from '#shared/time/instant.ts';
import type { Cast } from './cast.ts';
import {
  atOffice,
  dateBeforeEnd,
  microsecondsPerMinute,
  scatter,
  script,
  type IncidentScript,
} from './incident-script.ts';
import type { Random } from './random.ts';

/** The last working day of October: accounts are closed, and everybody in finance knows why. */
export function monthEndClose(cast: Cast, random: Random, which: number): IncidentScript | null {
  const actor = cast.take('finance');
  if (actor === null) return null;
  const from = atOffice(actor, 17, 14);
  const times = scatter(36, { from, to: from + 140 * microsecondsPerMinute }, random);
  const actions = ['report.run', 'report.run', 'record.update', 'record.export'];
  return script({
    incident: `month-end-close:${which}`,
    kind: 'month_end_close',
    expect: 'quiet',
    benign: true,
    note: 'closing the month, as on the last working day of every month',
    actor,
    drafts: times.map((at) => ({ by: actor, at, eventType: random.pick(actions) })),
  });
}

/** An announced release: tables change and plugins are exchanged within an hour. */
export function releaseDay(cast: Cast, random: Random): IncidentScript | null {
  const actor = cast.take('admin');
  if (actor === null) return null;
  const from = atOffice(actor, 13, 14.05);
  const actions =
    'schema_alter schema_alter plugin.uninstalled plugin.installed schema_alter schema_alter plugin.uninstalled plugin.installed plugin.installed schema_alter schema_alter plugin.installed'.split(
      ' ',
    );
  const times = scatter(actions.length, { from, to: from + 52 * microsecondsPerMinute }, random);
  return script({
    incident: 'release-day:1',
    kind: 'release_day',
    expect: 'quiet',
    benign: true,
    note: 'an announced release; the changes were approved beforehand',
    actor,
    drafts: times.map((at, index) => ({ by: actor, at, eventType: actions[index] ?? 'schema_alter' })),
  });
}

/** Four hours of a working day for which there is no event of anybody. */
export function logGap(): IncidentScript {
  const from = Date.parse(`${dateBeforeEnd(12)}T12:00Z`) * 1000;
  return {
    incident: 'log-gap:1',
    kind: 'log_gap',
    expect: 'alert',
    benign: false,
    note: 'no event of anybody, machines included, for four hours of a working day',
    actor: null,
    ip: '',
    span: { from, to: from + 4 * microsecondsPerHour },
    drafts: [],
    prepare: () => undefined,
  };
}
