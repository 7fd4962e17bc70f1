// Keeps a half-filled definition on this computer, so that nothing typed is lost with the window.
import { useMemo } from 'react';
import { useDraft } from '../../domain/use-draft.ts';
import { readDefinitionDraft, type DefinitionDraft } from './definition-draft.ts';

export type DefinitionDraftUse = {
  draft: DefinitionDraft;
  change: (part: Partial<DefinitionDraft>) => void;
  replace: (draft: DefinitionDraft) => void;
  /** True once anything was typed that is not recorded. */
  isKept: boolean;
  forget: () => void;
};

/** @param subject the campaign it is a draft of; null for a new one */
export function useDefinitionDraft(subject: string | null, start: DefinitionDraft): DefinitionDraftUse {
  const [written, keep, drop] = useDraft(draftSubject(subject));
  const kept = useMemo(() => readDefinitionDraft(written), [written]);
  const draft = kept ?? start;
  const replace = (next: DefinitionDraft) => keep(JSON.stringify(next));
  return {
    draft,
    change: (part) => replace({ ...draft, ...part }),
    replace,
    isKept: kept !== null,
    forget: () => {
      keep('');
      drop();
    },
  };
}

export const draftSubject = (subject: string | null): string => `campaign.${subject ?? 'new'}`;
