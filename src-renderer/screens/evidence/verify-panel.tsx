// Checks a pack, and says exactly what is known about it: never more.
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Panel } from '../../components/panel.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { readAsBase64 } from '../../domain/read-as-base64.ts';
import { FileDrop } from '../../domain/file-drop.tsx';
import { FirstUseChoice } from './first-use-choice.tsx';
import { handOver, pieceBytes } from '../../domain/pack-file.ts';
import { VerdictCard } from '../../domain/verdict-card.tsx';
import styles from './verify-panel.module.css';

type Chosen = { pack: File | null; signers: File | null; revoked: File | null; authorities: File | null };
const nothing: Chosen = { pack: null, signers: null, revoked: null, authorities: null };

export function VerifyPanel() {
  const { client } = useApi();
  const [chosen, setChosen] = useState<Chosen>(nothing);
  const [share, setShare] = useState(0);
  const verify = useMutation({
    networkMode: 'always',
    mutationFn: async ({ pack, signers, revoked, authorities }: Chosen) => {
      if (pack === null) throw new Error('Choose a pack first.');
      const given = {
        ...(signers === null ? {} : { signers: await signers.text() }),
        // A list of revoked keys may be binary, so it goes as it is.
        ...(revoked === null ? {} : { revokedList: await readAsBase64(revoked) }),
        ...(authorities === null ? {} : { authorities: await authorities.text() }),
      };
      if (pack.size <= pieceBytes)
        return client.evidence.verify({ pack: await readAsBase64(pack), ...given });
      const upload = await handOver(client.evidence, pack, setShare);
      return client.evidence.verifyUpload({ upload, ...given });
    },
  });
  const choose = (part: Partial<Chosen>) => {
    setChosen((before) => ({ ...before, ...part }));
    verify.reset();
  };
  return (
    <Panel title="Verify a pack">
      <p>
        Bring the pack, and the list of allowed signers that its organisation gave you by another way, unless
        this workspace holds it. Without a list the best answer is that the pack is intact.
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
        <FileDrop
          label="Time authority (optional)"
          accept=".pem,.crt,application/x-pem-file"
          file={chosen.authorities}
          onFile={(authorities) => choose({ authorities })}
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
      {verify.isPending && (chosen.pack?.size ?? 0) > pieceBytes && (
        <ProgressBar
          label="Handing the pack over"
          share={share < 1 ? share : null}
          text={share < 1 ? 'Handing the pack over' : 'Checking the pack'}
        />
      )}
      <ProblemNotice error={verify.error} />
      {verify.data !== undefined && (
        <VerdictCard verification={verify.data}>
          {verify.data.verdict === 'unpinned' && verify.data.signer?.comparable !== undefined && (
            <FirstUseChoice
              key={verify.data.signer.fingerprint}
              identity={verify.data.signer.comparable}
              fingerprint={verify.data.signer.fingerprint}
              onCompared={() => verify.mutate(chosen)}
            />
          )}
        </VerdictCard>
      )}
    </Panel>
  );
}
