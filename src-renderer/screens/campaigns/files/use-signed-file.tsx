// Writing a signed file in the background: the passphrase it may ask for, whether it can start, and how far it is.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { refetchWorkspace } from '../../../domain/api.ts';
import { useAsksPassphrase } from '../../../domain/key-session.ts';
import { PassphraseField } from '../../../domain/passphrase-field.tsx';
import { useStartedJob } from '../../../domain/use-started-job.ts';

export function useSignedFile() {
  const queryClient = useQueryClient();
  const asksPassphrase = useAsksPassphrase();
  const [passphrase, setPassphrase] = useState('');
  const { job, isRunning, follow } = useStartedJob();
  return {
    job,
    isBlocked: isRunning || (asksPassphrase && passphrase === ''),
    /** Goes with the request. */
    unlocking: asksPassphrase ? { passphrase } : {},
    passphraseField: asksPassphrase && <PassphraseField value={passphrase} onChange={setPassphrase} />,
    /** For the mutation that starts it. */
    whenAsked: {
      onSuccess: (started: { jobId: string }) => {
        setPassphrase('');
        follow(started);
      },
      onSettled: () => void refetchWorkspace(queryClient),
    },
  };
}
