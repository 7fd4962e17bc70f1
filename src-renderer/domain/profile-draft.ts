// What a redacted pack is to hide, as it is chosen on screen.
import { externalAuditor, redactionProfile, type RedactionProfile } from '#shared/model/redaction.ts';

export type ProfileDraft = Omit<RedactionProfile, 'fields'> & {
  /** Names with commas between them. */
  fields: string;
};

export const usualProfile: ProfileDraft = { ...externalAuditor, fields: '' };

/** The kinds of values a profile names, as a person reads them. */
export const profileKinds = [
  ['actors', 'Ids and names of actors'],
  ['addresses', 'Addresses they came from'],
  ['userAgents', 'User agents'],
  ['emails', 'E-mail addresses, but for the signer’s'],
  ['freeText', 'Reasons, notes and explanations as a whole'],
] as const;

const own = 'own choice';

/** @returns null where a name of a field is too long, or there are too many; a changed profile loses the usual one's name */
export function profileOf({ fields, ...draft }: ProfileDraft): RedactionProfile | null {
  const names = [...new Set(fields.split(',').map((field) => field.trim()))].filter((field) => field !== '');
  const isUsual = names.length === 0 && profileKinds.every(([kind]) => draft[kind] === externalAuditor[kind]);
  const name = isUsual ? externalAuditor.name : own;
  return redactionProfile.safeParse({ ...draft, name, fields: names }).data ?? null;
}

/** `actors, addresses`: what it hides, for a sentence; empty when it names nothing. */
export function profileWords({ fields, ...profile }: RedactionProfile): string {
  const kinds = profileKinds.filter(([kind]) => profile[kind]).map(([, words]) => lowerFirst(words));
  const named = fields.length === 0 ? [] : [`the fields ${fields.join(', ')}`];
  return [...kinds, ...named].join('; ');
}

const lowerFirst = (words: string): string => words.slice(0, 1).toLowerCase() + words.slice(1);
