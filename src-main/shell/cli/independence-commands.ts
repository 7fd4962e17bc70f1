// Commands about independence: aliases, four-eyes rules, and second persons.
import { readFileSync } from 'node:fs';
import { fourEyesRules, type FourEyesRule } from '#shared/model/independence.ts';
import { Problem } from '#shared/model/problem.ts';
import { required, text, UsageError, type Command, type CommandContext } from './command.ts';
import { table } from './print.ts';

const aliases: Command = {
  usage: 'aliases [ID…] [--reason T] [--same-person]',
  description:
    'other ids of the reviewer, who is refused all actions under them; given ids are added for good',
  optionalPositionals: 100,
  options: {
    reason: { type: 'string', value: 'T', description: 'needed to add: how you know' },
    'same-person': { type: 'boolean', description: 'also ids that somebody reviewed under here' },
  },
  run: async ({ values, positionals, call }) => {
    const { independence } = await call();
    const list =
      positionals.length === 0
        ? (await independence.get()).aliases
        : await independence.addAliases({
            add: [...positionals],
            reason: required(values, 'reason'),
            ...(values['same-person'] === true ? { isSamePerson: true } : {}),
          });
    const lines = list.flatMap(({ reviewer, aliases: ids }) => ids.map((alias) => ({ reviewer, alias })));
    return { json: list, text: table(lines, ['reviewer', 'alias']) };
  },
};

const fourEyes: Command = {
  usage: 'four-eyes [--rules FILE | --defaults | --off] [--reason T]',
  description: 'which decisions and dispositions need a second person; without options, the rules in force',
  options: {
    rules: { type: 'string', value: 'FILE', description: 'JSON file with the rules, as --json prints them' },
    defaults: { type: 'boolean', description: 'the rules a new workspace has' },
    off: { type: 'boolean', description: 'no rule at all' },
    reason: { type: 'string', value: 'T', description: 'needed to change them' },
  },
  run: async (context) => {
    const { independence } = await context.call();
    const { rules: present, defaults } = await independence.get();
    const wanted = wantedRules(context, defaults);
    const rules =
      wanted === null
        ? present
        : await independence.changeFourEyes({ rules: wanted, reason: required(context.values, 'reason') });
    const lines = rules.map((rule) => ({ ...rule, conditions: conditionsOf(rule) }));
    return { json: rules, text: table(lines, ['id', 'about', 'conditions']) };
  },
};

/** Null when nothing is to be changed. */
function wantedRules(
  { values }: Pick<CommandContext, 'values'>,
  defaults: readonly FourEyesRule[],
): FourEyesRule[] | null {
  const file = text(values, 'rules');
  const given = [file !== undefined, values['defaults'] === true, values['off'] === true];
  if (given.filter(Boolean).length > 1)
    throw new UsageError('Give one of --rules, --defaults and --off, not several.');
  if (file !== undefined) return readRules(file);
  if (values['defaults'] === true) return [...defaults];
  return values['off'] === true ? [] : null;
}

function readRules(file: string): FourEyesRule[] {
  try {
    return fourEyesRules.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new Problem('invalid-input', 'The file cannot be read as four-eyes rules. Nothing was changed.', {
      next: 'It is a JSON list like the one “countersign four-eyes --json” prints.',
      cause,
    });
  }
}

function conditionsOf({ id: _id, about: _about, ...conditions }: FourEyesRule): string {
  return Object.entries(conditions)
    .flatMap(([name, values]) => (values === null ? [] : [`${name}: ${values.join(', ')}`]))
    .join('; ');
}

const awaiting: Command = {
  usage: 'awaiting',
  description:
    'what lacks a second person: none has spoken, one did not concur, one no longer counts, or the first decided about themselves',
  run: async ({ call }) => {
    const json = await (await call()).independence.awaiting();
    const lines = [
      ...json.reviews.map(({ id, action, actor, decision, sync, secondLost, ownByAlias }) => ({
        id,
        action,
        actor,
        decision,
        state:
          ownByAlias === true
            ? 'own action, by an alias stated later'
            : secondLost === true
              ? 'applied, second lost'
              : sync,
      })),
      ...json.findings.map(({ id, action, actor, proposal }) => ({
        id,
        action,
        actor,
        decision: proposal?.disposition ?? null,
        state: proposal?.second.state === 'disagreed' ? 'disagreed' : 'awaiting-second',
      })),
      ...json.anomalies.map(({ id, anomalyType, user, proposal, sync }) => ({
        id,
        action: anomalyType,
        actor: user,
        decision: proposal?.disposition ?? null,
        state: sync,
      })),
    ];
    return { json, text: table(lines, ['id', 'action', 'actor', 'decision', 'state']) };
  },
};

const concur: Command = {
  usage: 'concur ID [--disagree] --reason T',
  description: 'say, as a second person, whether what was made of a review, finding or anomaly is right',
  positionals: 1,
  options: {
    disagree: { type: 'boolean', description: 'it is not: the item stays open' },
    reason: { type: 'string', value: 'T', description: 'what you looked at' },
  },
  run: async ({ values, positionals, call }) => {
    const { reviews, findings, anomalies } = await call();
    const id = positionals[0]!;
    const request = { id, agree: values['disagree'] !== true, reason: required(values, 'reason') };
    if ((await findings.list({})).some((finding) => finding.id === id))
      return { json: await findings.concur(request) };
    const isReview = (await reviews.list({})).some((review) => review.id === id);
    return { json: isReview ? await reviews.concur(request) : await anomalies.concur(request) };
  },
};

export const independenceCommands: Readonly<Record<string, Command>> = {
  aliases,
  'four-eyes': fourEyes,
  awaiting,
  concur,
};
