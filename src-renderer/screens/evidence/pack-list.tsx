// The packs written in this workspace, to be fetched or shown in their folder.
import { useMutation, useQuery } from '@tanstack/react-query';
import { Download, FolderOpen } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Panel } from '../../components/panel.tsx';
import { useApi } from '../../domain/api.ts';
import { formatBytes } from '../../domain/count-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { PackActs } from './pack-acts.tsx';
import styles from './pack-list.module.css';

export function PackList() {
  const { orpc, surroundings } = useApi();
  const packs = useQuery(orpc.evidence.packs.queryOptions());
  const take = useMutation({ mutationFn: surroundings.takePack, networkMode: 'always' });
  const isDesktop = surroundings.kind === 'desktop';
  return (
    <Panel title="Packs">
      <ProblemNotice error={packs.error ?? take.error} />
      {packs.data?.length === 0 && <EmptyState title="No pack has been exported yet." />}
      <ul className={styles.list}>
        {packs.data?.map((pack) => (
          <li key={pack.name} className={styles.pack}>
            <div className={styles.text}>
              <p className={styles.name} title={pack.file}>
                <bdi>{pack.name}</bdi>
              </p>
              <p className={styles.note}>
                <InstantText instant={pack.exportedAt} /> · {formatBytes(pack.bytes)} · SHA-256{' '}
                <code title={pack.sha256}>{pack.sha256.slice(0, 16)}…</code>
              </p>
              <PackActs name={pack.name} />
            </div>
            <Button
              size="small"
              icon={isDesktop ? FolderOpen : Download}
              aria-label={`${isDesktop ? 'Show in folder' : 'Download'}: ${pack.name}`}
              onClick={() => take.mutate(pack.name)}
            >
              {isDesktop ? 'Show in folder' : 'Download'}
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
