// Commands about decisions that the audit database has otherwise.
import type { Conflict } from '#shared/model/conflict.ts';
import { conflictStandings } from '#shared/model/conflict.ts';
import { oneOf, required, text, type Command } from './command.ts';
import { facts, table } from './print.ts';

const conflicts: Command = {
  usage: 'conflicts [--standing open|closed|corroboration]',
  description: 'where the audit database holds another decision than ours',
  options: { standing: { type: 'string', value: 'S', description: 'only these' } },
  run: async ({ values, call }) => {
    const standing = text(values, 'standing');
    const json = await (
      await call()
    ).conflicts.list(
      standing === undefined ? {} : { standing: oneOf(standing, conflictStandings, '--standing') },
    );
    const { open, closed, corroborations } = json;
    const columns = [
      'review',
      'standing',
      'cause',
      'action',
      'actor',
      'ours',
      'theirs',
      'reviewer',
      'reviewedAt',
    ];
    return {
      json,
      text: `${open} open, ${closed} closed, ${corroborations} corroborated\n\n${table(json.conflicts.map(rowOf), columns)}`,
    };
  },
};

function rowOf({ review, standing, cause, item, ours, theirs }: Conflict) {
  return {
    review,
    standing,
    cause,
    action: item.action,
    actor: item.actor,
    ours: ours.decision,
    theirs: theirs === null ? 'nothing' : (theirs.decision ?? 'see notes'),
    reviewer: theirs?.reviewer ?? null,
    reviewedAt: theirs?.reviewedAt ?? null,
  };
}

const conflict: Command = {
  usage: 'conflict show|close REVIEW [--note T]',
  description: 'both decisions side by side; closing puts on record that somebody looked at them',
  positionals: 2,
  options: { note: { type: 'string', value: 'T', description: 'close: what came of it, in a sentence' } },
  run: async ({ positionals, values, call }) => {
    const verb = oneOf(positionals[0], ['show', 'close'], 'conflict');
    const id = positionals[1]!;
    const client = await call();
    if (verb === 'show') {
      const json = await client.conflicts.get({ id });
      const { conflict: found, ours, theirs, changes } = json;
      const shown = {
        ...rowOf(found),
        oursInFull: ours,
        theirsInFull: theirs,
        changes,
        closing: found.closing,
      };
      return {
        json,
        text: `${facts(shown)}\n\n${table(json.entries, ['seq', 'type', 'at', 'actor', 'id'])}`,
      };
    }
    const json = await client.conflicts.close({ id, note: required(values, 'note') });
    return {
      json,
      text: 'Closed. The row of the audit database stays as it is; should it change, the conflict opens again.',
    };
  },
};

export const conflictCommands: Readonly<Record<string, Command>> = { conflicts, conflict };
