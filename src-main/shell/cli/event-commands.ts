// The command that lists events one by one.
import { formatInstant, parseInstant } from '#shared/time/instant.ts';
import { required, text, wholeNumber, type Command } from './command.ts';
import { table } from './print.ts';

const events: Command = {
  usage: 'events --actor A [--action X] [--from ISO] [--to ISO] [--limit N] [--fetch]',
  description: 'events of an actor, newest first; where only counts are kept, those that are here',
  options: {
    actor: { type: 'string', value: 'A', description: 'whose events' },
    action: { type: 'string', value: 'X', description: 'only this action' },
    from: { type: 'string', value: 'ISO', description: 'from this moment on' },
    to: { type: 'string', value: 'ISO', description: 'up to, without, this moment' },
    limit: { type: 'string', value: 'N', description: 'how many, 200 without it' },
    fetch: { type: 'boolean', description: 'first ask the database for the newest that were only counted' },
  },
  run: async ({ values, call, warn }) => {
    const [action, from, to] = [text(values, 'action'), text(values, 'from'), text(values, 'to')];
    const limit = wholeNumber(values, 'limit', 1);
    const filter = {
      actor: required(values, 'actor'),
      ...(action === undefined ? {} : { action }),
      ...(from === undefined ? {} : { from: formatInstant(parseInstant(from)) }),
      ...(to === undefined ? {} : { to: formatInstant(parseInstant(to)) }),
    };
    const client = await call();
    if (values['fetch'] === true) {
      const { fetched, missing } = await client.activity.fetch(filter);
      warn(`${fetched} events were fetched; ${missing} more were only counted.`);
    }
    const json = await client.activity.events({ ...filter, ...(limit === undefined ? {} : { limit }) });
    return {
      json,
      text: `${json.events.length} of ${json.total} events\n${table(json.events, ['createdAt', 'actor', 'action', 'resourceType', 'resourceId', 'id'])}`,
    };
  },
};

export const eventCommands: Readonly<Record<string, Command>> = { events };
