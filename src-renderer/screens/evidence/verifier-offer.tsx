// The page that verifies packs in any browser, to be given to recipients apart from the pack.
import { useMutation } from '@tanstack/react-query';
import { Download, FolderOpen } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Facts } from '../../components/facts.tsx';
import { Panel } from '../../components/panel.tsx';
import { useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import styles from './export-panel.module.css';

const pageName = 'verify.html';

export function VerifierOffer() {
  const { client, surroundings } = useApi();
  const isDesktop = surroundings.kind === 'desktop';
  const make = useMutation({
    networkMode: 'always',
    mutationFn: async () => {
      const page = await client.evidence.verifyPage();
      await surroundings.takePack(pageName);
      return page;
    },
  });
  return (
    <Panel title="For the recipient">
      <p>
        One file that verifies packs in any browser, without a network. Give it apart from the pack, and tell
        its SHA-256 by another way: a verifier that comes inside what it verifies proves nothing.
      </p>
      <div>
        <Button
          icon={isDesktop ? FolderOpen : Download}
          disabled={make.isPending}
          onClick={() => make.mutate()}
        >
          {isDesktop ? 'Show verify.html in folder' : 'Download verify.html'}
        </Button>
      </div>
      <ProblemNotice error={make.error} />
      {make.data !== undefined && (
        <div className={styles.heading}>
          <Facts
            facts={[
              { name: 'File', value: <bdi>{pageName}</bdi>, title: make.data.file ?? pageName },
              { name: 'SHA-256', value: <code>{make.data.sha256}</code> },
            ]}
          />
          <CopyButton text={make.data.sha256} label="Copy the SHA-256" />
        </div>
      )}
    </Panel>
  );
}
