// What a redacted pack is to hide, as it is chosen on screen.
import { externalAuditor, redactionProfile, type RedactionProfile } from '#shared/model/redaction.ts';
import { text } from '../texts/text.ts';

export type ProfileDraft = Omit<RedactionProfile, 'fields'> & {
  /** Names with commas between them. */
  fields: string;
};

export const usualProfile: ProfileDraft = { ...externalAuditor, fields: '' };

const kinds = ['actors', 'addresses', 'userAgents', 'emails', 'freeText'] as const;

/** The kinds of values a profile names, as a person reads them. */
export const profileChoices = (): [kind: (typeof kinds)[number], words: string][] =>
  kinds.map((kind) => [kind, text(`domain:profile.${kind}`)]);

/** Kept in the pack, so it is the same in every language. */
const own = 'own choice';

/** @returns null where a name of a field is too long, or there are too many; a changed profile loses the usual one's name */
export function profileOf({ fields, ...draft }: ProfileDraft): RedactionProfile | null {
  const names = [...new Set(fields.split(',').map((field) => field.trim()))].filter((field) => field !== '');
  const isUsual = names.length === 0 && kinds.every((kind) => draft[kind] === externalAuditor[kind]);
  const name = isUsual ? externalAuditor.name : own;
  return redactionProfile.safeParse({ ...draft, name, fields: names }).data ?? null;
}

/** `actors, addresses`: what it hides, for a sentence; empty when it names nothing. */
export function profileWords({ fields, ...profile }: RedactionProfile): string {
  const named = kinds.filter((kind) => profile[kind]).map((kind) => text(`domain:profileShort.${kind}`));
  const others =
    fields.length === 0 ? [] : [text('domain:profileShort.fields', { fields: fields.join(', ') })];
  return [...named, ...others].join('; ');
}
