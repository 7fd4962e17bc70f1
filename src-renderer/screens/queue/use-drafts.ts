// Reasons half written, kept on disk by the workstation as they are typed, so that neither a crash nor another window loses them.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Review } from '#shared/model/review.ts';
import type { Draft } from '#shared/model/triage.ts';
import { useApi } from '../../domain/api.ts';
import { announceFailure } from '../../domain/jobs.ts';
import { useStatus } from '../../domain/workspace-status.ts';
import { keepNewest } from './draft-keeper.ts';

const mostOfAction = 200;

/** What is said about one item is about it, whatever is decided in the end. */
export function draftSubject(reviews: readonly Pick<Review, 'id' | 'action'>[]): string {
  const [first] = reviews;
  return reviews.length === 1
    ? `review:${first?.id}`
    : `reviews of ${first?.action.slice(0, mostOfAction) ?? ''}`;
}

/** Nobody finds words put into their mouth: those of another reviewer are left alone. */
function useOwnDrafts(): readonly Draft[] | null {
  const { orpc } = useApi();
  const { reviewer } = useStatus();
  const { data } = useQuery(orpc.triage.drafts.queryOptions());
  return data?.filter((draft) => draft.reviewer === null || draft.reviewer === reviewer?.id) ?? null;
}

/** Ids of the items somebody began to write a reason for. */
export function useDraftedItems(): ReadonlySet<string> {
  const drafts = useOwnDrafts() ?? [];
  return new Set(drafts.flatMap(({ subject }) => /^review:(.+)$/.exec(subject)?.[1] ?? []));
}

export function useDraft(subject: string): {
  text: string;
  setText: (text: string) => void;
  forget: () => void;
} {
  const { client, orpc } = useApi();
  const queryClient = useQueryClient();
  const kept = useOwnDrafts()?.find((draft) => draft.subject === subject)?.text ?? '';
  const [typed, setTyped] = useState<string | null>(null);
  const [keep] = useState(() =>
    keepNewest(async (text) => {
      await client.triage.keepDraft({ subject, text });
      // What was forgotten is so at once; of what is being written, whoever lists drafts hears once the dialog is gone.
      const refetchType = text === '' ? 'active' : 'none';
      void queryClient.invalidateQueries({ queryKey: orpc.triage.drafts.key(), refetchType });
    }, announceFailure),
  );
  useEffect(
    () => () => void queryClient.invalidateQueries({ queryKey: orpc.triage.drafts.key() }),
    [queryClient, orpc],
  );
  const setText = (text: string) => {
    setTyped(text);
    keep(text);
  };
  return { text: typed ?? kept, setText, forget: () => keep('') };
}
