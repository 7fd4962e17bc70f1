// What every part of the form of a definition is given.
import type { DefinitionDraft } from './definition-draft.ts';

export type DraftChange = Partial<DefinitionDraft> | ((now: DefinitionDraft) => Partial<DefinitionDraft>);

export type FormPartProps = {
  draft: DefinitionDraft;
  /** Asked for later, as when an answer arrives, it is to be a function of what the draft is by then. */
  change: (part: DraftChange) => void;
};

export const changedDraft = (now: DefinitionDraft, part: DraftChange): DefinitionDraft => ({
  ...now,
  ...(typeof part === 'function' ? part(now) : part),
});

/** The list with one of its members changed. */
export function withChanged<Member>(list: readonly Member[], index: number, part: Partial<Member>): Member[] {
  return list.map((member, at) => (at === index ? { ...member, ...part } : member));
}

export const without = <Member>(list: readonly Member[], index: number): Member[] =>
  list.filter((_, at) => at !== index);
