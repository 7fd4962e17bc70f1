// What is wrong with the form of a campaign's definition, in sentences that name the field in words and say what is allowed.
import type { z } from 'zod';
import {
  campaignDefinition,
  campaignPerson,
  campaignScope,
  campaignStage,
  entitlementColumns,
  reviewerRule,
  scopeFilter,
} from './campaign.ts';
import { issueInWords, type Issue } from './issue-sentences.ts';

/** A place in a definition: numbers of a list are asterisks. */
type Place = { readonly words: (number: number) => string; readonly members?: readonly string[] };

const place = (words: string, members?: readonly string[]): Place => ({
  words: (number) => words.replace('#', String(number)),
  ...(members && { members }),
});

const membersOf = (schema: { readonly shape: object }): string[] => Object.keys(schema.shape);
const { period, recurrence, materiality } = campaignDefinition.shape;

const places: Readonly<Record<string, Place>> = {
  '': place('the definition', membersOf(campaignDefinition)),
  name: place('the name of the campaign'),
  objective: place('the objective'),
  controls: place('the list of controls'),
  'controls.*': place('control #'),
  scope: place('the scope', [...new Set(campaignScope.options.flatMap(membersOf))]),
  'scope.from': place('where the population is from'),
  'scope.schema': place('the schema of the table'),
  'scope.table': place('the name of the table'),
  'scope.name': place('the name of the file'),
  'scope.sha256': place('the SHA-256 of the file'),
  'scope.actorTypes': place('the list of types of actors'),
  'scope.columns': place('the list of columns', membersOf(entitlementColumns)),
  'scope.columns.subject': place('the column that says who holds a right'),
  'scope.columns.entitlement': place('the column that says which right it is'),
  'scope.filters': place('the list of filters'),
  'scope.filters.*': place('filter #', membersOf(scopeFilter)),
  'scope.filters.*.column': place('the column of filter #'),
  'scope.filters.*.is': place('the comparison of filter #'),
  'scope.filters.*.values': place('the list of values of filter #'),
  'scope.filters.*.reason': place('the reason of filter #'),
  period: place('the period', membersOf(period)),
  'period.from': place('the first day of the period'),
  'period.to': place('the last day of the period'),
  zone: place('the zone'),
  dueDays: place('the number of days to decide (dueDays)'),
  recurrence: place('the recurrence', membersOf(recurrence.unwrap().unwrap())),
  'recurrence.every': place('how often the campaign comes again'),
  'recurrence.first': place('the first day of the recurrence'),
  series: place('the series'),
  people: place('the list of people'),
  'people.*': place('person #', membersOf(campaignPerson)),
  'people.*.id': place('the id of person #'),
  'people.*.name': place('the name of person #'),
  'people.*.email': place('the e-mail address of person #'),
  stages: place('the list of stages'),
  'stages.*': place('stage #', membersOf(campaignStage)),
  'stages.*.name': place('the name of stage #'),
  'stages.*.reviewer': place('the rule of stage #', [...new Set(reviewerRule.options.flatMap(membersOf))]),
  'stages.*.reviewer.by': place('by which rule stage # is reviewed'),
  'stages.*.reviewer.person': place('the reviewer of stage #'),
  'stages.*.reviewer.people': place('the list of reviewers of stage #'),
  'stages.*.fallback': place('the fallback of stage #'),
  policy: place('the policy'),
  owner: place('the owner'),
  approver: place('the approver'),
  materiality: place('the materiality', membersOf(materiality.unwrap().unwrap())),
  'materiality.deviations': place('the number of deviations of the materiality'),
  'materiality.setBy': place('who set the materiality'),
  'materiality.reason': place('the reason of the materiality'),
  dormantDays: place('the number of days after which a right is dormant (dormantDays)'),
  meanings: place('the list of meanings'),
};

/** What a pattern asks for; by the last part of a path. */
const formats: Readonly<Record<string, string>> = {
  from: 'a day, written as 2026-07-01',
  to: 'a day, written as 2026-07-01',
  first: 'a day, written as 2026-07-01',
  sha256: '64 digits of 0 to 9 and a to f',
};

const choices: Readonly<Record<string, readonly string[]>> = {
  'scope.from': ['activity', 'table', 'file'],
  'stages.*.reviewer.by': ['person', 'manager', 'owner', 'round-robin'],
};

/** @param issue of the schema of definitions, with a path from the definition on */
export function definitionIssueInWords(issue: Issue): string {
  const path = issue.path.map(String);
  const known = path.map((part) => (/^\d+$/.test(part) ? '*' : part)).join('.');
  const number = Number(path.findLast((part) => /^\d+$/.test(part)) ?? 0) + 1;
  const found = places[known];
  const words = found?.words(number) ?? `“${path.join('.')}”`;
  return issueInWords(issue, {
    words,
    members: found?.members,
    format: formats[path.at(-1) ?? ''],
    choices: choices[known],
  });
}

/** The definition, or what is wrong with it, each in a sentence; a file holds what is to become one. */
export function readCampaignDefinition(
  value: unknown,
): { readonly definition: z.output<typeof campaignDefinition> } | { readonly faults: readonly string[] } {
  const { data, error } = campaignDefinition.safeParse(value);
  return data === undefined
    ? { faults: error.issues.map((issue) => definitionIssueInWords(issue)) }
    : { definition: data };
}
