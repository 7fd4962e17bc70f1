// Ends a delegation before its time.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CircleStop } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { refetchWorkspace, useApi } from '../../../domain/api.ts';
import { useReviewerGate } from '../../../domain/reviewer-gate.ts';
import { text } from '../../../texts/text.ts';
import { ReasonDialog } from '../reason-dialog.tsx';

/** `from` and `to` are names. */
type EndDelegationProps = { id: string; entry: string; from: string; to: string };

export function EndDelegation({ id, entry, from, to }: EndDelegationProps) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const gate = useReviewerGate();
  const [isAsking, setIsAsking] = useState(false);
  const end = useMutation(
    orpc.campaigns.endDelegation.mutationOptions({
      onSuccess: () => setIsAsking(false),
      onSettled: () => void refetchWorkspace(queryClient),
    }),
  );
  return (
    <div>
      <Button
        size="small"
        icon={CircleStop}
        aria-label={text('campaignOversight:delegation.endOf', { from, to })}
        onClick={() => gate(() => setIsAsking(true))}
      >
        {text('campaignOversight:delegation.end')}
      </Button>
      {isAsking && (
        <ReasonDialog
          title={text('campaignOversight:delegation.end')}
          meaning={text('campaignOversight:delegation.endMeaning', { from, to })}
          label={text('campaignOversight:delegation.endReason')}
          error={end.error}
          isPending={end.isPending}
          onAct={(reason) => end.mutate({ id, entry, reason })}
          onClose={() => setIsAsking(false)}
        />
      )}
    </div>
  );
}
