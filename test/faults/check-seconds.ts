// The law about second persons: what a rule asked a second person for left only after one had agreed, and nobody stood against it.
import { z } from 'zod';
import {
  defaultFourEyesRules,
  fourEyesRules,
  type FourEyesRule,
} from '../../src-shared/model/independence.ts';
import { announcedIn, type FileEntry, type LedgerFile } from './read-ledger.ts';
import type { Report, ToldWithBooks } from './told.ts';

const concurrence = z.looseObject({ decision: z.string(), agree: z.boolean() });
const shown = z.looseObject({ severity: z.string().nullable() });
const changedRules = z.looseObject({ after: fourEyesRules });

export function checkSeconds({ books, person }: ToldWithBooks, report: Report): void {
  for (const ledger of [...books.kept, books.current]) {
    for (const [place, sent] of ledger.entries.entries()) {
      const { decisions, anomalies = [] } = announcedIn(sent);
      for (const id of [...decisions, ...anomalies.map((anomaly) => anomaly.id)]) {
        if (needsSecond(ledger, id) && !hasSecond(ledger.entries.slice(0, place), id))
          report('what lacks its second person was sent', `${person.name}: ${id}`);
      }
    }
  }
}

/** By the rules in force when it was made, and by what it says itself. */
function needsSecond({ entries }: LedgerFile, id: string): boolean {
  const place = entries.findIndex((entry) => entry.id === id);
  const act = entries[place];
  if (act === undefined) return false;
  const said = z.array(z.string()).optional().parse(act.payload['fourEyes']) ?? [];
  return said.length > 0 || rulesBefore(entries.slice(0, place)).some((rule) => asksFor(rule, act));
}

function rulesBefore(entries: readonly FileEntry[]): readonly FourEyesRule[] {
  const changed = entries.findLast(({ type }) => type === 'four-eyes-changed');
  return changed === undefined ? defaultFourEyesRules : changedRules.parse(changed.payload).after;
}

function asksFor(rule: FourEyesRule, { type, payload }: FileEntry): boolean {
  const includes = (wanted: readonly string[] | null, found: unknown) =>
    wanted === null || wanted.some((one) => one === found);
  if (type === 'anomaly-disposition') {
    if (rule.about === 'decision') return false;
    const { severity } = shown.parse(payload['shown']);
    return includes(rule.severities, severity) && includes(rule.dispositions, payload['disposition']);
  }
  // The events of the harness state no severity that a rule is about.
  if (type !== 'decision' || rule.about !== 'decision' || rule.severities !== null) return false;
  const isFinal = ['certify', 'modify', 'revoke'].includes(String(payload['decision']));
  return (
    isFinal && includes(rule.decisions, payload['decision']) && includes(rule.actions, payload['action'])
  );
}

function hasSecond(before: readonly FileEntry[], id: string): boolean {
  const act = before.find((entry) => entry.id === id);
  const latest = new Map(
    before
      .filter(({ type, payload }) => type === 'concurrence' && concurrence.parse(payload).decision === id)
      .map(({ actor, payload }) => [actor, concurrence.parse(payload).agree]),
  );
  if (act) latest.delete(act.actor);
  return latest.size > 0 && [...latest.values()].every((agree) => agree);
}
