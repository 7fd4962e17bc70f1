// What a verb of the campaign command is; each file of verbs brings the options they take.
import type { CommandContext, CommandOption, Outcome } from './command.ts';
import { UsageError } from './command.ts';

export type CampaignVerb = (context: CommandContext, rest: readonly string[]) => Promise<Outcome>;

export type CampaignVerbs = {
  readonly verbs: Readonly<Record<string, CampaignVerb>>;
  readonly options: Readonly<Record<string, CommandOption>>;
  /** How they are written, one a verb. */
  readonly usages: readonly string[];
};

/** The rest of the command line, which must be exactly what is named; names in brackets may be left out. */
export function taking(names: readonly string[], rest: readonly string[]): readonly string[] {
  const least = names.filter((name) => !name.startsWith('[')).length;
  if (rest.length >= least && rest.length <= names.length) return rest;
  throw new UsageError(`This takes ${names.length === 0 ? 'nothing more' : names.join(' and ')}.`);
}
