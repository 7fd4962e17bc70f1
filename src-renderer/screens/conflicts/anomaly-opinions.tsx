// Both dispositions of one of the source's anomalies beside each other.
import type { AnomalyConflictDetail } from '#shared/model/anomaly-conflict.ts';
import { FullValue } from '../../components/full-value.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { SyncMark } from '../../domain/decision-mark.tsx';
import { syncWords } from '../../domain/decision-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { DispositionMark, TheirDisposition } from './disposition-mark.tsx';
import { Digest, Quiet, SideBySide, type Line } from './side-by-side.tsx';
import styles from './opinions-table.module.css';

export function AnomalyOpinions({ details }: { details: AnomalyConflictDetail }) {
  return <SideBySide label="Both dispositions" lines={linesOf(details)} />;
}

function linesOf({ conflict, ours, seen }: AnomalyConflictDetail): Line[] {
  const { theirs, item, row } = conflict;
  const nothing = <Quiet>no disposition there</Quiet>;
  return [
    {
      name: 'Disposition',
      ours: (
        <span className={styles.marks}>
          <DispositionMark disposition={ours.disposition} />
          <SyncMark sync={ours.sync} />
        </span>
      ),
      theirs: theirs === null ? nothing : <TheirDisposition theirs={theirs} />,
    },
    {
      name: 'What came of it',
      ours: <Quiet>{ours.syncDetail ?? syncWords[ours.sync].meaning}</Quiet>,
      theirs:
        theirs === null ? (
          nothing
        ) : (
          <>
            <Verbatim value={theirs.disposition} missing="none" />
            <Quiet>the word the row has for it</Quiet>
          </>
        ),
    },
    {
      name: 'By',
      ours: (
        <>
          <Verbatim value={ours.reviewerName} />
          <Quiet>
            <Verbatim value={ours.reviewer} />
          </Quiet>
        </>
      ),
      theirs: theirs === null ? nothing : <Verbatim value={theirs.reviewedBy} missing="nobody named" />,
    },
    {
      name: 'When',
      ours: (
        <>
          <InstantText instant={ours.at} precision="second" withOffset />
          <Quiet>claimed: this computer’s clock</Quiet>
        </>
      ),
      theirs:
        theirs === null ? (
          nothing
        ) : (
          <>
            <InstantText instant={theirs.reviewedAt} precision="second" withOffset />
            <Quiet>by the server’s clock</Quiet>
          </>
        ),
    },
    {
      name: 'Why',
      ours: <FullValue name="Our note" value={ours.note} />,
      theirs: <Quiet>the table has no column for it</Quiet>,
    },
    {
      name: 'Row',
      ours: <Digest label="as shown when it was judged" digest={ours.digest} />,
      theirs:
        row === null ? (
          <Quiet>the row is not visible any more</Quiet>
        ) : (
          <Digest label="as the row has it now" digest={item.digest} />
        ),
    },
    {
      name: 'Known from',
      ours: <Digest label="hash of the ledger entry" digest={ours.hash} />,
      theirs: (
        <Quiet>{seen === 'answer' ? 'the answer to our own attempt to write' : 'the newest pull'}</Quiet>
      ),
    },
  ];
}
