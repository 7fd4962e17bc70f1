// Small pieces of the chapters about access reviews: facts of a campaign, people, rights.
import type { CampaignDefinition } from '#shared/model/campaign.ts';
import { nameOf } from '#shared/model/campaign-people.ts';
import { campaignFact } from '../campaign-facts.ts';
import { code, given, type Inline, type Phrase } from '../document-model.ts';
import { stateFact, type Facts } from '../facts.ts';
import { clipped, instantText } from '../visible-text.ts';
import { person } from './decisions.ts';

/** States facts of one campaign by their short names. */
export type State = (name: string) => Inline;

export const statesOf =
  (campaign: string, facts: Facts): State =>
  (name) =>
    stateFact(facts, campaignFact(campaign, name));

export const inDefinition = (definition: CampaignDefinition, id: string): Inline =>
  person(id, nameOf(definition, id));

type Right = { readonly subject: string; readonly entitlement: string; readonly resource: string | null };

export const rightPhrase = (
  { subject, entitlement, resource }: Right,
  key: string,
  subjectName: string | null = null,
): Phrase => [
  person(subject, subjectName),
  ': ',
  given(clipped(entitlement)),
  ...(resource === null ? [] : [' on ', given(clipped(resource))]),
  '\n',
  code(key),
];

export const reasonPhrase = (reason: string | null): Phrase =>
  reason === null || reason === '' ? ['no reason given'] : [given(clipped(reason))];

/** “Rita Reviewer (rita), 2026-11-19 08:00:00 UTC”. */
export const saidBy = (id: string, name: string, at: string): Phrase => [
  person(id, name),
  `, ${instantText(at)}`,
];
