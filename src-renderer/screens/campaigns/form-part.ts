// What every part of the form of a definition is given.
import type { DefinitionDraft } from './definition-draft.ts';

export type FormPartProps = {
  draft: DefinitionDraft;
  change: (part: Partial<DefinitionDraft>) => void;
};

/** The list with one of its members changed. */
export function withChanged<Member>(list: readonly Member[], index: number, part: Partial<Member>): Member[] {
  return list.map((member, at) => (at === index ? { ...member, ...part } : member));
}

export const without = <Member>(list: readonly Member[], index: number): Member[] =>
  list.filter((_, at) => at !== index);
