// Finds a person's id and names within texts, as whole words, and puts the pseudonym there.

export type Person = {
  readonly actor: string;
  readonly names: readonly string[];
  readonly pseudonym: string;
};

/** A shorter name stands in too many words to be told from them; an id is replaced whatever its length. */
const shortestName = 3;

/** Replaces a person in a text, which may be JSON. Other people's ids that begin or end alike are left as they are. */
export function personReplacer({ actor, names, pseudonym }: Person): (text: string) => string {
  const texts = [actor, ...names.filter((name) => name.length >= shortestName)];
  const forms = new Set(texts.flatMap((text) => [text, JSON.stringify(text).slice(1, -1)]));
  // The longest first: a name may contain the id.
  const written = [...forms].toSorted((a, b) => b.length - a.length);
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}_@.-])(?:${written.map(escaped).join('|')})(?![\\p{L}\\p{N}_@-]|\\.[\\p{L}\\p{N}])`,
    'gu',
  );
  return (text) =>
    written.some((form) => text.includes(form)) ? text.replace(pattern, () => pseudonym) : text;
}

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);

/** What stands where something else of the person was, such as an address. */
export const erasedMark = '(erased)';

/** A shorter text would be found where it is none of the person's. */
const shortestDetail = 7;

/** Also replaces other texts that describe the person, such as addresses. */
export function detailReplacer(person: Person, details: readonly string[]): (text: string) => string {
  const replacePerson = personReplacer(person);
  const forms = [...new Set(details.flatMap((text) => [text, JSON.stringify(text).slice(1, -1)]))]
    .filter((form) => form.length >= shortestDetail)
    .toSorted((a, b) => b.length - a.length);
  return (text) => replacePerson(forms.reduce((changed, form) => changed.replaceAll(form, erasedMark), text));
}
