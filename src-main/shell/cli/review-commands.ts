// Commands about judgement: findings, dispositions, reviews, decisions, heatmap, actors, sync.
import { dispositions, findingStatuses } from '#shared/model/finding.ts';
import { decisionKinds, reviewStatuses } from '#shared/model/review.ts';
import { formatInstant, parseInstant } from '#shared/time/instant.ts';
import { syncWork } from '../../api/refresh.ts';
import { oneOf, required, text, wholeNumber, type Command, type OptionValues } from './command.ts';
import { table } from './print.ts';

const findings: Command = {
  usage: 'findings [--status open|acknowledged|false-positive|escalated]',
  description: 'what stands out, most unusual first',
  options: { status: { type: 'string', value: 'S', description: 'only findings in this state' } },
  run: async ({ values, call }) => {
    const status = text(values, 'status');
    const list = await (
      await call()
    ).findings.list(status === undefined ? {} : { status: oneOf(status, findingStatuses, '--status') });
    return {
      json: list,
      text: table(list, ['id', 'severity', 'score', 'start', 'actor', 'action', 'count', 'disposition']),
    };
  },
};

const dispose: Command = {
  usage: 'dispose FINDING acknowledged|false-positive|escalated --note T',
  description: 'put on record what you make of a finding',
  positionals: 2,
  options: { note: { type: 'string', value: 'T', description: 'why, in a sentence' } },
  run: async ({ values, positionals, call }) => ({
    json: await (
      await call()
    ).findings.dispose({
      id: positionals[0]!,
      disposition: oneOf(positionals[1], dispositions, 'A disposition'),
      note: required(values, 'note'),
    }),
  }),
};

const reviews: Command = {
  usage: 'reviews [--overdue] [--status pending|decided|reviewed|gone]',
  description: 'the review queue, due first first',
  options: {
    overdue: { type: 'boolean', description: 'only what is late' },
    status: { type: 'string', value: 'S', description: 'only items in this state' },
  },
  run: async ({ values, call }) => {
    const status = text(values, 'status');
    const list = await (
      await call()
    ).reviews.list({
      ...(status === undefined ? {} : { status: oneOf(status, reviewStatuses, '--status') }),
      ...(values['overdue'] === true ? { overdue: true } : {}),
    });
    return {
      json: list,
      text: table(list, [
        'id',
        'action',
        'actor',
        'createdAt',
        'dueAt',
        'overdue',
        'status',
        'decision',
        'sync',
      ]),
    };
  },
};

const decide: Command = {
  usage: 'decide REVIEW certify|revoke|modify|abstain|escalate [--reason T]',
  description: 'record a decision; a further one corrects it',
  positionals: 2,
  options: { reason: { type: 'string', value: 'T', description: 'needed for all but certify' } },
  run: async ({ values, positionals, call }) => {
    const reason = text(values, 'reason');
    const decisions = await (
      await call()
    ).reviews.decide({
      reviews: [{ id: positionals[0]! }],
      decision: oneOf(positionals[1], decisionKinds, 'A decision'),
      ...(reason === undefined ? {} : { reason }),
    });
    return { json: decisions[0] ?? null };
  },
};

const undo: Command = {
  usage: 'undo REVIEW',
  description: 'take back the latest decision while it has not been sent',
  positionals: 1,
  run: async ({ positionals, call }) => ({
    json: await (await call()).reviews.undo({ id: positionals[0]! }),
  }),
};

const rangeOptions = {
  from: { type: 'string', value: 'ISO', description: 'from this moment on' },
  to: { type: 'string', value: 'ISO', description: 'up to, without, this moment' },
} as const;

function range(values: OptionValues): { from?: string; to?: string } {
  const read = (name: 'from' | 'to') => {
    const value = text(values, name);
    return value === undefined ? {} : { [name]: formatInstant(parseInstant(value)) };
  };
  return { ...read('from'), ...read('to') };
}

const heatmap: Command = {
  usage: 'heatmap [--actor A] [--action X] [--from ISO] [--to ISO]',
  description: 'counts by actor, action and hour of week; hour 0 is Monday 00:00',
  options: {
    actor: { type: 'string', value: 'A', description: 'only this actor' },
    action: { type: 'string', value: 'X', description: 'only this action' },
    ...rangeOptions,
  },
  run: async ({ values, call }) => {
    const [actor, action] = [text(values, 'actor'), text(values, 'action')];
    const json = await (
      await call()
    ).activity.heatmap({
      ...(actor === undefined ? {} : { actor }),
      ...(action === undefined ? {} : { action }),
      ...range(values),
    });
    return { json, text: table(json.cells, ['actor', 'action', 'hourOfWeek', 'count']) };
  },
};

const topActors: Command = {
  usage: 'top-actors [--from ISO] [--to ISO] [--limit N]',
  description: 'who acted most',
  options: { ...rangeOptions, limit: { type: 'string', value: 'N', description: 'how many' } },
  run: async ({ values, call }) => {
    const limit = wholeNumber(values, 'limit', 1);
    const list = await (
      await call()
    ).activity.topActors({ ...range(values), ...(limit === undefined ? {} : { limit }) });
    return { json: list, text: table(list, ['count', 'actor', 'actorName', 'firstSeen', 'lastSeen']) };
  },
};

const sync: Command = {
  usage: 'sync',
  description: 'write decisions to the audit database, each exactly once',
  run: async ({ workstation, run }) => ({ json: await run(syncWork(await workstation())) }),
};

export const reviewCommands: Readonly<Record<string, Command>> = {
  findings,
  dispose,
  reviews,
  decide,
  undo,
  heatmap,
  'top-actors': topActors,
  sync,
};
