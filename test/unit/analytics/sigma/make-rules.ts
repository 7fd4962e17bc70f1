// Short ways to write rules, events and histories for the tests of this folder.
import { buildHistory, type HistoryEvent } from '../../../../src-main/analytics/history/build-history.ts';
import type { History } from '../../../../src-main/analytics/history/history.ts';
import type { Scope } from '../../../../src-main/analytics/detector.ts';
import { segmentFields, type Segment } from '../../../../src-main/analytics/history/segment.ts';
import { matchRule } from '../../../../src-main/analytics/sigma/match-rule.ts';
import { parseRules } from '../../../../src-main/analytics/sigma/parse-rules.ts';
import { RulesRefused } from '../../../../src-main/analytics/sigma/refusal.ts';
import type { EventRule, SigmaRule } from '../../../../src-main/analytics/sigma/rule.ts';
import { parseInstant } from '#shared/time/instant.ts';

/** A whole rule around a detection, given as YAML without indentation. */
export function ruleText(detection: string, extra = ''): string {
  const body = detection
    .trim()
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
  return `title: A rule\nlogsource: { product: nself, service: auditlog }\nlevel: medium\n${extra}detection:\n${body}\n`;
}

export function eventRule(text: string): EventRule {
  const [rule] = parseRules(text);
  if (rule?.kind !== 'event') throw new Error('This is not one rule about single events.');
  return rule;
}

/** The reasons for which a text was refused, by line. */
export function refusalsOf(text: string): string[] {
  try {
    parseRules(text);
  } catch (error) {
    if (error instanceof RulesRefused) return error.refusals.map(({ line, reason }) => `${line}: ${reason}`);
    throw error;
  }
  return [];
}

export interface EventDraft {
  readonly at?: string;
  readonly sourceAccount?: string;
  readonly actor?: string;
  readonly action?: string;
  readonly fields?: HistoryEvent['fields'];
  readonly metadata?: unknown;
}

let made = 0;

export function event(draft: EventDraft): HistoryEvent {
  made += 1;
  const metadata = draft.metadata === undefined ? {} : { metadata: JSON.stringify(draft.metadata) };
  return {
    id: String(made).padStart(8, '0'),
    createdAtMicroseconds: parseInstant(draft.at ?? '2026-11-02T10:00:00Z'),
    sourceAccount: draft.sourceAccount ?? 'primary',
    actor: draft.actor ?? 'dana',
    action: draft.action ?? 'record.read',
    fields: { ...draft.fields, ...metadata },
  };
}

/** A history in which every field counts as mirrored. */
export function historyOf(events: readonly HistoryEvent[]): History {
  return buildHistory(events, new Set(segmentFields));
}

export function daysOf(history: History): number[] {
  return history.activity.map(({ day }) => day);
}

export function scopeOf(history: History, changes: Partial<Scope> = {}): Scope {
  return {
    days: daysOf(history),
    untilMicroseconds: Infinity,
    touched: null,
    zone: 'Europe/Berlin',
    privilegedActions: new Set(),
    holidays: new Set(),
    ...changes,
  };
}

/** Whether a detection matches one event. */
export function matches(detection: string, draft: EventDraft): boolean {
  const history = historyOf([event(draft)]);
  return matchRule(eventRule(ruleText(detection)), history, daysOf(history)).length === 1;
}

export function matchedIds(rule: SigmaRule, history: History, days = daysOf(history)): string[] {
  if (rule.kind !== 'event') throw new Error('Only rules about single events match events.');
  return matchRule(rule, history, days).map(({ segment, index }) => segment.idAt(index));
}

/** The same history with its segments cut after every so many events. */
export function recut(history: History, length: number): History {
  const segments = history.segments.flatMap((segment) => {
    const pieces: Segment[] = [];
    for (let from = 0; from < segment.length; from += length)
      pieces.push(pieceOf(segment, from, Math.min(segment.length, from + length)));
    return pieces;
  });
  return { ...history, segments };
}

function pieceOf(segment: Segment, from: number, to: number): Segment {
  return {
    length: to - from,
    microseconds: segment.microseconds.slice(from, to),
    series: segment.series.slice(from, to),
    idAt: (index) => segment.idAt(from + index),
    column: (field) => {
      const column = segment.column(field);
      return column && { codes: column.codes.slice(from, to), values: column.values };
    },
  };
}

/** The same history with actors and series numbered the other way round. */
export function renumbered(history: History): History {
  const lastActor = history.actors.length - 1;
  const lastSeries = history.series.length - 1;
  return {
    ...history,
    actors: history.actors.toReversed(),
    series: history.series.map(({ actor, action }) => ({ actor: lastActor - actor, action })).toReversed(),
    segments: history.segments.map((segment) => ({
      ...segment,
      series: segment.series.map((series) => lastSeries - series),
    })),
  };
}
