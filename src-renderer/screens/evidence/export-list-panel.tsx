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
import styles from './export-list-panel.module.css';

/** Older ones are in the folder, and in the ledger. */
const mostListed = 50;

export function ExportListPanel() {
  const { orpc, client } = useApi();
  const exports = useQuery(orpc.exported.list.queryOptions());
  return (
    <Panel title="Exports besides the pack">
      <p>
        Lists are exported from the screens they are on. What other systems read is exported here; none of it
        is signed, each has a manifest with its hash and number of rows.
      </p>
      <div className={styles.buttons}>
        <ExportButton
          label="OCSF events…"
          offer={() => ({
            what: 'Findings, the source’s anomalies and review items as OCSF 1.7.0 events, one a line',
            words: [],
            formats: [{ value: 'ndjson', label: 'NDJSON' }],
            start: () => client.exported.ocsf(),
          })}
        />
        <ExportButton
          label="OSCAL results…"
          offer={() => ({
            what: 'Findings, anomalies and review items as an OSCAL 1.2.3 assessment-results document',
            words: [],
            formats: [{ value: 'json', label: 'JSON' }],
            start: () => client.exported.oscal(),
          })}
        />
        <ExportListButton
          label="Exceptions…"
          table="exceptions"
          what="All exceptions ever granted"
          filter={() => ({})}
        />
      </div>
      <ProblemNotice error={exports.error} />
      {exports.data?.length === 0 && <EmptyState title="Nothing has been exported yet." />}
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
        <Button size="small" aria-label={`Check: ${name}`} onClick={() => check.mutate({ name })}>
          Check
        </Button>
        <TakeExport name={name} />
      </div>
      <div className={styles.outcome}>
        <ProblemNotice error={check.error} />
        {check.data !== undefined &&
          (check.data.faults.length === 0 ? (
            <Notice tone="good" title="The file is as it was written." />
          ) : (
            <Notice tone="danger" title="The file is not what its manifest says.">
              {check.data.faults.map((fault) => (
                <p key={fault}>{fault}</p>
              ))}
            </Notice>
          ))}
      </div>
    </li>
  );
}
