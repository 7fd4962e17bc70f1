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
import { text } from '../../texts/text.ts';
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
            { name: text('evidence:service.service'), value: <bdi>{service.url}</bdi> },
            {
              name: text('evidence:service.authority'),
              value: service.authoritySha256 === null ? text('evidence:service.noAuthority') : 'named',
            },
          ]}
        />
        <p className={styles.note}>{text('evidence:service.meaning')}</p>
        <ProblemNotice error={set.error} />
        <div>
          <Button disabled={set.isPending} onClick={() => set.mutate(null)}>
            {text('evidence:service.off')}
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
      <p className={styles.note}>{text('evidence:service.offMeaning')}</p>
      <TextField
        label={text('evidence:service.address')}
        hint={text('evidence:service.addressHint')}
        value={url}
        onChange={(event) => setUrl(event.target.value)}
      />
      <FileDrop
        label={text('evidence:service.certificates')}
        file={authorities}
        onFile={(file) => setAuthorities(file)}
      />
      <ProblemNotice error={set.error} />
      <div>
        <Button submits disabled={url.trim() === '' || set.isPending}>
          {text('evidence:service.use')}
        </Button>
      </div>
    </form>
  );
}
