// The page that verifies packs in any browser, to be given to recipients apart from the pack.
import { useMutation } from '@tanstack/react-query';
import { Download, FolderOpen } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Facts } from '../../components/facts.tsx';
import { Panel } from '../../components/panel.tsx';
import { useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { text } from '../../texts/text.ts';
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
    <Panel title={text('evidence:verifier.title')}>
      <p>{text('evidence:verifier.meaning')}</p>
      <div>
        <Button
          icon={isDesktop ? FolderOpen : Download}
          disabled={make.isPending}
          onClick={() => make.mutate()}
        >
          {isDesktop ? text('evidence:verifier.folder') : text('evidence:verifier.download')}
        </Button>
      </div>
      <ProblemNotice error={make.error} />
      {make.data !== undefined && (
        <div className={styles.heading}>
          <Facts
            facts={[
              {
                name: text('evidence:fact.file'),
                value: <bdi>{pageName}</bdi>,
                title: make.data.file ?? pageName,
              },
              { name: 'SHA-256', value: <code>{make.data.sha256}</code> },
            ]}
          />
          <CopyButton text={make.data.sha256} label={text('evidence:verifier.copy')} />
        </div>
      )}
    </Panel>
  );
}
