// The packs written in this workspace, to be fetched or shown in their folder.
import { useQuery } from '@tanstack/react-query';
import { EmptyState } from '../../components/empty-state.tsx';
import { Panel } from '../../components/panel.tsx';
import { useApi } from '../../domain/api.ts';
import { formatBytes } from '../../domain/count-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import { PackActs } from './pack-acts.tsx';
import styles from './pack-list.module.css';
import { TakePack } from './take-pack.tsx';

export function PackList() {
  const { orpc } = useApi();
  const packs = useQuery(orpc.evidence.packs.queryOptions());
  return (
    <Panel title={text('evidence:pack.title')}>
      <ProblemNotice error={packs.error} />
      {packs.data?.length === 0 && <EmptyState title={text('evidence:pack.none')} />}
      <ul className={styles.list}>
        {packs.data?.map((pack) => (
          <li key={pack.name} className={styles.pack}>
            <div className={styles.text}>
              <p className={styles.name} title={pack.file}>
                <bdi>{pack.name}</bdi>
              </p>
              <p className={styles.note}>
                <Rich
                  of="evidence:pack.line"
                  values={{ bytes: formatBytes(pack.bytes) }}
                  parts={{
                    when: <InstantText instant={pack.exportedAt} />,
                    sha256: <code title={pack.sha256}>{pack.sha256.slice(0, 16)}…</code>,
                  }}
                />
              </p>
              <PackActs name={pack.name} />
            </div>
            <TakePack name={pack.name} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
