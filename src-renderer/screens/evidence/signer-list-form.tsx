// Takes a newer list of signers; the workstation checks its signature and version.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { Button } from '../../components/button.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { FileDrop } from '../../domain/file-drop.tsx';
import { readAsBase64 } from '../../domain/read-as-base64.ts';
import { text } from '../../texts/text.ts';
import styles from './trust-panel.module.css';

type Chosen = { list: File | null; signature: File | null; revoked: File | null };
const nothing: Chosen = { list: null, signature: null, revoked: null };

export function SignerListForm() {
  const { client } = useApi();
  const queryClient = useQueryClient();
  const [chosen, setChosen] = useState<Chosen>(nothing);
  const update = useMutation({
    networkMode: 'always',
    mutationFn: async ({ list, signature, revoked }: Chosen) => {
      if (list === null || signature === null) throw new Error('Choose the list and its signature first.');
      return client.trust.update({
        list: await readAsBase64(list),
        signature: await readAsBase64(signature),
        ...(revoked === null ? {} : { revoked: await readAsBase64(revoked) }),
      });
    },
    onSuccess: () => {
      setChosen(nothing);
      return refetchWorkspace(queryClient);
    },
  });
  const choose = (part: Partial<Chosen>) => {
    setChosen((before) => ({ ...before, ...part }));
    update.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    update.mutate(chosen);
  };
  const isComplete = chosen.list !== null && chosen.signature !== null;
  return (
    <form className={styles.form} onSubmit={submit}>
      <div className={styles.pair}>
        <FileDrop
          label={text('evidence:signers.list')}
          file={chosen.list}
          onFile={(list) => choose({ list })}
        />
        <FileDrop
          label={text('evidence:signers.signature')}
          file={chosen.signature}
          onFile={(signature) => choose({ signature })}
        />
      </div>
      <FileDrop
        label={text('evidence:signers.revoked')}
        file={chosen.revoked}
        onFile={(revoked) => choose({ revoked })}
      />
      <ProblemNotice error={update.error} />
      <div>
        <Button submits disabled={!isComplete || update.isPending}>
          {text('evidence:signers.take')}
        </Button>
      </div>
    </form>
  );
}
