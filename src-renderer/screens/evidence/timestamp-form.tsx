// Sets the service that is asked for timestamps; in the beginning nobody is asked.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { TrustOverview } from '#shared/model/trust.ts';
import { Button } from '../../components/button.tsx';
import { Facts } from '../../components/facts.tsx';
import { TextField } from '../../components/field.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { FileDrop } from '../../domain/file-drop.tsx';
import styles from './trust-panel.module.css';

export function TimestampForm({ service }: { service: TrustOverview['timestamps'] }) {
  const { client } = useApi();
  const queryClient = useQueryClient();
  const [url, setUrl] = useState('');
  const [authorities, setAuthorities] = useState<File | null>(null);
  const set = useMutation({
    networkMode: 'always',
    mutationFn: async (wanted: string | null) =>
      client.trust.setTimestamps({
        service: wanted === null ? null : { url: wanted, authorities: (await authorities?.text()) ?? null },
      }),
    onSuccess: () => refetchWorkspace(queryClient),
  });
  if (service !== null) {
    return (
      <>
        <Facts
          facts={[
            { name: 'Service', value: <bdi>{service.url}</bdi> },
            {
              name: 'Authority',
              value: service.authoritySha256 === null ? 'none named: not checked' : 'named',
            },
          ]}
        />
        <p className={styles.note}>
          The service learns the hash of a signature when a pack is exported, and nothing else of it.
        </p>
        <ProblemNotice error={set.error} />
        <div>
          <Button disabled={set.isPending} onClick={() => set.mutate(null)}>
            Ask nobody any more
          </Button>
        </div>
      </>
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    set.mutate(url.trim());
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <p className={styles.note}>
        Off: nobody is asked. An RFC 3161 service can prove that a signature existed at a time; it needs the
        network when a pack is exported, and learns the hash of the signature.
      </p>
      <TextField
        label="Address of the service"
        hint="https:// or http://, without a password"
        value={url}
        onChange={(event) => setUrl(event.target.value)}
      />
      <FileDrop
        label="Its authority’s certificates (.pem)"
        file={authorities}
        onFile={(file) => setAuthorities(file)}
      />
      <ProblemNotice error={set.error} />
      <div>
        <Button submits disabled={url.trim() === '' || set.isPending}>
          Use this service
        </Button>
      </div>
    </form>
  );
}
