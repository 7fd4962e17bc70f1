// The campaign command: periodic access reviews from the definition to the close; each file of verbs adds to it.
import type { CampaignVerbs } from './campaign-command.ts';
import { decideVerbs } from './campaign-decide-verbs.ts';
import { defineVerbs } from './campaign-define-verbs.ts';
import { fileViewVerbs } from './campaign-file-view-verbs.ts';
import { fileVerbs } from './campaign-file-verbs.ts';
import { followUpVerbs } from './campaign-follow-up-verbs.ts';
import { oversightVerbs } from './campaign-oversight-verbs.ts';
import { UsageError, type Command } from './command.ts';

const parts: readonly CampaignVerbs[] = [
  defineVerbs,
  decideVerbs,
  fileVerbs,
  fileViewVerbs,
  followUpVerbs,
  oversightVerbs,
];

const verbs = Object.fromEntries(parts.flatMap((part) => Object.entries(part.verbs)));
const options = Object.fromEntries(parts.flatMap((part) => Object.entries(part.options)));

const campaign: Command = {
  usage: parts
    .flatMap(({ usages }) => usages)
    .map((usage) => `campaign ${usage}`)
    .join('\n  '),
  description:
    'periodic access reviews; define only checks a definition, and ends with 1 where it has faults',
  options,
  positionals: 1,
  optionalPositionals: 4,
  run: async (context) => {
    const [name = '', ...rest] = context.positionals;
    const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
    if (verb) return verb(context, rest);
    throw new UsageError(`campaign takes one of: ${Object.keys(verbs).join(', ')}.`);
  },
};

export const campaignCommands: Readonly<Record<string, Command>> = { campaign };
