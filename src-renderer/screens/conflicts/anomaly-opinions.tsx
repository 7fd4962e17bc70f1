// Both dispositions of one of the source's anomalies beside each other.
import type { AnomalyConflictDetail } from '#shared/model/anomaly-conflict.ts';
import { FullValue } from '../../components/full-value.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import styles from '../../domain/compared-table.module.css';
import { SyncMark } from '../../domain/decision-mark.tsx';
import { syncWords } from '../../domain/decision-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { text } from '../../texts/text.ts';
import { DispositionMark, TheirDisposition } from './disposition-mark.tsx';
import { Digest, Quiet, SideBySide, type Line } from './side-by-side.tsx';

export function AnomalyOpinions({ details }: { details: AnomalyConflictDetail }) {
  return <SideBySide label={text('conflicts:both.dispositions')} lines={linesOf(details)} />;
}

function linesOf({ conflict, ours, seen }: AnomalyConflictDetail): Line[] {
  const { theirs, item, row } = conflict;
  const nothing = <Quiet>{text('conflicts:both.noDispositionThere')}</Quiet>;
  return [
    {
      name: text('conflicts:line.disposition'),
      ours: (
        <span className={styles.marks}>
          <DispositionMark disposition={ours.disposition} />
          <SyncMark sync={ours.sync} />
        </span>
      ),
      theirs: theirs === null ? nothing : <TheirDisposition theirs={theirs} />,
    },
    {
      name: text('conflicts:line.outcome'),
      ours: <Quiet>{ours.syncDetail ?? syncWords[ours.sync].meaning}</Quiet>,
      theirs:
        theirs === null ? undefined : (
          <>
            <Verbatim value={theirs.disposition} missing={text('conflicts:none')} />
            <Quiet>{text('conflicts:both.wordOfRow')}</Quiet>
          </>
        ),
    },
    {
      name: text('conflicts:line.by'),
      ours: (
        <>
          <Verbatim value={ours.reviewerName} />
          <Quiet>
            <Verbatim value={ours.reviewer} />
          </Quiet>
        </>
      ),
      theirs:
        theirs === null ? undefined : (
          <Verbatim value={theirs.reviewedBy} missing={text('conflicts:nobody')} />
        ),
    },
    {
      name: text('conflicts:line.when'),
      ours: (
        <>
          <InstantText instant={ours.at} precision="second" withOffset />
          <Quiet>{text('conflicts:both.claimed')}</Quiet>
        </>
      ),
      theirs:
        theirs === null ? undefined : (
          <>
            <InstantText instant={theirs.reviewedAt} precision="second" withOffset />
            <Quiet>{text('conflicts:both.byServer')}</Quiet>
          </>
        ),
    },
    {
      name: text('conflicts:line.why'),
      ours: <FullValue name={text('conflicts:value.ourNote')} value={ours.note} />,
      theirs: <Quiet>{text('conflicts:both.noColumn')}</Quiet>,
    },
    {
      name: text('conflicts:line.row'),
      ours: <Digest label={text('conflicts:both.shownJudged')} digest={ours.digest} />,
      theirs:
        row === null ? (
          <Quiet>{text('conflicts:both.notVisible')}</Quiet>
        ) : (
          <Digest label={text('conflicts:both.asNow')} digest={item.digest} />
        ),
    },
    {
      name: text('conflicts:line.knownFrom'),
      ours: <Digest label={text('conflicts:both.entryHash')} digest={ours.hash} />,
      theirs: (
        <Quiet>
          {seen === 'answer' ? text('conflicts:both.fromAnswer') : text('conflicts:both.fromPull')}
        </Quiet>
      ),
    },
  ];
}
