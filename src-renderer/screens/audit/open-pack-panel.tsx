// Opens somebody's pack for reading: it is verified first, and its bytes are kept as they came.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Panel } from '../../components/panel.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { FileDrop } from '../../domain/file-drop.tsx';
import { handOver } from '../../domain/pack-file.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { text } from '../../texts/text.ts';
import styles from './audit-screen.module.css';
import { noTrustFiles, readTrustFiles, TrustFileFields } from './trust-files.tsx';

export function OpenPackPanel({ onVerifyOnly }: { onVerifyOnly: () => void }) {
  const { client } = useApi();
  const queryClient = useQueryClient();
  const [pack, setPack] = useState<File | null>(null);
  const [trust, setTrust] = useState(noTrustFiles);
  const [share, setShare] = useState(0);
  const open = useMutation({
    networkMode: 'always',
    mutationFn: async (file: File) => {
      const given = await readTrustFiles(trust);
      const upload = await handOver(client.evidence, file, setShare);
      return client.audit.open({ upload, name: file.name, ...given });
    },
    onSuccess: () => refetchWorkspace(queryClient),
  });
  return (
    <div className={styles.screen}>
      <h1>{text('audit:open.title')}</h1>
      <Panel title={text('audit:open.panel')}>
        <p>{text('audit:open.meaning')}</p>
        <FileDrop
          label={text('evidence:verify.pack')}
          accept=".zip,application/zip"
          file={pack}
          isLarge
          onFile={(file) => {
            setPack(file);
            open.reset();
          }}
        />
        <TrustFileFields files={trust} onFiles={setTrust} />
        <ProblemNotice error={open.error} />
        <div className={styles.actions}>
          <Button
            weight="primary"
            disabled={pack === null || open.isPending}
            onClick={() => {
              if (pack !== null) open.mutate(pack);
            }}
          >
            {open.isPending ? text('evidence:verify.verifying') : text('audit:open.act')}
          </Button>
          <Button onClick={onVerifyOnly}>{text('audit:open.verifyOnly')}</Button>
        </div>
        {open.isPending && (
          <ProgressBar
            label={text('audit:open.progress')}
            share={share < 1 ? share : null}
            text={share < 1 ? text('evidence:handingOver') : text('audit:open.verifying')}
          />
        )}
      </Panel>
    </div>
  );
}
