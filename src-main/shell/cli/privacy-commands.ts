// Commands about people in the data: pseudonyms in the place of names, looking behind them, and erasure.
import type { Privacy } from '#shared/model/privacy.ts';
import { required, text, UsageError, type Command } from './command.ts';
import { table } from './print.ts';

const pseudonyms: Command = {
  usage:
    'pseudonyms [--on | --off] [--purpose T] | [--unmask ACTOR | --unmask-all] [--minutes N] [--reason T] | [--lift PSEUDONYM]',
  description: 'whether names are masked, who may be seen until when, and who was erased; options change it',
  options: {
    on: { type: 'boolean', description: 'show actors as pseudonyms in every list, screen and exported list' },
    off: { type: 'boolean', description: 'show names again' },
    purpose: {
      type: 'string',
      value: 'T',
      description: 'with --on and --off: what the names are, or are not, needed for',
    },
    unmask: {
      type: 'string',
      value: 'ACTOR',
      description: 'look behind one pseudonym, for a time; put on record',
    },
    'unmask-all': { type: 'boolean', description: 'the same for everybody' },
    minutes: { type: 'string', value: 'N', description: 'for how long, 15 unless given, 480 at most' },
    reason: { type: 'string', value: 'T', description: 'needed to unmask and to lift an erasure' },
    lift: {
      type: 'string',
      value: 'PSEUDONYM',
      description: 'mirror later events of an erased person by name again',
    },
  },
  run: async ({ values, call }) => {
    const { privacy } = await call();
    const wanted = ['on', 'off', 'unmask', 'unmask-all', 'lift'].filter((name) => values[name] !== undefined);
    if (wanted.length > 1) throw new UsageError(`Give one of --${wanted.join(', --')}, not several.`);
    const reason = () => required(values, 'reason');
    switch (wanted[0]) {
      case 'on':
      case 'off':
        return described(
          await privacy.setMask({ isMasked: wanted[0] === 'on', purpose: required(values, 'purpose') }),
        );
      case 'unmask':
      case 'unmask-all':
        return described(
          await privacy.unmask({
            actor: text(values, 'unmask') ?? null,
            reason: reason(),
            minutes: minutesOf(text(values, 'minutes') ?? '15'),
          }),
        );
      case 'lift':
        return described(
          await privacy.liftErasure({ pseudonym: required(values, 'lift'), reason: reason() }),
        );
      default:
        return described(await privacy.get());
    }
  },
};

function minutesOf(given: string): number {
  const minutes = Number(given);
  if (Number.isInteger(minutes) && minutes > 0) return minutes;
  throw new UsageError('--minutes takes a whole number.');
}

function described(json: Privacy): { json: Privacy; text: string } {
  const { isMasked, purpose, unmaskings, erased } = json;
  const lines = [
    isMasked ? 'Actors are shown as pseudonyms.' : 'Actors are shown by name.',
    ...(purpose === null ? [] : [`Purpose: ${purpose}`]),
    ...unmaskings.map(
      ({ pseudonym, until, by, reason }) =>
        `${pseudonym ?? 'Everybody'} is shown by name until ${until}, to ${by}: ${reason}`,
    ),
    ...(erased.length === 0 ? [] : ['', table(erased, ['pseudonym', 'at', 'by', 'reason'])]),
  ];
  return { json, text: lines.join('\n') };
}

const erase: Command = {
  usage: 'erase --actor ID --reason T',
  description:
    'remove what is mirrored of a person; counts stay under a pseudonym, and what had to stay is listed',
  options: {
    actor: {
      type: 'string',
      value: 'ID',
      description: 'the id as the audit events have it, or the pseudonym',
    },
    reason: { type: 'string', value: 'T', description: 'goes into the ledger; do not name the person in it' },
  },
  run: async ({ values, call }) => {
    const { privacy } = await call();
    const json = await privacy.erase({
      actor: required(values, 'actor'),
      reason: required(values, 'reason'),
    });
    const lines = [
      `Erased; the person is counted as ${json.pseudonym}.`,
      table(json.erased, ['what', 'count', 'why']),
      ...(json.kept.length === 0
        ? []
        : ['', 'What had to stay:', table(json.kept, ['what', 'count', 'why'])]),
      ...(json.copies.length === 0
        ? []
        : [
            '',
            'Copies that were made before and are yours to delete:',
            ...json.copies.map((name) => `  ${name}`),
          ]),
    ];
    return { json, text: lines.join('\n') };
  },
};

export const privacyCommands: Readonly<Record<string, Command>> = { pseudonyms, erase };
