// Lets the organisation's list speak for a key that took the place of an earlier one without proof.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from '../components/button.tsx';
import { text } from '../texts/text.ts';
import { refetchWorkspace, useApi } from './api.ts';
import { ProblemNotice } from './problem-notice.tsx';
import { useReviewerGate } from './reviewer-gate.ts';

export function EndorseKey({ fingerprint }: { fingerprint: string }) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const gate = useReviewerGate();
  const endorse = useMutation(
    orpc.keys.endorse.mutationOptions({ onSettled: () => refetchWorkspace(queryClient) }),
  );
  return (
    <>
      <ProblemNotice error={endorse.error} />
      <div>
        <Button
          size="small"
          disabled={endorse.isPending}
          aria-label={text('domain:endorse.which', { fingerprint })}
          onClick={() => gate(() => endorse.mutate({ fingerprint }))}
        >
          {text('domain:endorse.act')}
        </Button>
      </div>
    </>
  );
}
