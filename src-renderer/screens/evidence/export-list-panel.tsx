// Exports besides the pack: what systems read, and every file written so far with a check against its manifest.
import { useMutation, useQuery } from '@tanstack/react-query';
import type { ListExport } from '#shared/model/exports.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { useApi } from '../../domain/api.ts';
import { countWords, formatBytes } from '../../domain/count-words.ts';
import { ExportButton, ExportListButton } from '../../domain/export-button.tsx';
import { TakeExport } from '../../domain/export-dialog.tsx';
import { InstantText } from '../../domain/instant.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { text } from '../../texts/text.ts';
import styles from './export-list-panel.module.css';

/** Older ones are in the folder, and in the ledger. */
const mostListed = 50;

export function ExportListPanel() {
  const { orpc, client } = useApi();
  const exports = useQuery(orpc.exported.list.queryOptions());
  return (
    <Panel title={text('evidence:lists.title')}>
      <p>{text('evidence:lists.meaning')}</p>
      <div className={styles.buttons}>
        <ExportButton
          label={text('evidence:lists.ocsf')}
          offer={() => ({
            what: text('evidence:lists.ocsfWhat'),
            words: [],
            formats: [{ value: 'ndjson', label: 'NDJSON' }],
            start: () => client.exported.ocsf(),
          })}
        />
        <ExportButton
          label={text('evidence:lists.oscal')}
          offer={() => ({
            what: text('evidence:lists.oscalWhat'),
            words: [],
            formats: [{ value: 'json', label: 'JSON' }],
            start: () => client.exported.oscal(),
          })}
        />
        <ExportListButton
          label={text('evidence:lists.exceptions')}
          table="exceptions"
          what={text('evidence:lists.exceptionsWhat')}
          filter={() => ({})}
        />
      </div>
      <ProblemNotice error={exports.error} />
      {exports.data?.length === 0 && <EmptyState title={text('evidence:lists.none')} />}
      <ul className={styles.list}>
        {exports.data?.slice(0, mostListed).map((one) => (
          <PastExport key={one.name} exported={one} />
        ))}
      </ul>
    </Panel>
  );
}

function PastExport({ exported: { name, file, manifest } }: { exported: ListExport }) {
  const { orpc } = useApi();
  const check = useMutation(orpc.exported.check.mutationOptions());
  const words = manifest.filterWords.map(visibleText).join(' ');
  return (
    <li className={styles.export}>
      <div className={styles.text}>
        <p className={styles.name} title={file}>
          <bdi>{name}</bdi>
        </p>
        <p className={styles.note}>
          <InstantText instant={manifest.exportedAt} /> · {countWords(manifest.rows, 'row')} ·{' '}
          {formatBytes(manifest.bytes)}
          {words !== '' && ` · ${words}`}
        </p>
      </div>
      <div className={styles.buttons}>
        <Button
          size="small"
          aria-label={text('evidence:lists.checkWhat', { name })}
          onClick={() => check.mutate({ name })}
        >
          {text('evidence:lists.check')}
        </Button>
        <TakeExport name={name} />
      </div>
      <div className={styles.outcome}>
        <ProblemNotice error={check.error} />
        {check.data !== undefined &&
          (check.data.faults.length === 0 ? (
            <Notice tone="good" title={text('evidence:lists.whole')} />
          ) : (
            <Notice tone="danger" title={text('evidence:lists.broken')}>
              {check.data.faults.map((fault) => (
                <p key={fault}>{fault}</p>
              ))}
            </Notice>
          ))}
      </div>
    </li>
  );
}
