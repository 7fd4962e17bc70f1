// Keeps a half-filled definition on this computer, so that nothing typed is lost with the window.
import { useLayoutEffect, useMemo, useRef } from 'react';
import { useDraft } from '../../domain/use-draft.ts';
import { readDefinitionDraft, type DefinitionDraft } from './definition-draft.ts';
import { changedDraft, type FormPartProps } from './form-part.ts';

export type DefinitionDraftUse = {
  draft: DefinitionDraft;
  change: FormPartProps['change'];
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
  // What an answer changes that was long on its way goes beside what was typed meanwhile, not over it.
  const latest = useRef(draft);
  useLayoutEffect(() => {
    latest.current = draft;
  });
  const replace = (next: DefinitionDraft) => {
    latest.current = next;
    keep(JSON.stringify(next));
  };
  return {
    draft,
    change: (part) => replace(changedDraft(latest.current, part)),
    replace,
    isKept: kept !== null,
    forget: () => {
      keep('');
      drop();
    },
  };
}

export const draftSubject = (subject: string | null): string => `campaign.${subject ?? 'new'}`;
