// Commands about decisions and dispositions that the audit database has otherwise.
import { conflictStandings } from '#shared/model/conflict-standing.ts';
import { conflictKinds, subjectOf, type AnyConflict } from '#shared/model/conflict-list.ts';
import { oneOf, required, text, UsageError, type Command, type CommandContext } from './command.ts';
import { facts, table } from './print.ts';

const columns = [
  'kind',
  'id',
  'standing',
  'cause',
  'action',
  'actor',
  'ours',
  'theirs',
  'reviewer',
  'reviewedAt',
];
const kindOption = { type: 'string', value: 'K', description: 'review or anomaly' } as const;

const conflicts: Command = {
  usage: 'conflicts [--standing open|closed|corroboration] [--kind review|anomaly]',
  description: 'where the audit database holds another decision or disposition than ours',
  options: {
    standing: { type: 'string', value: 'S', description: 'only these' },
    kind: { ...kindOption, description: 'only those about review items, or about the source’s anomalies' },
  },
  run: async ({ values, call }) => {
    const standing = text(values, 'standing');
    const json = await (
      await call()
    ).conflicts.list({
      ...(standing === undefined ? {} : { standing: oneOf(standing, conflictStandings, '--standing') }),
      ...kindOf(values),
    });
    const { open, closed, corroborations } = json;
    return {
      json,
      text: `${open} open, ${closed} closed, ${corroborations} corroborated\n\n${table(json.conflicts.map(rowOf), columns)}`,
    };
  },
};

function kindOf(values: CommandContext['values']) {
  const kind = text(values, 'kind');
  return kind === undefined ? {} : { kind: oneOf(kind, conflictKinds, '--kind') };
}

function rowOf(conflict: AnyConflict) {
  const { kind, standing, cause } = conflict;
  return { kind, id: subjectOf(conflict), standing, cause, ...sidesOf(conflict) };
}

function sidesOf(conflict: AnyConflict) {
  if (conflict.kind === 'review') {
    const { item, ours, theirs } = conflict;
    return {
      action: item.action,
      actor: item.actor,
      ours: ours.decision,
      theirs: item.reopened
        ? 'row open again'
        : theirs === null
          ? 'nothing'
          : (theirs.decision ?? 'see notes'),
      reviewer: theirs?.reviewer ?? null,
      reviewedAt: theirs?.reviewedText ?? theirs?.reviewedAt ?? null,
    };
  }
  const { item, ours, theirs } = conflict;
  return {
    action: item.anomalyType,
    actor: item.user,
    ours: ours.disposition,
    theirs: theirs === null ? 'nothing' : (theirs.understoodAs ?? theirs.disposition ?? 'no word'),
    reviewer: theirs?.reviewedBy ?? null,
    reviewedAt: theirs?.reviewedAt ?? null,
  };
}

const conflict: Command = {
  usage: 'conflict show|close ID [--kind review|anomaly] [--note T]',
  description: 'both sides of a conflict; closing puts on record that somebody looked at them',
  positionals: 2,
  options: {
    kind: {
      ...kindOption,
      description: 'where a review item and an anomaly have the same id: review or anomaly',
    },
    note: { type: 'string', value: 'T', description: 'close: what came of it, in a sentence' },
  },
  run: async ({ positionals, values, call }) => {
    const verb = oneOf(positionals[0], ['show', 'close'], 'conflict');
    const request = { id: positionals[1]!, ...kindOf(values) };
    const client = await call();
    if (verb === 'show') {
      const json = await client.conflicts.get(request);
      const { conflict: found, ours, changes, entries } = json;
      const shown = {
        ...rowOf(found),
        oursInFull: ours,
        theirsInFull: json.kind === 'review' ? json.theirs : json.conflict.theirs,
        changes,
        closing: found.closing,
      };
      return {
        json,
        text: `${facts(shown)}\n\n${table(entries, ['seq', 'type', 'at', 'actor', 'id'])}`,
      };
    }
    const note = required(values, 'note');
    if (note.trim() === '') throw new UsageError('--note is needed: what came of it, in a sentence.');
    const json = await client.conflicts.close({ ...request, note });
    return {
      json,
      text: 'Closed. The row of the audit database stays as it is; should it change, the conflict opens again.',
    };
  },
};

export const conflictCommands: Readonly<Record<string, Command>> = { conflicts, conflict };
