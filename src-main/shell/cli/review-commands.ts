// Commands about judgement: findings, dispositions, reviews, decisions, heatmap, actors.
import { dispositions, findingStatuses } from '#shared/model/finding.ts';
import { decisionKinds, reviewStatuses, type Review, type ServerDecision } from '#shared/model/review.ts';
import { formatInstant, parseInstant } from '#shared/time/instant.ts';
import { oneOf, required, text, wholeNumber, type Command, type OptionValues } from './command.ts';
import { createMissingReviews } from './create-reviews.ts';
import { facts, printable, table } from './print.ts';

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
  usage:
    'reviews [--overdue] [--status pending|decided|reviewed|gone] | reviews create [--dry-run] [--from ISO]',
  description: 'the review queue, due first first; create adds the rows that privileged events lack',
  optionalPositionals: 1,
  options: {
    overdue: { type: 'boolean', description: 'only what is late' },
    status: { type: 'string', value: 'S', description: 'only items in this state' },
    'dry-run': { type: 'boolean', description: 'create: only list what is missing' },
    from: { type: 'string', value: 'ISO', description: 'create: leave events before this moment alone' },
  },
  run: async (context) => {
    const { values, call } = context;
    const [verb] = context.positionals;
    if (verb !== undefined && oneOf(verb, ['create'], 'reviews') === 'create')
      return createMissingReviews(context);
    const status = text(values, 'status');
    const list = await (
      await call()
    ).reviews.list({
      ...(status === undefined ? {} : { status: oneOf(status, reviewStatuses, '--status') }),
      ...(values['overdue'] === true ? { overdue: true } : {}),
    });
    return {
      json: list,
      text: table(list.map(asWritten), [
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
  run: async ({ values, positionals, call, warn }) => {
    const reason = text(values, 'reason');
    const client = await call();
    if ((await client.independence.get()).confirmReviewer)
      warn(
        '! This runs under another account than the reviewer’s profile is bound to. The decision says so; confirm who reviews here (countersign reviewer).',
      );
    const decisions = await client.reviews.decide({
      reviews: [{ id: positionals[0]! }],
      decision: oneOf(positionals[1], decisionKinds, 'A decision'),
      ...(reason === undefined ? {} : { reason }),
    });
    for (const sentence of (await client.workspace.status()).cannotLeave ?? []) warn(`! ${sentence}`);
    return { json: decisions[0] ?? null };
  },
};

const review: Command = {
  usage: 'review REVIEW',
  description: 'one item of the queue: its decisions, and what each pull showed of its row',
  positionals: 1,
  run: async ({ positionals, call }) => {
    const json = await (await call()).reviews.get({ id: positionals[0]! });
    const { notes, secondLost, ownByAlias, reopened, ...shown } = json.review;
    const parts = [
      facts(asWritten(shown)),
      reopened === true
        ? 'The row is open again: what was written is gone (countersign conflict show). What is decided anew is sent.'
        : '',
      ownByAlias === true
        ? 'Own action, by an alias stated later: whoever decided is the person it is about. Somebody else has to decide anew.'
        : '',
      secondLost === true ? 'Applied, but its second person no longer counts.' : '',
      notes === undefined ? '' : `Note in the row:\n${quoted(notes)}`,
      table(json.decisions, ['decidedAt', 'reviewerName', 'decision', 'sync', 'reason']),
      json.history.map(({ at, sentence }) => printable(`${at ?? 'unknown time'}  ${sentence}`)).join('\n'),
    ];
    return { json, text: parts.filter((part) => part !== '').join('\n\n') };
  },
};

/** Times that no clock shows read as the database writes them. */
function asWritten<R extends Pick<Review, 'dueAt' | 'dueText' | 'server'>>({ dueText, server, ...rest }: R) {
  return {
    ...rest,
    ...(dueText !== undefined && { dueAt: dueText === '' ? 'no time' : dueText }),
    server: server && serverAsWritten(server),
  };
}

function serverAsWritten({ reviewedText, ...server }: ServerDecision) {
  return reviewedText === undefined ? server : { ...server, reviewedAt: reviewedText };
}

/** Line by line, so that none of it passes for what is said here. */
function quoted(notes: string): string {
  return notes
    .split('\n')
    .map((line) => `  | ${printable(line)}`)
    .join('\n');
}

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

export const reviewCommands: Readonly<Record<string, Command>> = {
  findings,
  dispose,
  reviews,
  review,
  decide,
  undo,
  heatmap,
  'top-actors': topActors,
};
