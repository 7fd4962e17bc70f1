// A file of a campaign on its way in: handed over, looked at, and then taken from by a job, once a person says so.
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { LookedAtFile } from '#shared/model/campaign-file-views.ts';
import type { AcceptedKey } from '#shared/model/campaign-files.ts';
import type { Job } from '#shared/model/workspace.ts';
import { useApi, type WorkstationClient } from './api.ts';
import { handOver } from './pack-file.ts';
import { useCancellable } from './use-cancellable.ts';
import { useStartedJob } from './use-started-job.ts';

export type Looked = {
  readonly upload: string;
  readonly name: string;
  readonly seen: LookedAtFile;
  /** A list of allowed signers given by hand. */
  readonly signers: string | null;
};

type Chosen = { file: File; signers: string | null };
type Taking = (
  input: Parameters<WorkstationClient['campaignFiles']['accept']>[0],
) => Promise<{ jobId: string }>;

/** @param take starts the job that takes what the file holds */
export function useCampaignFile(take: Taking) {
  const { client } = useApi();
  const look = useCancellable(async ({ file, signers }: Chosen, { signal, onProgress }): Promise<Looked> => {
    const upload = await handOver(client.evidence, file, onProgress, signal);
    const given = signers === null ? {} : { signers };
    const seen = await client.campaignFiles.look({ upload, ...given }, { signal });
    return { upload, name: file.name, seen, signers };
  });
  const { job, follow } = useStartedJob();
  const [takenFrom, setTakenFrom] = useState<string | null>(null);
  const start = useMutation({
    networkMode: 'always',
    mutationFn: ({ looked, accept }: { looked: Looked; accept: AcceptedKey | null }) =>
      take({
        upload: looked.upload,
        name: looked.name,
        ...(looked.signers === null ? {} : { signers: looked.signers }),
        ...(accept === null ? {} : { accept }),
      }),
    onSuccess: (started, { looked }) => {
      setTakenFrom(looked.upload);
      follow(started);
    },
  });
  const choose = (file: File | null, signers: string | null = null) => {
    const before = look.data;
    if (before !== undefined && before.upload !== takenFrom)
      void client.evidence.discardUpload({ upload: before.upload });
    start.reset();
    if (file === null) look.reset();
    else look.mutate({ file, signers });
  };
  const isTaken = look.data !== undefined && look.data.upload === takenFrom;
  const taking: Job | null = isTaken ? job : null;
  return { look, start, choose, taking, isTaken };
}

export type CampaignFileOnItsWay = ReturnType<typeof useCampaignFile>;
