// Every file of the campaign that left this workspace or came here, the newest first.
import { FileDown, FileUp, Inbox, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import type { CampaignFileList } from '#shared/model/campaign-files.ts';
import { nameOf } from '#shared/model/campaign-people.ts';
import type { CampaignStatus } from '#shared/model/campaign-view.ts';
import { Button } from '../../../components/button.tsx';
import { Chip } from '../../../components/chip.tsx';
import { CopyButton } from '../../../components/copy-button.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Panel } from '../../../components/panel.tsx';
import { Verbatim } from '../../../components/verbatim.tsx';
import { formatCount } from '../../../domain/count-words.ts';
import { TakeExport } from '../../../domain/export-dialog.tsx';
import { InstantText } from '../../../domain/instant.tsx';
import { text } from '../../../texts/text.ts';
import type { CampaignFileLine } from './file-flow.ts';
import styles from './file-table.module.css';
import { RefusalsButton } from './refusal-list.tsx';

const shownAtFirst = 20;

type FileTableProps = { campaign: CampaignStatus; files: CampaignFileList | undefined };

export function FileTable({ campaign, files }: FileTableProps) {
  const [showsAll, setShowsAll] = useState(false);
  if (files === undefined) return null;
  const shown = showsAll ? files : files.slice(0, shownAtFirst);
  return (
    <Panel title={text('campaignFiles:files.title')} note={text('campaignFiles:files.note')}>
      {files.length === 0 && <EmptyState title={text('campaignFiles:files.none')} />}
      <ul className={styles.files}>
        {shown.map((file) => (
          <FileLine key={`${file.kind} ${file.sha256} ${file.at}`} campaign={campaign} file={file} />
        ))}
      </ul>
      {shown.length < files.length && (
        <div>
          <Button size="small" onClick={() => setShowsAll(true)}>
            {text('campaignFiles:files.all', { count: files.length })}
          </Button>
        </div>
      )}
    </Panel>
  );
}

const icons: Readonly<Record<CampaignFileLine['kind'], LucideIcon>> = {
  'handed-out': FileUp,
  'taken-up': Inbox,
  imported: FileDown,
  'handed-back': FileUp,
};

function FileLine({ campaign, file }: { campaign: CampaignStatus; file: CampaignFileLine }) {
  const { kind, at, byName, fileName, sha256, count, refused, isHere } = file;
  return (
    <li className={styles.file}>
      <div className={styles.what}>
        <Chip icon={icons[kind]} tone={kind === 'imported' ? 'good' : 'info'}>
          {text(`campaignFiles:kind.${kind}`)}
        </Chip>
        <span>
          <InstantText instant={at} /> · <Verbatim value={byName} />
        </span>
      </div>
      <div className={styles.said}>
        <p className={styles.title}>
          <Verbatim value={nameOf(campaign.definition, file.person)} />
          {' · '}
          {text(`campaignFiles:count.${kind}`, { count, number: formatCount(count) })}
          {file.stage !== null && campaign.definition.stages.length > 1 && (
            <> · {text('campaignFiles:stage', { number: file.stage + 1 })}</>
          )}
        </p>
        <p className={styles.quiet}>
          <Verbatim value={fileName} /> · <code title={sha256}>{sha256.slice(0, 16)}…</code>
        </p>
        <Signer file={file} />
      </div>
      <div className={styles.acts}>
        {refused > 0 && <RefusalsButton campaign={campaign.id} sha256={sha256} count={refused} />}
        <CopyButton text={sha256} label={text('campaignFiles:files.copyHash', { file: fileName })} />
        {isHere && <TakeExport name={fileName} />}
      </div>
    </li>
  );
}

function Signer({ file: { signer, accepted } }: { file: CampaignFileLine }) {
  if (signer === null) return null;
  return (
    <p className={styles.quiet}>
      {text('campaignFiles:seen.signedAs')}: <Verbatim value={signer.identity} />{' '}
      <code>{signer.fingerprint}</code>
      {accepted !== null && (
        <>
          {' · '}
          {text('campaignFiles:files.accepted')}: <Verbatim value={accepted} />
        </>
      )}
    </p>
  );
}
