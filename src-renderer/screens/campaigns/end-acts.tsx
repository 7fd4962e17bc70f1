// What ends a campaign that is not to be, or not to come again: a draft is discarded, a series ends with its newest campaign.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CalendarX2, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { CampaignStatus } from '#shared/model/campaign-view.ts';
import { Button } from '../../components/button.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { useReviewerGate } from '../../domain/reviewer-gate.ts';
import { text } from '../../texts/text.ts';
import { ReasonDialog } from './reason-dialog.tsx';

type ActProps = { campaign: CampaignStatus };

/** Only of a draft. @param onDiscarded what was typed for it is of no use any more */
export function DiscardDraft({ campaign: { id }, onDiscarded }: ActProps & { onDiscarded: () => void }) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const gate = useReviewerGate();
  const [isAsking, setIsAsking] = useState(false);
  const discard = useMutation(
    orpc.campaigns.discard.mutationOptions({
      onSuccess: () => {
        setIsAsking(false);
        onDiscarded();
      },
      onSettled: () => refetchWorkspace(queryClient),
    }),
  );
  return (
    <>
      <Button size="small" icon={Trash2} onClick={() => gate(() => setIsAsking(true))}>
        {text('campaigns:about.discard')}
      </Button>
      {isAsking && (
        <ReasonDialog
          title={text('campaigns:about.discard')}
          meaning={text('campaigns:about.discardMeaning')}
          label={text('campaigns:about.discardReason')}
          error={discard.error}
          isPending={discard.isPending}
          onAct={(reason) => discard.mutate({ id, reason })}
          onClose={() => setIsAsking(false)}
        />
      )}
    </>
  );
}

/** Whether something of its series is expected, which can be ended here. */
export const canEndSeries = ({ state, role, definition, series }: CampaignStatus): boolean =>
  state !== 'draft' &&
  state !== 'discarded' &&
  role === 'opened' &&
  definition.recurrence !== null &&
  series.ended === null &&
  series.wentOnWith === null;

export function EndSeries({ campaign: { id } }: ActProps) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const gate = useReviewerGate();
  const [isAsking, setIsAsking] = useState(false);
  const end = useMutation(
    orpc.campaigns.endSeries.mutationOptions({
      onSuccess: () => setIsAsking(false),
      onSettled: () => refetchWorkspace(queryClient),
    }),
  );
  return (
    <>
      <Button size="small" icon={CalendarX2} onClick={() => gate(() => setIsAsking(true))}>
        {text('campaigns:about.endSeries')}
      </Button>
      {isAsking && (
        <ReasonDialog
          title={text('campaigns:about.endSeries')}
          meaning={text('campaigns:about.endSeriesMeaning')}
          label={text('campaigns:about.endSeriesReason')}
          error={end.error}
          isPending={end.isPending}
          onAct={(reason) => end.mutate({ id, reason })}
          onClose={() => setIsAsking(false)}
        />
      )}
    </>
  );
}
