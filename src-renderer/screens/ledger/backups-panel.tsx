// Copies of the ledger in the workspace, and a way to make one more.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { useApi } from '../../domain/api.ts';
import { countWords, formatBytes } from '../../domain/count-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { fileName } from '../../domain/job-words.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { text } from '../../texts/text.ts';
import styles from './checks.module.css';

export function BackupsPanel() {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const backups = useQuery(orpc.ledger.backups.queryOptions());
  const make = useMutation(
    orpc.ledger.backup.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: orpc.ledger.backups.key() }),
    }),
  );
  return (
    <Panel
      title={text('ledger:backups.title')}
      actions={
        <Button size="small" disabled={make.isPending} onClick={() => make.mutate(undefined)}>
          {make.isPending ? text('ledger:backups.making') : text('ledger:backups.make')}
        </Button>
      }
    >
      <p className={styles.note}>{text('ledger:backups.meaning')}</p>
      <ProblemNotice error={make.error ?? backups.error} />
      {make.data !== undefined && (
        <Notice
          tone="good"
          title={text('ledger:backups.made', { entries: countWords(make.data.entries, 'entry', 'entries') })}
        >
          <p>
            <Verbatim value={fileName(make.data.file)} />
          </p>
          {make.data.campaigns.files > 0 && (
            <p>{text('ledger:backups.files', { count: make.data.campaigns.files })}</p>
          )}
        </Notice>
      )}
      {make.data !== undefined && make.data.campaigns.missing.length > 0 && (
        <Notice tone="warning" title={text('ledger:backups.lacking')}>
          <ul>
            {make.data.campaigns.missing.map(({ file, why }) => (
              <li key={file}>
                <Verbatim value={file} /> · {text(`ledger:backups.${why}`)}
              </li>
            ))}
          </ul>
          <p>{text('ledger:backups.lackingNext')}</p>
        </Notice>
      )}
      {backups.data?.length === 0 && <p>{text('ledger:backups.none')}</p>}
      <ul className={styles.list} aria-label={text('ledger:backups.list')}>
        {backups.data?.map(({ name, file, at, bytes, beforeMigration }) => (
          <li key={name}>
            <div className={styles.text}>
              <p title={file}>
                <Verbatim value={name} />
              </p>
              <p className={styles.note}>
                <InstantText instant={at} precision="second" /> · {formatBytes(bytes)}
              </p>
            </div>
            {beforeMigration && (
              <Chip title={text('ledger:backups.beforeUpdateMeaning')}>
                {text('ledger:backups.beforeUpdate')}
              </Chip>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
