// Commands about what findings add up to: cases, risk, and the detectors behind them.
import { findingStatuses } from '#shared/model/finding.ts';
import type { ActorRisk, DetectorListing } from '#shared/model/story.ts';
import { formatInstant, parseInstant } from '#shared/time/instant.ts';
import { oneOf, text, wholeNumber, type Command } from './command.ts';
import { table } from './print.ts';

const cases: Command = {
  usage: 'cases [--status open|acknowledged|false-positive|escalated]',
  description: 'findings folded into stories: busy hours (z3) last, then the most severe first',
  options: {
    status: { type: 'string', value: 'S', description: 'only stories with a finding in this state' },
  },
  run: async ({ values, call }) => {
    const status = text(values, 'status');
    const list = await (
      await call()
    ).findings.cases(status === undefined ? {} : { status: oneOf(status, findingStatuses, '--status') });
    const lines = list.map((story) => ({ ...story, findings: story.members.length }));
    return {
      json: list,
      text: table(lines, ['id', 'severity', 'score', 'start', 'findings', 'open', 'title']),
    };
  },
};

const risk: Command = {
  usage: 'risk [ACTOR] [--at ISO] [--days N] [--limit N]',
  description: 'actors by risk, 0 to 100; with an actor, the findings its points come from',
  optionalPositionals: 1,
  options: {
    at: {
      type: 'string',
      value: 'ISO',
      description: 'as of this moment; without it now, or the as-of of a replay',
    },
    days: { type: 'string', value: 'N', description: 'days of history in the JSON answer, 30 without it' },
    limit: { type: 'string', value: 'N', description: 'how many actors, 10 without it' },
  },
  run: async ({ values, positionals, call }) => {
    const [actor] = positionals;
    const at = text(values, 'at');
    const historyDays = wholeNumber(values, 'days');
    const limit = wholeNumber(values, 'limit', 1);
    const list = await (
      await call()
    ).actors.risk({
      ...(actor === undefined ? {} : { actor }),
      ...(at === undefined ? {} : { at: formatInstant(parseInstant(at)) }),
      ...(historyDays === undefined ? {} : { historyDays }),
      ...(limit === undefined ? {} : { limit }),
    });
    return {
      json: list,
      text: actor === undefined ? ranking(list) : list.map(breakdown).join('\n\n') || 'nothing',
    };
  },
};

function ranking(list: readonly ActorRisk[]): string {
  const lines = list.map((one) => ({ ...one, findings: one.contributions.length }));
  return table(lines, ['score', 'actor', 'actorName', 'sourceAccount', 'findings']);
}

function breakdown({ sourceAccount, actor, score, overflow, contributions }: ActorRisk): string {
  const head = table(
    [{ sourceAccount, actor, score, beyond100: overflow }],
    ['score', 'beyond100', 'actor', 'sourceAccount'],
  );
  const points = table(contributions, [
    'points',
    'fullPoints',
    'share',
    'ageDays',
    'severity',
    'detector',
    'finding',
  ]);
  return `${head}\n\n${points}`;
}

const detectors: Command = {
  usage: 'detectors',
  description: 'every detector and rule, whether it runs, and what it lacks here',
  run: async ({ call }) => {
    const list = await (await call()).detectors.list();
    const lines = list.map((one) => ({ ...one, runs: one.enabled ? 'on' : 'off', here: stateOf(one) }));
    return { json: list, text: table(lines, ['id', 'family', 'runs', 'here', 'title']) };
  },
};

function stateOf({ evaluable, lacks }: DetectorListing): string {
  if (lacks !== null) return `not evaluable: needs ${lacks}`;
  return evaluable === null ? 'nothing mirrored yet' : 'evaluable';
}

export const storyCommands: Readonly<Record<string, Command>> = { cases, risk, detectors };
