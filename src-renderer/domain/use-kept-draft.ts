// Reasons half written, kept on disk by the workstation as they are typed, so that neither a crash nor another window loses them.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Draft } from '#shared/model/triage.ts';
import { useApi } from './api.ts';
import { keepNewest } from './draft-keeper.ts';
import { announceFailure } from './jobs.ts';
import { useStatus } from './workspace-status.ts';

/** Nobody finds words put into their mouth: those of another reviewer are left alone. */
export function useOwnDrafts(): readonly Draft[] | null {
  const { orpc } = useApi();
  const { reviewer } = useStatus();
  const { data } = useQuery(orpc.triage.drafts.queryOptions());
  return data?.filter((draft) => draft.reviewer === null || draft.reviewer === reviewer?.id) ?? null;
}

export type KeptDraft = { text: string; setText: (text: string) => void; forget: () => void };

/** @param subject what the text is about, at most 300 characters */
export function useKeptDraft(subject: string): KeptDraft {
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
