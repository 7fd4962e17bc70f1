// Checks a pack, and says exactly what is known about it: never more. A pack that holds can then be signed off.
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Panel } from '../../components/panel.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { useApi } from '../../domain/api.ts';
import { FileDrop } from '../../domain/file-drop.tsx';
import { handOver } from '../../domain/pack-file.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { readAsBase64 } from '../../domain/read-as-base64.ts';
import { useCancellable } from '../../domain/use-cancellable.ts';
import { VerdictCard } from '../../domain/verdict-card.tsx';
import { text } from '../../texts/text.ts';
import { FirstUseChoice } from './first-use-choice.tsx';
import { SignOffForeign } from './sign-off-foreign.tsx';
import styles from './verify-panel.module.css';

type Part = 'pack' | 'signers' | 'revoked' | 'authorities' | 'reveal';
type Chosen = Readonly<Record<Part, File | null>>;
const nothing: Chosen = { pack: null, signers: null, revoked: null, authorities: null, reveal: null };

/** Hands the pack over and judges it there; the workstation keeps those very bytes for a sign-off. */
function useVerify() {
  const { client } = useApi();
  return useCancellable(async (chosen: Chosen, { signal, onProgress }) => {
    const { pack } = chosen;
    if (pack === null) throw new Error('Choose a pack first.');
    const given = await readGiven(chosen);
    const upload = await handOver(client.evidence, pack, onProgress, signal);
    try {
      const verification = await client.evidence.verifyUpload({ upload, keep: true, ...given }, { signal });
      return { upload, name: pack.name, verification };
    } catch (error) {
      // Nobody could do anything with it any more.
      await client.evidence.discardUpload({ upload });
      throw error;
    }
  });
}

async function readGiven({ signers, revoked, authorities, reveal }: Chosen) {
  return {
    ...(signers === null ? {} : { signers: await signers.text() }),
    // A list of revoked keys may be binary, so it goes as it is.
    ...(revoked === null ? {} : { revokedList: await readAsBase64(revoked) }),
    ...(authorities === null ? {} : { authorities: await authorities.text() }),
    ...(reveal === null ? {} : { reveal: await reveal.text() }),
  };
}

export function VerifyPanel() {
  const { client } = useApi();
  const [chosen, setChosen] = useState<Chosen>(nothing);
  const verify = useVerify();
  const start = () => {
    forget();
    verify.mutate(chosen);
  };
  const forget = () => {
    if (verify.data !== undefined) void client.evidence.discardUpload({ upload: verify.data.upload });
  };
  const choose = (part: Partial<Chosen>) => {
    forget();
    setChosen((before) => ({ ...before, ...part }));
    verify.reset();
  };
  return (
    <Panel title={text('evidence:verify.title')}>
      <p>{text('evidence:verify.meaning')}</p>
      <FileDrop
        label={text('evidence:verify.pack')}
        accept=".zip,application/zip"
        file={chosen.pack}
        isLarge
        // Values are revealed of one pack, and of no other.
        onFile={(pack) => choose({ pack, reveal: null })}
      />
      <TrustFields chosen={chosen} choose={choose} />
      <div>
        <Button weight="primary" disabled={chosen.pack === null || verify.isPending} onClick={start}>
          {verify.isPending ? text('evidence:verify.verifying') : text('evidence:verify.act')}
        </Button>{' '}
        {verify.isPending && <Button onClick={verify.cancel}>{text('domain:cancel')}</Button>}
      </div>
      {verify.isPending && (
        <ProgressBar
          label={text('evidence:handingOver')}
          share={verify.share < 1 ? verify.share : null}
          text={verify.share < 1 ? text('evidence:handingOver') : text('evidence:verify.checking')}
        />
      )}
      <ProblemNotice error={verify.error} />
      {verify.data !== undefined && <Judged judged={verify.data} onCompared={start} />}
    </Panel>
  );
}

type Judgement = NonNullable<ReturnType<typeof useVerify>['data']>;

function Judged({ judged, onCompared }: { judged: Judgement; onCompared: () => void }) {
  const { upload, name, verification } = judged;
  const { verdict, signer } = verification;
  return (
    <VerdictCard verification={verification}>
      {verdict === 'unpinned' && signer?.comparable !== undefined && (
        <FirstUseChoice
          key={signer.fingerprint}
          identity={signer.comparable}
          fingerprint={signer.fingerprint}
          onCompared={onCompared}
        />
      )}
      {(verdict === 'trusted' || verdict === 'unpinned') && (
        <SignOffForeign key={upload} upload={upload} name={name} isTrusted={verdict === 'trusted'} />
      )}
    </VerdictCard>
  );
}

type TrustFieldsProps = { chosen: Chosen; choose: (part: Partial<Chosen>) => void };

function TrustFields({ chosen, choose }: TrustFieldsProps) {
  return (
    <div className={styles.pair}>
      <FileDrop
        label={text('evidence:verify.signers')}
        file={chosen.signers}
        onFile={(signers) => choose({ signers })}
      />
      <FileDrop
        label={text('evidence:verify.revoked')}
        file={chosen.revoked}
        onFile={(revoked) => choose({ revoked })}
      />
      <FileDrop
        label={text('evidence:verify.authority')}
        accept=".pem,.crt,application/x-pem-file"
        file={chosen.authorities}
        onFile={(authorities) => choose({ authorities })}
      />
      <FileDrop
        label={text('evidence:verify.reveal')}
        accept=".json,application/json"
        file={chosen.reveal}
        onFile={(reveal) => choose({ reveal })}
      />
    </div>
  );
}
