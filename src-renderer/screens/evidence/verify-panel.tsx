// Checks a pack, and says exactly what is known about it: never more.
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Panel } from '../../components/panel.tsx';
import { useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { FileDrop } from './file-drop.tsx';
import { largestPackBytes, readAsBase64 } from './pack-file.ts';
import { VerdictCard } from './verdict-card.tsx';
import styles from './verify-panel.module.css';

type Chosen = { pack: File | null; signers: File | null; revoked: File | null };

export function VerifyPanel() {
  const { client } = useApi();
  const [chosen, setChosen] = useState<Chosen>({ pack: null, signers: null, revoked: null });
  const verify = useMutation({
    networkMode: 'always',
    mutationFn: async ({ pack, signers, revoked }: Chosen) => {
      if (pack === null) throw new Error('Choose a pack first.');
      if (pack.size > largestPackBytes) {
        throw new Error('This pack is too large for this window. Verify it with the command line instead.');
      }
      return client.evidence.verify({
        pack: await readAsBase64(pack),
        ...(signers === null ? {} : { signers: await signers.text() }),
        ...(revoked === null ? {} : { revoked: await revoked.text() }),
      });
    },
  });
  const choose = (part: Partial<Chosen>) => {
    setChosen((before) => ({ ...before, ...part }));
    verify.reset();
  };
  return (
    <Panel title="Verify a pack">
      <p>
        Bring the pack, and the list of allowed signers that its organisation gave you by another way. Without
        that list the best answer is that the pack is intact.
      </p>
      <FileDrop
        label="Evidence pack (.zip)"
        accept=".zip,application/zip"
        file={chosen.pack}
        isLarge
        onFile={(pack) => choose({ pack })}
      />
      <div className={styles.pair}>
        <FileDrop
          label="Allowed signers (optional)"
          file={chosen.signers}
          onFile={(signers) => choose({ signers })}
        />
        <FileDrop
          label="Revoked keys (optional)"
          file={chosen.revoked}
          onFile={(revoked) => choose({ revoked })}
        />
      </div>
      <div>
        <Button
          weight="primary"
          disabled={chosen.pack === null || verify.isPending}
          onClick={() => verify.mutate(chosen)}
        >
          {verify.isPending ? 'Verifying…' : 'Verify pack'}
        </Button>
      </div>
      <ProblemNotice error={verify.error} />
      {verify.data !== undefined && <VerdictCard verification={verify.data} />}
    </Panel>
  );
}
